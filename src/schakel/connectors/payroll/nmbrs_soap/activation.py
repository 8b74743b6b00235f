"""The four things a person fills in to connect Nmbrs, each checked before anything is asked of Nmbrs.

What is wrong is said by what it is, with the way to put it right; neither the token nor the user name ever
stands in such a sentence.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain, combinations
from urllib.parse import urlsplit

from schakel.connectors.errors import UnexpectedFormat
from schakel.connectors.payroll.nmbrs_soap import answers
from schakel.connectors.payroll.nmbrs_soap.client import NmbrsClient
from schakel.connectors.payroll.nmbrs_soap.settings import HOSTS, NmbrsSettings, address_of
from schakel.connectors.payroll.nmbrs_soap.wsdl import call
from schakel.connectors.payroll_source import Entity, TypedWrong

# This module is a `payroll_source.Activation`.
__all__ = [
    "CONNECTOR",
    "HOSTS",
    "check_token",
    "check_username",
    "clean_domain",
    "discover_domain",
    "is_known_host",
    "match_entities",
]

CONNECTOR: str = "nmbrs_soap"
TOKEN_LENGTH = 32  #: as the vendor makes them: contract, section 2
ENTITIES_NAMED = 8  #: of a list in a sentence; a group may have hundreds

_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_HOMES = ("nmbrs.nl", "nmbrs-sandbox.nl", "nmbrs.se", "nmbrs.com")
"""How a customer's address ends. The first two from the contract, section 3.4; the others unverified."""
_NOT_A_CUSTOMER = frozenset({"api", "api-sandbox", "www", "support", "nmbrs"})
ENVIRONMENT = "DebtorService.Environment_Get"
_QUOTES = "\"'`“”‘’„«»"


def is_known_host(host: str) -> bool:
    """Whether a link may go there: nowhere in particular, one of the vendor's hosts, or a stand-in here."""
    try:
        address_of(host)
    except ValueError:
        return False
    return True


def check_username(username: str) -> TypedWrong | None:
    """The log-in of Nmbrs is an e-mail address; whether it exists only Nmbrs knows."""
    name, _, host = username.partition("@")
    if not username:
        return TypedWrong(
            "username-missing",
            "Vul de gebruikersnaam in: het e-mailadres waarmee u in Nmbrs inlogt.",
            "Fill in the user name: the e-mail address you log in to Nmbrs with.",
        )
    if not name or "." not in host.strip(".") or "@" in host or not re.fullmatch(r"\S+", username):
        return TypedWrong(
            "username-no-address",
            "De gebruikersnaam is geen e-mailadres. Nmbrs vraagt het hele adres, zoals api@voorbeeld.nl.",
            "The user name is not an e-mail address. Nmbrs asks the whole address, such as api@voorbeeld.nl.",
        )
    return None


def check_token(token: str) -> TypedWrong | None:
    """Exactly 32 characters. What was pasted along, as spaces or quotes, is told apart from a wrong token."""
    if not token.strip():
        return TypedWrong(
            "token-missing",
            "Vul het API-token in. U maakt het in Nmbrs, bij uw gebruiker, op het tabblad API Token.",
            "Fill in the API token. You make it in Nmbrs, at your user, on the tab API Token.",
        )
    for code, pasted_nl, pasted_en, bare in _pasted_along(token):
        if bare != token and len(bare) == TOKEN_LENGTH:
            return TypedWrong(
                code,
                f"Bij het token {pasted_nl} meegekomen. Haal die weg; het token zelf heeft 32 tekens.",
                f"{pasted_en} came along with the token. Take them out; the token itself has 32 characters.",
            )
    if len(token) != TOKEN_LENGTH:
        return TypedWrong(
            "token-length",
            f"Een API-token heeft precies 32 tekens; dit zijn er {len(token)}. Kopieer het opnieuw, in zijn "
            "geheel.",
            f"An API token has exactly 32 characters; this has {len(token)}. Copy it again, the whole of it.",
        )
    if not re.fullmatch(r"[\x21-\x7e]+", token):
        return TypedWrong(
            "token-characters",
            "In het token staat een spatie of een teken dat er niet in hoort. Kopieer het opnieuw uit Nmbrs.",
            "The token has a space or a character that does not belong in it. Copy it again from Nmbrs.",
        )
    return None


