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

MESSAGE_NEXT_STEPS: Mapping[str, Words] = {
    "rejected": Words(
        "Lees wat de uitvoerder opmerkt en herstel het in de salarisadministratie of de regeling; "
        "daarna gaat er vanzelf een nieuw bericht.",
        "Read what the carrier remarks and correct it in payroll or in the scheme; "
        "then a new message goes out by itself.",
    ),
    "different": Words(
        "De uitvoerder heeft iets anders staan dan wij stuurden. Bekijk de verschillen en leg ze voor.",
        "The carrier holds something else than we sent. Look at the differences and put them to the carrier.",
    ),
    "overdue": Words(
        "De uitvoerder antwoordde niet op tijd. Vraag ernaar met het ontvangstnummer of het berichtnummer.",
        "The carrier did not answer in time. Ask, with the receipt or the number of the message.",
    ),
    "tried again": Words(
        "Niets te doen: het bericht wordt vanzelf opnieuw aangeboden.",
        "Nothing to do: the message is offered again by itself.",
    ),
}

MESSAGE_REASONS: Mapping[str, Words] = {
    "enrolment": Words("aanmelding", "enrolment"),
    "change": Words("wijziging", "change"),
    "withdrawal": Words("afmelding", "withdrawal"),
    "correction": Words("correctie", "correction"),
}

LINK_NEXT_STEPS: Mapping[str, Words] = {
    "reauthorise": Words(
        "Maak in de salarisadministratie een nieuw token en verbind de koppeling opnieuw.",
        "Make a new token in payroll and reconnect the link.",
    ),
    "partial": Words(
        "Vink in de salarisadministratie de rode aanroepen aan en test de rechten opnieuw.",
        "Tick the red calls in payroll and test the rights again.",
    ),
    "company-not-visible": Words(
        "Maak het bedrijf in de salarisadministratie zichtbaar voor de API-gebruiker en synchroniseer opnieuw.",
        "Make the company visible to the API user in payroll and sync again.",
    ),
    "paused": Words(
        "De koppeling staat stil. Er wordt niet gelezen tot de beheerder haar hervat.",
        "The link stands still. Nothing is read until the operator resumes it.",
    ),
    "never": Words("Start de eerste synchronisatie.", "Start the first sync."),
    "temporarily-unavailable": Words(
        "Niets te doen: we proberen het vanzelf opnieuw.", "Nothing to do: we try again by ourselves."
    ),
    "rate-limited": Words(
        "Niets te doen: we wachten en gaan daarna verder.", "Nothing to do: we wait and go on."
    ),
    "late": Words(
        "Er is langer dan twee keer de gewone tijd niet gelezen. Start een synchronisatie.",
        "Nothing was read for longer than twice the usual time. Start a sync.",
    ),
    "look": Words(
        "De beheerder moet kijken. Wat bekend was, is gebleven.",
        "The operator must look. What was known stayed as it was.",
    ),
}

CARRIER_KINDS: Mapping[str, Words] = {
    "insurer": Words("verzekeraar", "insurer"),
    "pension_provider": Words("pensioenuitvoerder", "pension provider"),
}


def period_words(kind: str, year: int, number: int) -> Words:
    """A wage period by name: maand 11 van 2026."""
    one = said(WAGE_PERIOD_KINDS, kind)
    return Words(f"{one.nl} {number} van {year}", f"{one.en} {number} of {year}")


def said(words: Mapping[str, Words], code: str) -> Words:
    """The words for a code; the code itself when it has none, so that nothing is ever hidden."""
    return words.get(code, Words(code, code))
