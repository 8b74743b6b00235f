"""What can be wrong with facts, terms and parameters, named after who must act.

SchakelError
├─ DataIssue            payroll or employer must correct; the rest of the run goes on
│  ├─ MissingFact            a rule needs a fact that nobody stated
│  ├─ ConflictingFacts       two statements that cannot both hold
│  ├─ ImplausibleFact        a value outside what the fact can be
│  └─ UnmatchedEmployee      a record of somebody we cannot place
└─ SchemeIssue          the adviser must correct; the participation is held, never guessed
   ├─ MissingTerms           the employer's choice is not there for that date
   ├─ WrongTerms             the employer's choice is not one of the allowed values
   ├─ NoRuleInForce          no rule for that date
   ├─ NoParameterInForce     no statutory figure for that date
   └─ NoAgreement            no contract with a carrier for that date

| situation                                       | raise               |
|-------------------------------------------------|---------------------|
| a fact a rule reads is not known on the day     | MissingFact         |
| two employments at once, two salaries           | ConflictingFacts    |
| a negative salary, a birth date in the future   | ImplausibleFact     |
| the terms of the benefit have a gap             | MissingTerms        |
| a term is misspelled or out of range            | WrongTerms          |
| next year's figure is not published             | NoParameterInForce  |
"""

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST_NAME = 60  #: nobody misspells a longer one


class SchakelError(Exception):
    """Something must be corrected before this can go on."""

    code = "schakel-error"
    who = "operator"  #: who must act: payroll, employer, adviser, operator
    nl = "Er moet eerst iets worden hersteld."

    def __init__(self, en: str = "", nl: str = "", *, about: str = "") -> None:
        self.about = about  #: the fact, term or parameter it is about
        self.en = en or (type(self).__doc__ or "").strip()
        self.message_nl = nl or self.nl
        super().__init__(self.en)

    def message(self, language: str) -> str:
        """The sentence for people, without personal data."""
        return self.en if language == "en" else self.message_nl


class DataIssue(SchakelError):
    """A fact from payroll must be corrected. Correct it there; the next sync takes it over."""

    code = "data-issue"
    who = "payroll"
    nl = (
        "Een gegeven uit de salarisadministratie moet worden hersteld. "
        "Herstel het daar; de volgende synchronisatie neemt het over."
    )


class MissingFact(DataIssue):
    """A fact is missing in payroll. Fill it in there; the next sync takes it over."""

    code = "missing-fact"
    nl = "Een gegeven ontbreekt in de salarisadministratie. Vul het daar in; de volgende synchronisatie neemt het over."


class ConflictingFacts(DataIssue):
    """Two facts from payroll contradict each other. Correct one of them there."""

    code = "conflicting-facts"
    nl = "Twee gegevens uit de salarisadministratie spreken elkaar tegen. Herstel er daar één."


class ImplausibleFact(DataIssue):
    """A fact from payroll cannot be right. Correct it there; until then the old amounts stay."""

    code = "implausible-fact"
    nl = (
        "Een gegeven uit de salarisadministratie kan niet kloppen. "
        "Herstel het daar; tot dan blijven de oude bedragen staan."
    )


class UnmatchedEmployee(DataIssue):
    """A record belongs to nobody we know. Check in which employer this employee works."""

    code = "unmatched-employee"
    nl = "Een record hoort bij niemand die wij kennen. Controleer bij welke werkgever deze werknemer werkt."


class SchemeIssue(SchakelError):
    """The scheme must be completed by the adviser. Until then the old amounts stay."""

    code = "scheme-issue"
    who = "adviser"
    nl = "De regeling moet door de adviseur worden aangevuld. Tot dan blijven de oude bedragen staan."


class MissingTerms(SchemeIssue):
    """The employer's terms are missing for this date. Agree them, with the date they start."""

    code = "missing-terms"
    nl = "De regelingsvoorwaarden ontbreken voor deze datum. Leg ze vast, met de datum waarop ze ingaan."


class WrongTerms(SchemeIssue):
    """A term is not one of the allowed values, for example contribution_rate: "26.5"."""

    code = "wrong-terms"
    nl = 'Een voorwaarde heeft geen toegestane waarde; bijvoorbeeld contribution_rate: "26.5".'


class NoRuleInForce(SchemeIssue):
    """There is no rule for this benefit on this date."""

    code = "no-rule-in-force"
    nl = "Voor deze voorziening is er op deze datum geen rekenregel."


class NoParameterInForce(SchemeIssue):
    """A statutory figure for this date is not known yet. Add it, with its source, once it is published."""

    code = "no-parameter-in-force"
    nl = "Een wettelijk cijfer voor deze datum is nog niet bekend. Voeg het toe, met bron, zodra het is gepubliceerd."


class NoAgreement(SchemeIssue):
    """There is no contract with a carrier for this benefit on this date."""

    code = "no-agreement"
    nl = "Voor deze voorziening is er op deze datum geen contract met een uitvoerder."


def nearest(written: str, allowed: Iterable[str]) -> str | None:
    """The allowed name that was probably meant."""
    if len(written) > LONGEST_NAME:
        return None
    return next(iter(get_close_matches(written, list(allowed), 1, 0.75)), None)


def allowed_instead(written: str, allowed: Iterable[str]) -> tuple[str, str]:
    """Whatever may stand here, and first what was probably meant; in English and Dutch."""
    names = tuple(allowed)
    near, listed = nearest(written, names), ", ".join(names)
    if near is None:
        return f"allowed: {listed}", f"toegestaan: {listed}"
    return f"do you mean {near}? Allowed: {listed}", f"bedoelt u {near}? Toegestaan: {listed}"
