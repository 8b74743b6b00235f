"""Terms dated twice: agreed from a day on, kept outside it, and read as known on any moment."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from tests.rooms.conftest import TERMS

from schakel.engine.errors import MissingTerms, WrongTerms
from schakel.engine.timeline import Period
from schakel.schemes import agree, agreed
from schakel.schemes.models import Carrier, Policy, SchemeBenefit, TermsVersion
from schakel.schemes.terms import known_terms, terms_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
GAP = TERMS["wga_gap"]
DEARER = GAP | {"premium_rate": "0.70"}
Y2025, Y2026, Y2027 = date(2025, 1, 1), date(2026, 1, 1), date(2027, 1, 1)


@pytest.fixture
def gap(employer_id: int) -> int:
    return agree.benefit(agree.scheme(employer_id, "Regeling"), "wga_gap", None, Y2025)


def rates(benefit_id: int, known_at: datetime | None = None) -> list[tuple[date, date | None, Any]]:
    steps = terms_of(benefit_id, known_at).steps
    return [(step.period.start, step.period.until, step.value["premium_rate"]) for step in steps]


def test_terms_for_a_year_keep_what_is_agreed_around_it(gap: int) -> None:
    agree.agree_terms(gap, GAP, Period(Y2025), NOW, "polis 1")
    agree.agree_terms(gap, DEARER, Period(Y2026, Y2027), LATER, "polis 2")
    assert rates(gap) == [(Y2025, Y2026, "0.62"), (Y2026, Y2027, "0.70"), (Y2027, None, "0.62")]
    assert rates(gap, NOW) == [(Y2025, None, "0.62")]
    sources = TermsVersion.objects.filter(known__upper_inf=True).order_by("valid")
    assert [row.source for row in sources] == ["polis 1", "polis 2", "polis 1"]
    known = known_terms([gap])[gap]
    assert known.terms == terms_of(gap)
    assert known.known_since == LATER


def test_agreeing_the_same_again_writes_nothing(gap: int) -> None:
    agree.agree_terms(gap, GAP, Period(Y2025), NOW, "polis 1")
    agree.agree_terms(gap, GAP, Period(Y2025), LATER, "polis 1")
    agree.agree_terms(gap, GAP, Period(Y2026, Y2027), LATER, "polis 1")
    assert TermsVersion.objects.count() == 1


def test_two_agreements_in_one_moment_are_both_believed_in_turn(gap: int) -> None:
    agree.agree_terms(gap, GAP, Period(Y2025), NOW, "polis 1")
    agree.agree_terms(gap, DEARER, Period(Y2025), NOW, "polis 2")
    assert rates(gap) == [(Y2025, None, "0.70")]
    assert rates(gap, NOW) == [(Y2025, None, "0.62")]


def test_wrong_terms_are_refused_before_anything_is_kept(gap: int) -> None:
    with pytest.raises(WrongTerms) as wrong:
        agree.agree_terms(gap, GAP | {"premium_rate": "62"}, Period(Y2025), NOW, "polis")
    assert "premium_rate" in wrong.value.message("nl")
    assert "mag niet" in wrong.value.message("nl")
    assert "is not allowed" in wrong.value.message("en")
    with pytest.raises(MissingTerms) as missing:
        agree.agree_terms(gap, {}, Period(Y2025), NOW, "polis")
    assert "ontbreekt" in missing.value.message("nl")
    assert "is missing" in missing.value.message("en")
    assert not TermsVersion.objects.exists()


def test_terms_are_never_overwritten(gap: int) -> None:
    agree.agree_terms(gap, GAP, Period(Y2025), NOW, "polis 1")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        TermsVersion.objects.update(terms={})


def test_setting_up_twice_is_setting_up_once(employer_id: int) -> None:
    for _ in range(2):
        insurer = agree.carrier("Verzekeraar Zuid", Carrier.Kind.INSURER, None)
        policy = agree.policy(employer_id, insurer, "V-1", "Pensioenwet art. 94")
        scheme = agree.scheme(employer_id, "Regeling")
        agree.benefit(scheme, "accident", policy, Y2026)
    assert Policy.objects.count() == SchemeBenefit.objects.count() == 1
    (one,) = agreed.benefits_of(employer_id)
    assert (one.benefit, one.policy_id, one.administered_from) == ("accident", policy, Y2026)
    carrier = agreed.carrier_of(policy)
    assert (carrier.policy_number, carrier.carrier_name, carrier.bsn_basis) == (
        "V-1",
        "Verzekeraar Zuid",
        "Pensioenwet art. 94",
    )


def test_payroll_is_asked_only_what_a_benefit_reads(employer_id: int) -> None:
    scheme = agree.scheme(employer_id, "Regeling")
    agree.benefit(scheme, "accident", None, Y2026)
    asked = agreed.needs_of(employer_id)
    assert (asked.bank_account, asked.partner, asked.children) == (False, False, False)
    agree.benefit(scheme, "partner_pension", None, Y2026)
    assert agreed.needs_of(employer_id).partner
    agree.benefit(scheme, "orphan_pension", None, Y2026)
    assert agreed.needs_of(employer_id).children
