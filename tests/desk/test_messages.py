"""Messages: the ladder, what is stuck and what to do next, differences in words, and issues by who must act."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.desk.firms import Firm
from tests.rooms.intake.told import Reader, Told

from schakel.connectors.carrier_channel import Acknowledgement, CarrierRemark, Verdict
from schakel.connectors.payroll_source import Remark
from schakel.delivery import acknowledge
from schakel.delivery.models import CarrierMessage
from schakel.desk import differences, issues, messages, words
from schakel.desk.access import Role
from schakel.desk.messages import MessageShown
from schakel.desk.words import MESSAGE_REASONS, MESSAGE_STATES, NOTHING
from schakel.intake.models import Delivery
from schakel.links.models import Link, LinkRight
from schakel.reconciliation import differences as kept
from schakel.reconciliation.compare import Found
from schakel.schemes.models import Carrier
from schakel.tenancy.scope import tenant_scope

REMARK = CarrierRemark("P12", "Werknemer onbekend.", "Employee unknown.")


def answered(firm: Firm, verdict: Verdict, *remarks: CarrierRemark) -> None:
    """The carrier says this of the message."""
    with tenant_scope(firm.tenant_id):
        answer = Acknowledgement(str(firm.message), verdict, "R-1", remarks)
        acknowledge.acknowledge(firm.message, answer, firm.now)


def read(firm: Firm) -> MessageShown:
    return messages.message(firm.visitor(Role.ADVISER), firm.message, firm.now).message


def reached(shown: MessageShown) -> list[str]:
    return [rung.state for rung in shown.ladder if rung.is_reached]


def test_a_message_the_carrier_looks_at(firm: Firm) -> None:
    shown = read(firm)
    assert reached(shown) == ["drafted", "sent", "received"]
    moments = [rung.at for rung in shown.ladder if rung.at is not None]
    assert len(moments) == 3
    assert moments == sorted(moments)
    assert (shown.state_words.nl, shown.reason_words.nl) == ("ontvangen", "aanmelding")
    assert (shown.employee_name, shown.carrier_name, shown.policy_number) == (
        "A. de Bakker",
        "Pensioen Noord",
        "P-1",
    )
    assert (shown.who, shown.next_step, shown.is_overdue) == (NOTHING, NOTHING, False)
    assert {one.words.nl for one in shown.changed} >= {"premie", "risicopremie"}


def test_an_accepted_and_a_verified_message(firm: Firm) -> None:
    answered(firm, Verdict.ACCEPTED)
    assert reached(read(firm)) == ["drafted", "sent", "received", "accepted"]
    with tenant_scope(firm.tenant_id):
        acknowledge.mark_verified(firm.message, firm.now)
    shown = messages.message(firm.visitor(Role.HR_OFFICER), firm.message, firm.now).message
    assert reached(shown) == list(messages.LADDER)
    assert shown.ladder[-1].at == firm.now
    assert shown.next_attempt_at is None


def test_a_rejected_message_says_why_and_what_to_do(firm: Firm) -> None:
    answered(firm, Verdict.REJECTED, REMARK)
    shown = read(firm)
    assert reached(shown) == ["drafted", "sent", "received"]
    ((remark),) = shown.remarks
    assert (remark.code, remark.words.nl, remark.words.en) == (
        "P12",
        "Werknemer onbekend.",
        "Employee unknown.",
    )
    assert shown.who.nl == "adviseur"
    assert "herstel" in shown.next_step.nl


def test_a_message_without_an_answer_in_time_is_overdue(firm: Firm) -> None:
    adviser = firm.visitor(Role.ADVISER)
    shown = messages.message(adviser, firm.message, firm.now).message
    late = messages.message(adviser, firm.message, shown.due_at + timedelta(seconds=1)).message
    assert (shown.is_overdue, late.is_overdue) == (False, True)
    assert (late.who.nl, late.state) == ("uitvoerder", "received")
    assert "ontvangstnummer" in late.next_step.nl


def test_messages_by_state(firm: Firm) -> None:
    adviser = firm.visitor(Role.ADVISER)
    answered(firm, Verdict.REJECTED, REMARK)
    page = messages.messages(adviser, firm.now, state="stuck")
    assert [one.message_id for one in page.rows] == [firm.message]
    assert (page.counts["rejected"], page.counts["verified"], page.total, page.pages) == (1, 0, 1, 1)
    assert messages.messages(adviser, firm.now, state="verified").rows == ()
    assert messages.messages(adviser, firm.now, employer_id=firm.unseen).rows == ()
    assert messages.counts(firm.visitor(Role.OPERATOR))["rejected"] == 1
    with pytest.raises(ValueError, match="never"):
        messages.messages(adviser, firm.now, state="lost")


def test_many_messages_take_as_many_queries_as_one(firm: Firm) -> None:
    adviser = firm.visitor(Role.ADVISER)
    with CaptureQueriesContext(connection) as for_one:
        messages.messages(adviser, firm.now)
    with tenant_scope(firm.tenant_id):
        (row,) = CarrierMessage.objects.all()
        for sequence in range(2, 12):
            row.pk, row.sequence, row.message_id = None, sequence, UUID(int=sequence)
            row.save(force_insert=True)
    with CaptureQueriesContext(connection) as for_many:
        assert len(messages.messages(adviser, firm.now).rows) == 11
    assert len(for_many) == len(for_one)


def difference(firm: Firm, *found: Found) -> tuple[differences.DifferenceShown, ...]:
    """What was found when the message was read back."""
    with tenant_scope(firm.tenant_id):
        policy = CarrierMessage.objects.get(message_id=firm.message).policy_id
        kept.keep(policy, firm.employee, firm.message, found, firm.now)
    return differences.differences(firm.visitor(Role.ADVISER), firm.seen)


OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.mark.parametrize(
    ("what", "ours", "theirs", "told"),
    [
        ("contribution", 77_866, 72_142, ("€ 778,66", "€ 721,42")),
        ("contribution", 77_866, None, ("€ 778,66", "niets")),
        ("contribution", [{"until": "2026-11-01", "amount": 100}], None, ("€ 1,00 tot 01-11-2026", "niets")),
        ("participation", [["2026-01-01", None]], [], ("vanaf 01-01-2026", "")),
        ("participation", [["2026-01-01", "2026-06-01"]], None, ("01-01-2026 tot 01-06-2026", "niets")),
        ("person", ["last_name", "birth_on"], None, ("achternaam, geboortedatum", "niets")),
    ],
)
def test_a_difference_in_words(firm: Firm, what: str, ours: object, theirs: object, told: object) -> None:
    (shown,) = difference(
        firm, Found(what, OCTOBER, NOVEMBER, ours, theirs, None, "carrier", "Vraag.", "Ask.")
    )
    assert (shown.ours_words.nl, shown.theirs_words.nl) == told
    assert (shown.who.nl, shown.next_step.en) == ("uitvoerder", "Ask.")
    assert shown.period == (OCTOBER, NOVEMBER)
    page = messages.message(firm.visitor(Role.HR_OFFICER), firm.message, firm.now)
    assert page.differences == (shown,)
    assert [one.outcome for one in page.submissions] == ["received"]


def test_issues_say_who_must_act_and_since_when(firm: Firm) -> None:
    with tenant_scope(firm.tenant_id):
        remark = Remark(
            "negative-salary", "Het salaris is negatief.", "The salary is negative.", "salary_amount"
        )
        reader = Reader(firm.seen, firm.now)
        reader.sync([Told(key="1002", number="18", name="Zomer", remarks=(remark,))], named=("1001", "1002"))
    now = reader.now + timedelta(hours=1)
    page = issues.issues(firm.visitor(Role.HR_OFFICER), now)
    (shown,) = [one for one in page.rows if one.code == "negative-salary"]
    assert (shown.employee_name, shown.fact.nl, shown.who) == ("A. Zomer", "salaris", "payroll")
    assert (shown.message.nl, shown.message.en) == ("Het salaris is negatief.", "The salary is negative.")
    assert timedelta() < shown.age < timedelta(days=1)
    assert page.by_who["payroll"] >= 1
    hidden = issues.issues(firm.visitor(Role.OPERATOR), now)
    (same,) = [one for one in hidden.rows if one.code == "negative-salary"]
    assert (same.employee_id, same.employee_number, same.employee_name) == (None, "", "")
    assert issues.issues(firm.visitor(Role.ADVISER), now, who="operator").rows == ()


def test_every_state_has_words() -> None:
    assert set(CarrierMessage.State.values) == set(MESSAGE_STATES)
    assert set(Delivery.State.values) == set(words.DELIVERY_STATES)
    assert set(Link.State.values) == set(words.LINK_STATES)
    assert set(Link.Kind.values) == set(words.LINK_KINDS)
    assert set(Carrier.Kind.values) == set(words.CARRIER_KINDS)
    assert {role.value for role in Role} == set(words.ROLES)
    assert set(MESSAGE_REASONS) == {"enrolment", "change", "withdrawal", "correction"}
    assert LinkRight._meta.get_field("state").max_length >= max(len(one) for one in words.RIGHT_STATES)
