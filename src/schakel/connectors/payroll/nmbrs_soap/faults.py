"""What Nmbrs says when it refuses, as errors named by who must act. The vendor's own text is never repeated.

A fault carries a code in its text: `… ---> 1002: Unauthorized access`, after which a stack trace may follow.

| code                          | raised                                                              |
|-------------------------------|---------------------------------------------------------------------|
| 1001                          | AuthorisationExpired: user, token or domain                         |
| 1002                          | RightRefused: the operation is not in the API template              |
| 1003, 2004, 2009              | RightRefused: the company is not visible to the API user            |
| 1004                          | AuthorisationExpired: the environment has no subscription           |
| 1006, 9999, none from a server | TemporarilyUnavailable; 1006 is tried again, the other two once      |
| 2003                          | EmployeeNotVisible                                                  |
| everything else               | CallRefused with the code                                           |
"""

import re
from collections.abc import Mapping

from schakel.connectors.errors import (
    AuthorisationExpired,
    ConnectorError,
    RefusedByPeer,
    RightRefused,
    TemporarilyUnavailable,
    UnexpectedFormat,
)

CODE = re.compile(r"--->\s*(\d{4})\s*:")


class CallRefused(RefusedByPeer):
    """Nmbrs refused our request. Nothing changed there; the operator of the link looks into it."""

    nl = "Nmbrs weigerde ons verzoek. Daar is niets veranderd; de beheerder van de koppeling kijkt ernaar."


class EmployeeNotVisible(CallRefused):
    """Nmbrs does not show one employee any more. What was known stays; look whether they moved."""

    code = "employee-not-visible"
    nl = "Nmbrs toont één werknemer niet meer. Wat bekend was blijft; kijk of die is verplaatst."
    who = "employer"


class CompanyNotVisible(RightRefused):
    """The API user does not see this company in Nmbrs. Make it visible to that user; nothing was changed."""

    code = "company-not-visible"
    nl = (
        "De API-gebruiker ziet dit bedrijf niet in Nmbrs. Maak het voor die gebruiker zichtbaar; er is niets "
        "gewijzigd."
    )


class Hiccup(TemporarilyUnavailable):
    """Nmbrs failed at our request. Nothing was lost; we try again by ourselves."""

    nl = "Nmbrs kon ons verzoek niet verwerken. Er is niets verloren; we proberen het vanzelf opnieuw."


class LogInUncertain(TemporarilyUnavailable):
    """Nmbrs could not check the log-in just now (1006). Nothing was lost; we try again by ourselves."""

    nl = (
        "Nmbrs kon de inlog zojuist niet controleren (1006). Er is niets verloren; we proberen het vanzelf "
        "opnieuw."
    )


_NOT_ACCEPTED = {
    "1001": (
        "Nmbrs does not accept user name, token or domain. Make a new token in Nmbrs and connect again.",
        "Nmbrs accepteert gebruikersnaam, token of domein niet. Maak in Nmbrs een nieuw token en verbind opnieuw.",
    ),
    "1004": (
        "The Nmbrs environment is switched off: no valid subscription. Ask Nmbrs, then connect again.",
        "De Nmbrs-omgeving staat uit: geen geldig abonnement. Vraag het Nmbrs en verbind daarna opnieuw.",
    ),
}
_NAMED: Mapping[str, type[ConnectorError]] = {
    "1003": CompanyNotVisible,
    "2004": CompanyNotVisible,
    "2009": CompanyNotVisible,
    "2003": EmployeeNotVisible,
    "1006": LogInUncertain,
    "9999": Hiccup,
}


def place_to_tick(operation: str) -> tuple[str, str]:
    """Where in Nmbrs one call is ticked, in Dutch and English. The menu's wording is unverified: the vendor's
    help pages speak of an "API user template" with a tick for each method.
    """
    service, _, name = operation.partition(".")
    return (
        f"Vink in Nmbrs bij Gebruikers › API-sjabloon van de API-gebruiker onder {service} de methode {name} aan.",
        f"In Nmbrs, under Users › API template of the API user, tick the method {name} of {service}.",
    )


def fault_error(operation: str, text: str, *, is_client: bool) -> ConnectorError:
    """The error for a SOAP fault with this text."""
    found = CODE.search(text)
    code = found[1] if found else ""
    if code in _NOT_ACCEPTED:
        en, nl = _NOT_ACCEPTED[code]
        return AuthorisationExpired(en, nl, operation=operation)
    if code == "1002":
        nl, en = place_to_tick(operation)
        return RightRefused(
            f"{operation} is not allowed by the API template. {en} Then run the preflight again.",
            f"{operation} staat niet aan in het API-sjabloon. {nl} Doe daarna de controle opnieuw.",
            operation=operation,
        )
    if code in _NAMED:
        return _NAMED[code](operation=operation)
    if not code and not is_client:
        return Hiccup(operation=operation)
    return CallRefused(
        f"Nmbrs refused {operation} with code {code or 'none'}. Nothing changed there; the operator of the link "
        "looks into it.",
        f"Nmbrs weigerde {operation} met code {code or 'geen'}. Daar is niets veranderd; de beheerder van de "
        "koppeling kijkt ernaar.",
        operation=operation,
    )


def unavailable(operation: str, status: int | None = None) -> TemporarilyUnavailable:
    """Nmbrs does not answer, or says that it cannot now."""
    said_en = "does not answer" if status is None else f"answers {status}"
    said_nl = "antwoordt niet" if status is None else f"antwoordt {status}"
    return TemporarilyUnavailable(
        f"Nmbrs {said_en} to {operation}. Nothing was lost; we try again by ourselves and go on where we were.",
        f"Nmbrs {said_nl} op {operation}. Er is niets verloren; we proberen het vanzelf opnieuw en gaan verder "
        "waar we waren.",
        operation=operation,
    )


def unexpected(operation: str, what_en: str, what_nl: str) -> UnexpectedFormat:
    """The answer is not as agreed; `what` says how, with names of elements but never with their values."""
    return UnexpectedFormat(
        f"Nmbrs's answer to {operation} is not as agreed: {what_en}. Nothing of it was taken in, what was "
        "known stays. The operator of the link looks into it; in payroll there is nothing to do.",
        f"Het antwoord van Nmbrs op {operation} is niet zoals afgesproken: {what_nl}. Er is niets van "
        "overgenomen, wat bekend was blijft. De beheerder van de koppeling kijkt ernaar; in de "
        "salarisadministratie is niets te doen.",
        operation=operation,
    )
