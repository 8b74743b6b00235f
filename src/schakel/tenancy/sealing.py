"""Sealing what must not be readable in a database dump: AES-256-GCM, bound to its place.

Layout of a sealed value: one version byte, four bytes that name the key, twelve bytes nonce, ciphertext.
The associated data is tenant, table and column, so a sealed value copied to another place does not open.
The key ring comes from `settings.SCHAKEL_SEALING_KEYS`: the first key seals, every key opens.
"""

import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from schakel.tenancy.scope import current_scope

VERSION = b"\x01"


class SealBroken(Exception):
    """A sealed value does not open: its key is not in the key ring, or it was moved or changed."""


@lru_cache(maxsize=8)
def _key_ring(keys: tuple[str, ...]) -> dict[bytes, tuple[AESGCM, bytes]]:
    ring = {}
    for text in keys:
        material = bytes.fromhex(text)
        ring[hashlib.sha256(b"name" + material).digest()[:4]] = (AESGCM(material), material)
    return ring


def _ring() -> dict[bytes, tuple[AESGCM, bytes]]:
    return _key_ring(tuple(settings.SCHAKEL_SEALING_KEYS))


def _place(place: str) -> bytes:
    return f"{current_scope().tenant_id}|{place}".encode()


def seal(value: bytes, place: str) -> bytes:
    """Seal for `place` ("table.column") in the tenant in scope."""
    name, (cipher, _) = next(iter(_ring().items()))
    nonce = os.urandom(12)
    return VERSION + name + nonce + cipher.encrypt(nonce, value, _place(place))


def unseal(sealed: bytes | memoryview, place: str) -> bytes:
    """Open what `seal` closed. Raises SealBroken."""
    raw = bytes(sealed)
    found = _ring().get(raw[1:5])
    if raw[:1] != VERSION or found is None:
        raise SealBroken
    try:
        return found[0].decrypt(raw[5:17], raw[17:], _place(place))
    except InvalidTag as broken:
        raise SealBroken from broken


def blind_index(value: str, place: str) -> str:
    """A keyed digest to find an equal value without opening any; differs per tenant and place."""
    return keyed_digest(current_scope().tenant_id, value, place)


def keyed_digest(tenant_id: int, value: str, place: str) -> str:
    """The same outside a scope. A plain digest would give a BSN away to whoever tries them all."""
    _, material = next(iter(_ring().values()))
    return hmac.new(material, f"{tenant_id}|{place}|{value}".encode(), hashlib.sha256).hexdigest()
