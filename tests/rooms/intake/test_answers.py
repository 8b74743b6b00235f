"""Answers: sealed, stored once, and the checkpoint from which an interrupted reading goes on."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

import pytest
from django.db import connection
from tests.rooms.intake.told import LINK, Reader

from schakel.intake import answers
from schakel.intake.answers import KeptAnswers
from schakel.intake.models import Answer, Delivery, Receipt
from schakel.intake.receive import open_delivery
from schakel.tenancy.employers import employer_named
from schakel.tenancy.models import Tenant
from schakel.tenancy.queries import create_tenant, employer_group
from schakel.tenancy.scope import tenant_scope

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BODY = b"<Salary>4000.00</Salary>" * 20


def clock() -> datetime:
    return NOW


@pytest.fixture
def reference(reader: Reader) -> UUID:
    return open_delivery(reader.employer_id, LINK, "41001", NOW).reference


@pytest.mark.django_db
def test_an_answer_is_kept_byte_for_byte_and_sealed(tenant_id: int, reference: UUID) -> None:
    kept = KeptAnswers(tenant_id, reference, clock)
    digest = kept.keep("Salary_GetAll/41001", "EmployeeService.Salary_GetAll", BODY)
    kept.flush()
    assert digest == sha256(BODY).hexdigest()
    assert answers.opened(digest) == BODY
    with connection.cursor() as cursor:
        cursor.execute("SELECT body, size FROM intake_answer")
        body, size = cursor.fetchone()
    assert b"Salary" not in bytes(body)
    assert size == len(BODY)
    row = Receipt.objects.get()
    assert (row.call, row.operation) == ("Salary_GetAll/41001", "EmployeeService.Salary_GetAll")


@pytest.mark.django_db
def test_the_same_bytes_are_stored_once(tenant_id: int, reference: UUID) -> None:
    kept = KeptAnswers(tenant_id, reference, clock)
    kept.keep("a", "op", BODY)
    kept.keep("a", "op", BODY)
    kept.keep("b", "op", BODY)
    kept.flush()
    kept.keep("c", "op", BODY)
    kept.flush()
    kept.flush()
    assert Answer.objects.count() == 1
    assert Receipt.objects.count() == 3
    assert Delivery.objects.get().calls == 3


@pytest.mark.django_db
def test_a_later_try_finds_what_an_earlier_one_kept(tenant_id: int, reference: UUID) -> None:
    first = KeptAnswers(tenant_id, reference, clock)
    for index in range(50):
        assert first.kept(str(index)) is None
        first.keep(str(index), "op", BODY + str(index).encode())
    first.flush()
    later = KeptAnswers(tenant_id, reference, clock)
    assert [later.kept(str(index)) for index in range(50)] == [BODY + str(i).encode() for i in range(50)]
    assert later.kept("7") == BODY + b"7"
    assert later.kept("unknown") is None
    later.flush()
    assert Delivery.objects.get().resumed == 51


@pytest.mark.django_db
def test_answers_are_written_by_themselves_when_many_wait(
    tenant_id: int, reference: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "BATCH_ANSWERS", 3)
    kept = KeptAnswers(tenant_id, reference, clock)
    for index in range(7):
        kept.keep(str(index), "op", str(index).encode())
    assert Receipt.objects.count() == 6
    monkeypatch.setattr(answers, "BATCH_BYTES", 10)
    kept.keep("large", "op", b"x" * 10)
    assert Receipt.objects.count() == 8


@pytest.mark.django_db(transaction=True)
def test_threads_of_a_source_keep_and_read_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "BATCH_ANSWERS", 5)
    tenant_id = create_tenant("Adviesbureau Aalberse", Tenant.Kind.ADVISER_FIRM)
    with tenant_scope(tenant_id):
        employer_id = employer_named(employer_group("Groep").id, "Voorbeeld Kozijnen B.V.")
        reference = open_delivery(employer_id, LINK, "41001", NOW).reference
    kept = KeptAnswers(tenant_id, reference, clock)
    with ThreadPoolExecutor(4) as pool:
        digests = list(pool.map(lambda i: kept.keep(str(i), "op", str(i % 10).encode()), range(100)))
    kept.flush()
    later = KeptAnswers(tenant_id, reference, clock)
    with ThreadPoolExecutor(4) as pool:
        bodies = list(pool.map(lambda i: later.kept(str(i)), range(100)))
    assert bodies == [str(i % 10).encode() for i in range(100)]
    assert digests == [sha256(body).hexdigest() for body in bodies if body is not None]
    with tenant_scope(tenant_id):
        assert (Answer.objects.count(), Receipt.objects.count()) == (10, 100)
