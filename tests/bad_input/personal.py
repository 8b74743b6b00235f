"""Nothing of anybody in what is said when something goes wrong: no name, BSN, account, date of birth or token."""

import re
from collections.abc import Iterator
from datetime import date

from tests.bad_input.scene import Scene

from schakel.delivery.models import CarrierMessage
from schakel.intake.models import Delivery, Issue
from schakel.links.models import Link, LinkRight
from schakel.participation.models import NotCalculable
from schakel_simulators.nmbrs.books.generator import token_of
from schakel_simulators.nmbrs.books.model import Child, Employee, Partner


def nothing_personal(scene: Scene, *more: str) -> None:
    """Every text that was kept for people to read, and what is given beside, names nobody."""
    texts = [*said(scene), *more]
    assert_nobody_in(scene, "\n".join(texts))


def assert_nobody_in(scene: Scene, text: str) -> None:
    """Words of one text are compared whole, so that a short name is not found inside another word."""
    words = set(re.findall(r"[\w.@-]+", text))
    for person in scene.books.employees.values():
        named = {word for part in names_of(person) for word in part.split() if len(word) > 2} - PREFIXES
        assert not named & words
        for private in private_of(person):
            assert private not in text
    for issue in range(scene.books.version + 2):
        assert token_of(scene.books.seed, issue) not in text


PREFIXES = frozenset({"van", "den", "der", "ter", "ten", "het"})


def names_of(person: Employee) -> Iterator[str]:
    yield from (person.person.first_name, person.person.last_name, person.person.partner_last_name)
    for relative in relatives_of(person):
        yield from (relative.first_name, relative.last_name)


def relatives_of(person: Employee) -> list[Partner | Child]:
    return [*person.children, *([person.partner] if person.partner else [])]


def private_of(person: Employee) -> Iterator[str]:
    if person.person.bsn:
        yield person.person.bsn
    yield from (account.iban for account in person.bank_accounts)
    for born in (person.person.birth_on, *(one.birth_on for one in relatives_of(person))):
        yield from (born.isoformat(), in_dutch(born))


def in_dutch(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def said(scene: Scene) -> list[str]:
    """Everything the product keeps for people to read about what is wrong."""
    with scene.seen():
        found: list[str] = []
        for link in Link.objects.all():
            found += [link.error_nl, link.error_en]
        for delivery in Delivery.objects.all():
            found += [delivery.error_nl, delivery.error_en]
            found += [str(reason[language]) for reason in delivery.guard for language in ("nl", "en")]
        for issue in Issue.objects.all():
            found += [issue.message_nl, issue.message_en]
        for refusal in NotCalculable.objects.all():
            found += [refusal.message_nl, refusal.message_en]
        for right in LinkRight.objects.all():
            found += [right.reason_nl, right.reason_en]
        for message in CarrierMessage.objects.all():
            found += [message.error_nl, message.error_en, str(message.remarks)]
        return found
