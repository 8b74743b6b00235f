"""Invented people: a name, a birth date, a home, a bank account, and perhaps a partner and children."""

import random
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import accumulate

from schakel_simulators.nmbrs.books.books import Ids
from schakel_simulators.nmbrs.books.model import (
    Address,
    AddressType,
    BankAccount,
    BankAccountType,
    Child,
    Gender,
    Partner,
    Person,
)
from schakel_simulators.nmbrs.books.names import CITIES, FEMALE_SHARE, NAMES, STREETS, Names
from schakel_simulators.nmbrs.books.numbers import BIC, iban_of

_WEIGHTS = tuple(accumulate(names.weight for names in NAMES))
_LETTERS = "ABCDEGHJKLMNPRTVWXZ"
TOGETHER = ("Gehuwd", "Geregistreerd partnerschap", "Samenwonend")
ALONE = ("Ongehuwd", "Gescheiden", "Weduwe/weduwnaar")
OWN_NAME = "Eigennaam"
PARTNER_NAME_FIRST = "PartnernaamEigennaam"


@dataclass(frozen=True, slots=True)
class Household:
    """Who lives together, and what the payroll knows of it."""

    person: Person
    partner: Partner | None
    children: tuple[Child, ...]


class People:
    """Draws people one after the other; the same seed draws the same ones."""

    def __init__(self, draw: random.Random, ids: Ids, today: date, mail_domain: str) -> None:
        self._draw = draw
        self.ids = ids
        self.today = today
        self._mail_domain = mail_domain

    def household(self, birth_on: date) -> Household:
        """Somebody of that birth date, with whoever belongs to them."""
        draw = self._draw
        names = draw.choices(NAMES, cum_weights=_WEIGHTS)[0]
        gender = Gender.FEMALE if draw.randrange(100) < FEMALE_SHARE else Gender.MALE
        prefix, last_name = draw.choice(names.last)
        age = (self.today - birth_on).days // 365
        partner, status, usage, chance = None, "Ongehuwd", OWN_NAME, 66
        if age >= 22 and draw.randrange(100) < 62:
            status = draw.choices(TOGETHER, weights=(64, 10, 26))[0]
            partner = self._partner(gender, birth_on)
            if status == "Gehuwd" and draw.randrange(100) < 25:
                usage = PARTNER_NAME_FIRST
        else:
            chance = 12 if age >= 28 else 0
            if age >= 30:
                status = draw.choices(ALONE, weights=(70, 26, 4))[0]
        first, initials = self._first(names, gender)
        person = Person(
            bsn=self.ids.next_bsn(),
            first_name=first,
            initials=initials,
            prefix=prefix,
            last_name=last_name,
            gender=gender,
            birth_on=birth_on,
            nickname=first,
            place_of_birth=draw.choice(CITIES)[0],
            partner_last_name=partner.last_name if partner else "",
            # 060 is given out to nobody: unverified, and nobody is called from here.
            mobile_private=f"060{draw.randrange(10_000_000):07d}",
            email_work=f"{mail_part(first)}.{mail_part(last_name)}@{self._mail_domain}",
            marital_status=status,
            name_usage=usage,
        )
        return Household(person, partner, self._children(names, last_name, birth_on, chance))

    def home(self, start_on: date, created_at: datetime) -> tuple[Address, ...]:
        """A home address and, for one in twelve, a post-office box."""
        draw = self._draw
        city, postal_code = draw.choice(CITIES)
        home = Address(
            self.ids.next("address"),
            AddressType.HOME,
            True,
            draw.choice(STREETS),
            str(draw.randrange(1, 240)),
            draw.choice("ABC") if draw.randrange(8) == 0 else "",
            self._postal_code(postal_code),
            city,
            start_on,
            created_at,
        )
        if draw.randrange(12):
            return (home,)
        box = replace(
            home,
            id=self.ids.next("address"),
            type=AddressType.POST,
            is_default=False,
            street="Postbus",
            house_number=str(draw.randrange(1, 900)),
            house_number_addition="",
            postal_code=self._postal_code(postal_code),
        )
        return home, box

    def bank_account(self, person: Person, city: str) -> BankAccount:
        """The account on which the salary is paid."""
        account = self._draw.randrange(100_000_000, 999_999_999)
        name = " ".join(part for part in (person.initials, person.prefix, person.last_name) if part)
        return BankAccount(
            self.ids.next("bank_account"),
            f"{account:010d}",
            "Salaris",
            iban_of(account),
            BIC,
            city,
            name,
            BankAccountType.STANDARD,
        )

    def _first(self, names: Names, gender: Gender) -> tuple[str, str]:
        pool = names.female if gender is Gender.FEMALE else names.male
        first = self._draw.choice(pool)
        second = f"{self._draw.choice('ABCEHJKLMP')}." if self._draw.randrange(2) else ""
        return first, f"{first[0]}.{second}"

    def _partner(self, gender: Gender, birth_on: date) -> Partner:
        draw = self._draw
        names = draw.choices(NAMES, cum_weights=_WEIGHTS)[0]
        opposite = Gender.MALE if gender is Gender.FEMALE else Gender.FEMALE
        partner_gender = gender if draw.randrange(100) < 6 else opposite
        first, initials = self._first(names, partner_gender)
        youngest = self.today - timedelta(days=19 * 366)
        partner_birth_on = min(birth_on + timedelta(days=draw.randrange(-2200, 2200)), youngest)
        adult_on = max(birth_on, partner_birth_on) + timedelta(days=18 * 366)
        since = max(0, (self.today - adult_on).days)
        return Partner(
            self.ids.next("partner"),
            " ".join(part for part in draw.choice(names.last) if part),
            first,
            initials,
            partner_gender,
            partner_birth_on,
            min(self.today, adult_on + timedelta(days=draw.randrange(since + 1))),
        )

    def _children(self, names: Names, last_name: str, birth_on: date, chance: int) -> tuple[Child, ...]:
        draw = self._draw
        if draw.randrange(100) >= chance:
            return ()
        first_on = birth_on + timedelta(days=draw.randrange(23 * 365, 38 * 365))
        wanted = draw.choices((1, 2, 3), weights=(35, 50, 15))[0]
        gaps = accumulate((draw.randrange(600, 1300) for _ in range(wanted - 1)), initial=0)
        births = [first_on + timedelta(days=gap) for gap in gaps]
        children = []
        for birth in births:
            if birth > self.today:
                break
            gender = draw.choice((Gender.FEMALE, Gender.MALE))
            first, initials = self._first(names, gender)
            children.append(Child(self.ids.next("child"), last_name, first, initials, gender, birth))
        return tuple(children)

    def _postal_code(self, first: int) -> str:
        draw = self._draw
        return f"{first + draw.randrange(40)}{draw.choice(_LETTERS)}{draw.choice(_LETTERS)}"


@cache
def mail_part(name: str) -> str:
    """A name as it stands in an e-mail address: without accents, spaces and signs."""
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ł", "l").replace("Ł", "L"))
    return "".join(sign for sign in plain.lower() if sign.isascii() and sign.isalnum())