def _pasted_along(token: str) -> Sequence[tuple[str, str, str, str]]:
    """What comes along when pasting: a code, how it is said in two languages, and the token without it."""
    spaceless = "".join(one for one in token if one.isprintable() and not one.isspace())
    return (
        ("token-line-end", "is een regeleinde", "A line end", token.strip("\r\n")),
        ("token-spaces", "zijn spaties of onzichtbare tekens", "Spaces or invisible characters", spaceless),
        ("token-quotes", "zijn aanhalingstekens", "Quotes", spaceless.strip(_QUOTES)),
    )


def clean_domain(typed: str) -> tuple[str, TypedWrong | None]:
    """The bare label of the customer's environment, from the label itself or from a pasted address."""
    text = typed.strip().strip(_QUOTES).strip().lower()
    host = _host_of(text)
    home = next((home for home in _HOMES if host.endswith(f".{home}")), None)
    label = host.removesuffix(f".{home}").rpartition(".")[2] if home else host
    if "." in label or host in _HOMES:
        return "", TypedWrong(
            "domain-elsewhere",
            "Dit adres is niet van een Nmbrs-omgeving. Bedoeld is het deel vóór .nmbrs.nl in de adresbalk "
            "als u bent ingelogd, zoals jansen.",
            "This address is not of a Nmbrs environment. What is meant is the part before .nmbrs.nl in the "
            "address bar when you are logged in, such as jansen.",
        )
    if label in _NOT_A_CUSTOMER:
        return "", TypedWrong(
            "domain-of-nmbrs",
            "Dit is een adres van Nmbrs zelf. Bedoeld is het deel vóór .nmbrs.nl in de adresbalk als u bent "
            "ingelogd; laat het leeg om het te laten opzoeken.",
            "This is an address of Nmbrs itself. What is meant is the part before .nmbrs.nl in the address "
            "bar when you are logged in; leave it empty to have it looked up.",
        )
    if not _LABEL.fullmatch(label):
        return "", TypedWrong(
            "domain-characters",
            "Een domein bestaat uit letters, cijfers en streepjes, zoals jansen of jansen-groep.",
            "A domain is made of letters, digits and hyphens, such as jansen or jansen-groep.",
        )
    return label, None


def _host_of(text: str) -> str:
    """The host of a pasted address, or the text itself when it is none."""
    address = text if "//" in text else f"//{text}"
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:  # brackets that belong to no address
        return text


def match_entities(
    asked: Sequence[str], listed: Sequence[Entity]
) -> tuple[tuple[Entity, ...], tuple[TypedWrong, ...]]:
    """The entities that were asked for, each once, by literal name or by id; and of every other why not."""
    matched: dict[str, Entity] = {}
    problems: list[TypedWrong] = []
    for name in asked:
        found = _named(name, listed)
        if isinstance(found, TypedWrong):
            problems.append(found)
        else:
            matched.setdefault(found.key, found)
    return tuple(matched.values()), tuple(problems)


def _named(name: str, listed: Sequence[Entity]) -> Entity | TypedWrong:
    same_name = [one for one in listed if one.name == name]
    if len(same_name) == 1:
        return same_name[0]
    if same_name:
        keys = ", ".join(one.key for one in same_name)
        return TypedWrong(
            "entity-name-twice",
            f"“{name}” komt {len(same_name)} keer voor. Geef het Company ID: {keys}.",
            f"“{name}” occurs {len(same_name)} times. Give the Company ID: {keys}.",
        )
    by_key = next((one for one in listed if one.key == name.strip()), None)
    return by_key or _near_miss(name, listed) or _unknown(name, listed)


def _capitals(text: str) -> int:
    return sum(one.isupper() for one in text)


def _spaces(text: str) -> int:
    return sum(one.isspace() for one in text)


def _spaceless(text: str) -> str:
    return "".join(text.split())


@dataclass(frozen=True, slots=True)
class _Way:
    """One way in which a literal name is easily missed, and the spelling in which it does not show."""

    one_nl: str
    one_en: str
    more_nl: str
    more_en: str
    count: Callable[[str], int]
    spelled: Callable[[str], str]


