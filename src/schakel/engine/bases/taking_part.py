"""Who takes part: in service, between entry and end age, past the waiting period, and not standing aside."""

from schakel.engine.exact import Choice, Count, Months, YesNo, choose, is_given, says
from schakel.engine.rule import rule

TERMS = "regelingsvoorwaarden; docs/calculations/bases.md"


@rule(
    nl="In dienst",
    formula_nl="volgens de dienstverbanden in de salarisadministratie",
    formula_en="by the employments in payroll",
    source=TERMS,
)
def is_in_service(is_employed: YesNo) -> YesNo:
    """In service."""
    return is_employed


@rule(
    nl="Toetredingsleeftijd bereikt",
    formula_nl="leeftijd ≥ toetredingsleeftijd",
    formula_en="age ≥ entry age",
    source=TERMS,
)
def has_reached_entry_age(age_months: Count, entry_age: Months) -> YesNo:
    """Has reached the entry age."""
    return age_months >= entry_age


@rule(
    nl="Eindleeftijd nog niet bereikt",
    formula_nl="leeftijd < eindleeftijd",
    formula_en="age < end age",
    source=TERMS,
)
def is_before_end_age(age_months: Count, end_age: Months) -> YesNo:
    """Has not reached the end age."""
    return age_months < end_age


@rule(
    nl="Wachttijd voorbij",
    formula_nl="maanden in dienst ≥ wachttijd, als de regeling die kent",
    formula_en="months of service ≥ waiting period, if the scheme has one",
    source=TERMS,
)
def has_waited(service_months: Count, waiting_months: Months) -> YesNo:
    """The waiting period is over."""
    return choose(is_given(waiting_months), service_months >= waiting_months, ~(waiting_months < 0))


@rule(
    nl="Geen afstand gedaan",
    formula_nl="geen afstand gedaan, als dat kan",
    formula_en="not waived, where that is possible",
    source=TERMS,
)
def has_not_waived(has_waived: YesNo, can_be_waived: YesNo) -> YesNo:
    """Has not waived taking part."""
    return ~can_be_waived | ~has_waived


@rule(
    nl="Niet met onbetaald verlof dat de deelname stopt",
    formula_nl="niet met onbetaald verlof, of deelname loopt door",
    formula_en="not on unpaid leave, or taking part continues",
    source=TERMS,
)
def is_not_on_unpaid_leave(on_unpaid_leave: YesNo, during_unpaid_leave: Choice) -> YesNo:
    """Not on unpaid leave that stops taking part."""
    return says(during_unpaid_leave, "continues") | ~on_unpaid_leave
