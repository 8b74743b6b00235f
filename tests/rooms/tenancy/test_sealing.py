"""What is sealed opens only in its own place, tenant and unchanged."""

import pytest
from django.test import override_settings

from schakel.tenancy.queries import create_tenant
from schakel.tenancy.scope import tenant_scope
from schakel.tenancy.sealing import SealBroken, blind_index, seal, unseal

pytestmark = pytest.mark.django_db

OLD, NEW = "11" * 32, "22" * 32


@pytest.fixture
def tenants() -> tuple[int, int]:
    return create_tenant("Eén", "adviser_firm"), create_tenant("Twee", "adviser_firm")


def test_opens_where_it_was_sealed(tenants: tuple[int, int]) -> None:
    with tenant_scope(tenants[0]):
        sealed = seal(b"999993653", "records_fact.sealed")
        assert b"999993653" not in sealed
        assert unseal(memoryview(sealed), "records_fact.sealed") == b"999993653"


def test_does_not_open_elsewhere(tenants: tuple[int, int]) -> None:
    with tenant_scope(tenants[0]):
        sealed = seal(b"secret", "records_fact.sealed")
        with pytest.raises(SealBroken):
            unseal(sealed, "links_link.credentials")
    with tenant_scope(tenants[1]), pytest.raises(SealBroken):
        unseal(sealed, "records_fact.sealed")


def test_every_flipped_bit_is_noticed(tenants: tuple[int, int]) -> None:
    with tenant_scope(tenants[0]):
        sealed = seal(b"secret", "t.c")
        for position in range(len(sealed)):
            changed = bytearray(sealed)
            changed[position] ^= 1
            with pytest.raises(SealBroken):
                unseal(bytes(changed), "t.c")


def test_an_old_key_still_opens_and_the_first_key_seals(tenants: tuple[int, int]) -> None:
    with tenant_scope(tenants[0]):
        with override_settings(SCHAKEL_SEALING_KEYS=[OLD]):
            before = seal(b"secret", "t.c")
        with override_settings(SCHAKEL_SEALING_KEYS=[NEW, OLD]):
            assert unseal(before, "t.c") == b"secret"
            after = seal(b"secret", "t.c")
        with override_settings(SCHAKEL_SEALING_KEYS=[NEW]):
            assert unseal(after, "t.c") == b"secret"
            with pytest.raises(SealBroken):
                unseal(before, "t.c")


def test_the_blind_index_finds_equals_within_a_tenant_only(tenants: tuple[int, int]) -> None:
    with tenant_scope(tenants[0]):
        first = blind_index("999993653", "employee.bsn")
        assert first == blind_index("999993653", "employee.bsn")
        assert first != blind_index("999993654", "employee.bsn")
    with tenant_scope(tenants[1]):
        assert blind_index("999993653", "employee.bsn") != first