def _mark(mark: str, one_nl: str, one_en: str, more_nl: str, more_en: str) -> _Way:
    return _Way(
        one_nl, one_en, more_nl, more_en, lambda text: text.count(mark), lambda t: t.replace(mark, "")
    )


_WAYS = (
    _Way("één hoofdletter", "one capital", "hoofdletters", "capitals", _capitals, str.casefold),
    _mark(".", "één punt", "one point", "punten", "points"),
    _mark(",", "één komma", "one comma", "komma's", "commas"),
    _Way("één spatie", "one space", "spaties", "spaces", _spaces, _spaceless),
)


def _near_miss(name: str, listed: Sequence[Entity]) -> TypedWrong | None:
    """The entity that was meant, when its name is the same but for what is easily overlooked."""
    for ways in chain.from_iterable(combinations(_WAYS, size) for size in range(1, len(_WAYS) + 1)):
        for entity in listed:
            if _in_spelling(name, ways) == _in_spelling(entity.name, ways):
                return _did_you_mean(name, entity, *_told_apart(name, entity.name, ways))
    close = get_close_matches(name, [one.name for one in listed], n=1, cutoff=0.8)
    if not close:
        return None
    entity = next(one for one in listed if one.name == close[0])
    return _did_you_mean(name, entity, "één of meer tekens", "one or more characters")


def _in_spelling(text: str, ways: Sequence[_Way]) -> str:
    for way in ways:
        text = way.spelled(text)
    return text


def _told_apart(name: str, meant: str, ways: Sequence[_Way]) -> tuple[str, str]:
    """What the difference is in, in Dutch and English."""
    is_one = [abs(way.count(name) - way.count(meant)) == 1 for way in ways]
    nl = [way.one_nl if one else way.more_nl for way, one in zip(ways, is_one, strict=True)]
    en = [way.one_en if one else way.more_en for way, one in zip(ways, is_one, strict=True)]
    return " en ".join(nl), " and ".join(en)


def _did_you_mean(name: str, entity: Entity, nl: str, en: str) -> TypedWrong:
    return TypedWrong(
        "entity-near-miss",
        f"“{name}” is er niet. Bedoelt u “{entity.name}” ({entity.key})? Het verschilt in {nl}; namen tellen "
        "letterlijk.",
        f"“{name}” is not there. Did you mean “{entity.name}” ({entity.key})? It differs in {en}; names are "
        "taken literally.",
    )


def _unknown(name: str, listed: Sequence[Entity]) -> TypedWrong:
    shown = ", ".join(f"{one.name} ({one.key})" for one in listed[:ENTITIES_NAMED]) or "–"
    more = len(listed) - ENTITIES_NAMED
    more_nl, more_en = (f" en nog {more}", f" and {more} more") if more > 0 else ("", "")
    return TypedWrong(
        "entity-unknown",
        f"“{name}” is er niet, of de API-gebruiker ziet het bedrijf niet. Zichtbaar zijn: {shown}{more_nl}.",
        f"“{name}” is not there, or the API user does not see the company. Visible are: {shown}{more_en}.",
    )


def discover_domain(username: str, token: str, *, host: str = "") -> str:
    """The label of the environment this user and token belong to, as Nmbrs says. Raises ConnectorError.

    What Nmbrs answers for a log-in that exists in several environments is unverified, so that the domain can
    always be filled in by hand as well.
    """
    client = NmbrsClient(NmbrsSettings(username, token, "", address_of(host)))
    try:
        found = answers.result_of(ENVIRONMENT, client.ask(call(ENVIRONMENT)))
    finally:
        client.close()
    named = None if found is None else answers.Reading(ENVIRONMENT).fields(found, "EnvironmentDomain")
    # What `Domain` holds is not established, a root domain or a whole host; `SubDomain` is what is used.
    for text in () if named is None else (named.text("SubDomain"), named.text("Domain")):
        label, problem = clean_domain(text or "")
        if problem is None:
            return label
    raise UnexpectedFormat(
        "Nmbrs names no domain for this user. Fill it in: the part before .nmbrs.nl in the address bar.",
        "Nmbrs noemt bij deze gebruiker geen domein. Vul het in: het deel vóór .nmbrs.nl in de adresbalk.",
        operation=ENVIRONMENT,
    )
