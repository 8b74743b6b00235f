"""What is shown in two languages, and the words for the states and kinds that rooms keep as codes."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The same said in Dutch and in English."""

    nl: str
    en: str

    def told(self, language: str) -> str:
        """In English when asked for, else in Dutch."""
        return self.en if language == "en" else self.nl


NOTHING = Words("", "")

WAGE_PERIOD_KINDS: Mapping[str, Words] = {
    "month": Words("maand", "month"),
    "four_weeks": Words("vier weken", "four weeks"),
    "week": Words("week", "week"),
}

ROLES: Mapping[str, Words] = {
    "adviser": Words("adviseur", "adviser"),
    "hr_officer": Words("HR-medewerker", "HR officer"),
    "payroll_officer": Words("salarisadministrateur", "payroll officer"),
    "operator": Words("beheerder", "operator"),
}

WHO_ACTS: Mapping[str, Words] = {
    "payroll": Words("salarisadministratie", "payroll"),
    "employer": Words("werkgever", "employer"),
    "adviser": Words("adviseur", "adviser"),
    "operator": Words("beheerder", "operator"),
    "carrier": Words("uitvoerder", "carrier"),
}

LINK_STATES: Mapping[str, Words] = {
    "active": Words("werkt", "works"),
    "partial": Words("werkt gedeeltelijk", "works in part"),
    "reauthorise": Words("opnieuw verbinden", "reconnect"),
    "paused": Words("gepauzeerd", "paused"),
}

LINK_KINDS: Mapping[str, Words] = {
    "payroll": Words("salarisadministratie", "payroll"),
    "carrier": Words("uitvoerder", "carrier"),
}

RIGHT_STATES: Mapping[str, Words] = {
    "granted": Words("staat aan", "granted"),
    "refused": Words("staat uit", "switched off"),
    "not_needed": Words("niet nodig", "not needed"),
    "unknown": Words("nog niet bekend", "not known yet"),
}

DELIVERY_STATES: Mapping[str, Words] = {
    "fetching": Words("wordt opgehaald", "being fetched"),
    "held": Words("vastgehouden", "held"),
    "applying": Words("wordt verwerkt", "being applied"),
    "applied": Words("verwerkt", "applied"),
    "refused": Words("geweigerd", "refused"),
    "failed": Words("mislukt", "failed"),
}

MESSAGE_STATES: Mapping[str, Words] = {
    "drafted": Words("opgesteld", "drafted"),
    "sending": Words("wordt verzonden", "being sent"),
    "sent": Words("verzonden", "sent"),
    "received": Words("ontvangen", "received"),
    "accepted": Words("geaccepteerd", "accepted"),
    "rejected": Words("afgewezen", "rejected"),
    "verified": Words("geverifieerd", "verified"),
    "different": Words("verschil gevonden", "difference found"),
    "overdue": Words("te laat", "overdue"),
    "superseded": Words("vervangen", "superseded"),
}

MESSAGE_REASONS: Mapping[str, Words] = {
    "enrolment": Words("aanmelding", "enrolment"),
    "change": Words("wijziging", "change"),
    "withdrawal": Words("afmelding", "withdrawal"),
    "correction": Words("correctie", "correction"),
}

CARRIER_KINDS: Mapping[str, Words] = {
    "insurer": Words("verzekeraar", "insurer"),
    "pension_provider": Words("pensioenuitvoerder", "pension provider"),
}


def said(words: Mapping[str, Words], code: str) -> Words:
    """The words for a code; the code itself when it has none, so that nothing is ever hidden."""
    return words.get(code, Words(code, code))
