"""What can go wrong on a line to the outside, named by how it is recovered.

ConnectorError
├─ TemporarilyUnavailable   wait and try again
├─ RateLimited              wait until `retry_at_seconds` have passed
├─ AuthorisationExpired     the owner of the link must reconnect
├─ RightRefused             the owner must tick one call
├─ UnexpectedFormat         we must look; nothing was taken in
├─ RefusedByPeer            the other side refused our request; we must look
└─ AlreadySubmitted         told twice; treat as done

| situation                                             | raise                    |
|-------------------------------------------------------|--------------------------|
| time-out, connection reset, 502/503/504, Nmbrs 1006    | TemporarilyUnavailable   |
| 429, or a Retry-After                                  | RateLimited              |
| token revoked, wrong domain, account closed            | AuthorisationExpired     |
| one operation not in the API template                  | RightRefused             |
| HTML for XML, cut off, a field gone, not our schema    | UnexpectedFormat         |
| 4xx that is none of the above                          | RefusedByPeer            |
| the carrier has this message id already                | AlreadySubmitted         |
"""


class ConnectorError(Exception):
    """The line to the other side failed. Try again; if it stays, open the link's page."""

    code = "connector-error"
    nl = (
        "De verbinding met de andere kant mislukte. Probeer het opnieuw; blijft het zo, open dan de pagina van de "
        "koppeling."
    )
    who = "operator"  #: who must act: operator, employer, carrier

    def __init__(self, message_en: str = "", message_nl: str = "", *, operation: str = "") -> None:
        self.message_en = message_en or (type(self).__doc__ or "").strip()
        self.message_nl = message_nl or self.nl
        self.operation = operation
        super().__init__(self.message_en)

    def message(self, language: str) -> str:
        """The sentence for people: what happened, to whose link, what to do next; no personal data."""
        return self.message_en if language == "en" else self.message_nl


class TemporarilyUnavailable(ConnectorError):
    """The other side does not answer now. Nothing was lost; we try again by ourselves."""

    code = "temporarily-unavailable"
    nl = "De andere kant antwoordt nu niet. Er is niets verloren; we proberen het vanzelf opnieuw."


class RateLimited(TemporarilyUnavailable):
    """The other side asks us to slow down. We wait and go on."""

    code = "rate-limited"
    nl = "De andere kant vraagt om rustiger aan te doen. We wachten en gaan daarna verder."
    retry_after_seconds: float = 60.0


class AuthorisationExpired(ConnectorError):
    """User name, token or domain is not accepted. Make a new token in payroll and reconnect the link."""

    code = "authorisation-expired"
    nl = (
        "Gebruikersnaam, token of domein wordt niet geaccepteerd. Maak in de salarisadministratie een nieuw token "
        "en verbind de koppeling opnieuw."
    )
    who = "employer"


class RightRefused(ConnectorError):
    """One call is not allowed by the API template. Tick it in payroll and run the preflight again."""

    code = "right-refused"
    nl = (
        "Eén aanroep staat niet aan in het API-sjabloon. Vink hem aan in de salarisadministratie en doe de controle "
        "opnieuw."
    )
    who = "employer"


class UnexpectedFormat(ConnectorError):
    """The answer is not what the contract says. Nothing was taken in; the operator of the link looks into it."""

    code = "unexpected-format"
    nl = (
        "Het antwoord is niet wat afgesproken is. Er is niets overgenomen; de beheerder van de koppeling kijkt "
        "ernaar."
    )


class RefusedByPeer(ConnectorError):
    """The other side refused our request. Nothing changed there; the operator of the link looks into it."""

    code = "refused-by-peer"
    nl = "De andere kant weigerde ons verzoek. Daar is niets veranderd; de beheerder van de koppeling kijkt ernaar."


class AlreadySubmitted(ConnectorError):
    """The other side has this message already. That counts as delivered."""

    code = "already-submitted"
    nl = "De andere kant heeft dit bericht al. Dat telt als bezorgd."
