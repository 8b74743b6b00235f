"""Answers byte for byte: kept before they are read, sealed, stored once however often they came."""

import hashlib
import zlib
from collections.abc import Callable
from datetime import datetime
from threading import Lock, get_ident
from uuid import UUID

from django.db import connection
from django.db.models import F

from schakel.intake.models import Answer, Delivery, Receipt
from schakel.tenancy.scope import current_scope, tenant_scope
from schakel.tenancy.sealing import seal, unseal

PLACE = "intake_answer.body"
BATCH_ANSWERS = 200
BATCH_BYTES = 4_000_000


def opened(sha256: str) -> bytes:
    """The bytes of a kept answer. Raises Answer.DoesNotExist, SealBroken."""
    return _unpacked(Answer.objects.get(sha256=sha256).body)


def _packed(body: bytes) -> bytes:
    # XML shrinks tenfold; sealed bytes do not shrink at all, so this comes first.
    return seal(zlib.compress(body, 1), PLACE)


def _unpacked(body: bytes | memoryview) -> bytes:
    return zlib.decompress(unseal(body, PLACE))


class KeptAnswers:
    """The checkpoint of one delivery (`connectors.payroll_source.Answers`).

    Sources call from several threads. Answers wait here and are written in batches, each in a scope and a
    transaction of its own; a thread that is not the owner gives its connection back after writing.
    """

    def __init__(self, tenant_id: int, reference: UUID, clock: Callable[[], datetime]) -> None:
        self._tenant_id, self._reference, self._clock = tenant_id, reference, clock
        self._owner = get_ident()
        self._lock = Lock()
        self._waiting: dict[str, tuple[str, str, bytes, datetime]] = {}
        self._bytes = 0
        self._resumed = 0
        self._opened_at = clock()
        with tenant_scope(tenant_id, actor="job:receive"):
            self._delivery_id = Delivery.objects.values_list("id", flat=True).get(reference=reference)
            kept = Receipt.objects.filter(delivery_id=self._delivery_id).order_by("id")
            self._kept = dict(kept.values_list("call", "answer_id"))
        self._order = list(self._kept)
        self._place = {call: index for index, call in enumerate(self._order)}
        self._read_ahead: dict[str, bytes] = {}

    def kept(self, call: str) -> bytes | None:
        """The answer to this call in this delivery, if an earlier try got that far."""
        with self._lock:
            if call not in self._kept:
                return None
            if call not in self._read_ahead:
                self._read_ahead = self._fetch(call)
            self._resumed += 1
            return self._read_ahead.pop(call)

    def _fetch(self, call: str) -> dict[str, bytes]:
        """This answer and a few after it: an interrupted reading is walked again in the same order."""
        start = self._place[call]
        calls = self._order[start : start + 20]
        with tenant_scope(self._tenant_id, actor="job:receive"):
            rows = Answer.objects.in_bulk({self._kept[one] for one in calls})
            found = {one: _unpacked(rows[self._kept[one]].body) for one in calls}
        self._give_back()
        return found

    def keep(self, call: str, operation: str, body: bytes) -> str:
        """Store an answer; returns its SHA-256 in hex. Keeping the same call twice changes nothing."""
        sha256 = hashlib.sha256(body).hexdigest()
        with self._lock:
            if call not in self._waiting and call not in self._kept:
                self._waiting[call] = (operation, sha256, body, self._clock())
                self._bytes += len(body)
            if len(self._waiting) >= BATCH_ANSWERS or self._bytes >= BATCH_BYTES:
                self._write()
        return sha256

    def flush(self) -> None:
        """Write what waits. Safe to call again."""
        with self._lock:
            self._write()

    def _write(self) -> None:
        waiting, resumed = self._waiting, self._resumed
        with tenant_scope(self._tenant_id, actor="job:receive"):
            if waiting:
                self._store(waiting)
            Delivery.objects.filter(id=self._delivery_id).update(
                calls=F("calls") + len(waiting),
                resumed=F("resumed") + resumed,
                seconds=max((self._clock() - self._opened_at).total_seconds(), 0.0),
            )
        # Only now: what could not be written waits for the next try.
        self._waiting, self._bytes, self._resumed = {}, 0, 0
        self._give_back()

    def _store(self, waiting: dict[str, tuple[str, str, bytes, datetime]]) -> None:
        tenant_id = current_scope().tenant_id
        bodies = {sha256: body for _, sha256, body, _ in waiting.values()}
        known = set(Answer.objects.filter(sha256__in=bodies).values_list("sha256", flat=True))
        Answer.objects.bulk_create(
            (
                Answer(tenant_id=tenant_id, sha256=sha256, size=len(body), body=_packed(body))
                for sha256, body in sorted(bodies.items())
                if sha256 not in known
            ),
            ignore_conflicts=True,
        )
        ids = dict(Answer.objects.filter(sha256__in=bodies).values_list("sha256", "id"))
        Receipt.objects.bulk_create(
            (
                Receipt(
                    tenant_id=tenant_id,
                    delivery_id=self._delivery_id,
                    call=call,
                    operation=operation,
                    answer_id=ids[sha256],
                    received_at=received_at,
                )
                for call, (operation, sha256, _, received_at) in waiting.items()
            ),
            ignore_conflicts=True,
        )

    def _give_back(self) -> None:
        """A thread of the source ends without telling Django; its connection would stay open."""
        if get_ident() != self._owner:
            connection.close()
