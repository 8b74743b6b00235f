"""Words and colours for the codes that the screens show and the desk does not say in two languages itself."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from schakel.engine.catalogue import BENEFITS

TONES: Mapping[str, str] = {
    "active": "green",
    "applied": "green",
    "granted": "green",
    "verified": "green",
    "accepted": "green",
    "in_service": "green",
    "partial": "yellow",
    "held": "yellow",
    "applying": "azure",
    "fetching": "azure",
    "sending": "azure",
    "sent": "azure",
    "received": "azure",
    "drafted": "secondary",
    "paused": "secondary",
    "superseded": "secondary",
    "not_needed": "secondary",
    "unknown": "secondary",
    "left": "secondary",
    "reauthorise": "red",
    "refused": "red",
    "failed": "red",
    "rejected": "red",
    "different": "red",
    "overdue": "red",
}
"""Colour only repeats what the word says."""

CERTAINTIES: Mapping[str, str | Promise] = {
    "verified": _("verified against the publisher"),
    "secondary": _("from secondary sources"),
    "derived": _("derived"),
    "unverified": _("not verified"),
}
"""How a statutory figure was established."""

KINDS: Mapping[str, tuple[str, str | Promise]] = {
    "amount": ("report-money", _("amount")),
    "segment": ("calendar", _("part of the period")),
    "rule": ("math-function", _("calculation")),
    "fact": ("user", _("fact from payroll")),
    "derived": ("calendar-event", _("derived from a fact")),
    "term": ("file-text", _("scheme terms")),
    "parameter": ("gavel", _("statutory figure")),
}
"""What a node of an explanation is: its icon and its name."""

CHOICES: Mapping[str, str | Promise] = {
    "full_time": _("full-time salary"),
    "part_time": _("salary for the hours worked"),
    "hourly": _("hourly wage"),
    "month": _("month"),
    "four_weeks": _("four weeks"),
    "week": _("week"),
    "calendar_days": _("by calendar days"),
    "first_day": _("as on the first day"),
    "true": _("yes"),
    "false": _("no"),
}
"""Values of choices, as people say them."""


CALCULATION_PAGE = re.compile(r"docs/calculations/(\w+)\.md")


def cited(source: str) -> str:
    """A source as people call it: a page of ours by what it describes, anything else as it is."""
    return CALCULATION_PAGE.sub(lambda page: _calculation(page[1]), source)


def _calculation(page: str) -> str:
    named = {one.name: told(one) for one in BENEFITS} | {"bases": gettext("salary bases")}
    return gettext("calculation rule: %(name)s") % {"name": named.get(page, page).lower()}


def language() -> str:
    """The language the desk and the engine tell their words in."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def told(pair: Any) -> str:
    """The text of a value that says the same in Dutch (`nl`) and in English (`en`)."""
    return str(getattr(pair, language(), ""))


def dated(value: date, pattern: str) -> str:
    """A day in words; the months are written without a capital in Dutch."""
    return date_format(value, pattern.format(month="M" if language() == "en" else "b"))


def tone(code: str) -> str:
    """The colour of a state."""
    return TONES.get(code, "secondary")


def spelled(value: str) -> str:
    """A choice as people say it; anything else as it is."""
    return str(CHOICES.get(value.lower() if value in {"True", "False"} else value, value))
