"""Setting up what is agreed. Every function may run twice; terms are dated twice and never overwritten."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from schakel.engine.catalogue import benefit as benefit_named
from schakel.engine.catalogue import check_terms
from schakel.engine.errors import NoRuleInForce, SchakelError
from schakel.engine.timeline import Period, Step, Timeline
from schakel.schemes.models import Carrier, Policy, Scheme, SchemeBenefit, TermsVersion
from schakel.schemes.terms import terms_of


def carrier(name: str, kind: Carrier.Kind, link: UUID | None) -> int:
    """A carrier and the link that reaches it."""
    row, _ = Carrier.objects.update_or_create(name=name, defaults={"kind": kind, "link": link})
    return int(row.id)


class PolicyOfAnother(SchakelError):
    """A policy number that this carrier gave another employer. Check the number; if they share it, say so."""

    code = "policy-of-another"
    nl = (
        "Dit polisnummer staat bij deze uitvoerder al op naam van een andere werkgever. Controleer het nummer; "
        "delen zij de polis, leg dat dan uitdrukkelijk vast."
    )


def policy(
    employer_id: int, carrier_id: int, number: str, bsn_basis: str = "", *, is_shared: bool = False
) -> int:
    """A contract with a carrier. `bsn_basis` names the law that lets it have the BSN; empty: it does not get it.

    A carrier gives a number once. Another employer's policy is only found when it `is_shared` on purpose;
    otherwise PolicyOfAnother is raised, because it would send one employer's people under another's contract.
    """
    row, is_new = Policy.objects.get_or_create(
        carrier_id=carrier_id, number=number, defaults={"employer_id": employer_id, "bsn_basis": bsn_basis}
    )
    if not is_new and row.employer_id != employer_id and not is_shared:
        raise PolicyOfAnother
    return int(row.id)


def scheme(employer_id: int, name: str) -> int:
    """What an employer offers, under one name."""
    row, _ = Scheme.objects.get_or_create(employer_id=employer_id, name=name)
    return int(row.id)


def benefit(scheme_id: int, name: str, policy_id: int | None, administered_from: date) -> int:
    """One benefit in a scheme; without a policy when no carrier holds it. Raises NoRuleInForce.

    What is calculated for the employer as a whole has no participants: it is worked out from a case file.
    """
    if benefit_named(name).mechanic == "per_employer":
        raise NoRuleInForce(
            f"{name} is calculated for the employer as a whole and has no participants. "
            "Work it out with `schakel calculate` and the employer's facts.",
            f"{name} wordt voor de werkgever als geheel berekend en heeft geen deelnemers. "
            "Reken het uit met `schakel calculate` en de gegevens van de werkgever.",
            about=name,
        )
    row, _ = SchemeBenefit.objects.get_or_create(
        scheme_id=scheme_id,
        benefit=name,
        defaults={"policy_id": policy_id, "administered_from": administered_from},
    )
    return int(row.id)


def agree_terms(
    benefit_id: int, terms: Mapping[str, Any], valid: Period, recorded_at: datetime, source: str
) -> None:
    """Terms from a day on, as agreed in a document. Raises MissingTerms, WrongTerms before anything is kept.

    What was believed of this period before is closed, and what it said outside the period is kept on.
    """
    check_terms(SchemeBenefit.objects.get(id=benefit_id).benefit, terms)
    if terms_of(benefit_id).slice(valid).merged() == Timeline([Step(valid, dict(terms))]):
        return
    new = DateRange(valid.start, valid.until)
    overlapping = list(
        TermsVersion.objects.filter(benefit_id=benefit_id, known__upper_inf=True, valid__overlap=new)
    )
    # Knowledge only moves forward, also when two things are agreed in one moment.
    moment = max([recorded_at, *(row.known.lower + timedelta(microseconds=1) for row in overlapping)])
    for row in overlapping:
        row.known = DateTimeTZRange(row.known.lower, moment)
        row.save(update_fields=["known"])
        for start, until in _outside(row.valid, valid):
            _add(benefit_id, row.terms, DateRange(start, until), moment, row.source)
    _add(benefit_id, terms, new, moment, source)


def _outside(old: Any, new: Period) -> list[tuple[date, date | None]]:
    rest: list[tuple[date, date | None]] = []
    if old.lower < new.start:
        rest.append((old.lower, new.start))
    if new.until is not None and (old.upper is None or new.until < old.upper):
        rest.append((new.until, old.upper))
    return rest


def _add(benefit_id: int, terms: Mapping[str, Any], valid: Any, recorded_at: datetime, source: str) -> None:
    TermsVersion.objects.create(
        benefit_id=benefit_id,
        terms=dict(terms),
        valid=valid,
        known=DateTimeTZRange(recorded_at, None),
        source=source,
    )
