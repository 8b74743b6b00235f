"""How templates show values: money, dates, ages, names in the reader's language, icons and states."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext

from schakel.desk.words import MESSAGE_STATES, WAGE_PERIOD_KINDS, said
from schakel.engine.explanation import Explanation, rounded, shown
from schakel.engine.explanation import money as spelled_money
from schakel.engine.term_words import said as said_word
from schakel.portal import charts
from schakel.portal import words as shown_words
from schakel.portal.words import cited, dated, language, told

register = template.Library()
register.filter("told", told)
register.filter("cited", cited)


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """One symbol of the sprite; decoration only, so hidden from screen readers."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css,
        static("portal/vendor/icons.svg"),
        name,
    )


@register.filter
def money(cents: int | None) -> str:
    """Cents as euros: € 1.234,56. A dash when there is no amount; never a zero in its place."""
    return "–" if cents is None else spelled_money(cents, language()).replace("€ ", "€\u00a0")


@register.filter
def signed_money(cents: int | None) -> str:
    """A difference: with its sign."""
    if cents is None:
        return "–"
    return ("+" if cents > 0 else "") + money(cents)


@register.filter
def in_unit(value: Any, unit: str) -> str:
    """A value as its unit is written. Dates as people write them."""
    if value is None or value == "":
        return "–"
    if unit == "date":
        return day(value)
    if unit == "dates":
        return ", ".join(day(one) for one in value) or gettext("none")
    if isinstance(value, int) and not isinstance(value, bool) and unit not in {"text", "choice", "count"}:
        return shown(value, unit, language()).replace("€ ", "€\u00a0")
    if unit == "yes_no":
        return shown(int(bool(value)), unit, language())
    return said_word(str(value), language()) if unit == "word" else shown_words.spelled(str(value))


@register.filter
def tone(code: object) -> str:
    """The colour that goes with a state."""
    return shown_words.tone(str(code))


@register.filter
def day(value: date | str | None) -> str:
    """A day, short: 1 jul 2026."""
    if not value:
        return "–"
    if isinstance(value, str):
        value = date.fromisoformat(value)
    return dated(value, "j {month} Y")


@register.filter
def month(value: date) -> str:
    """The month of a day: jul 2026."""
    return dated(value, "{month} Y")


@register.simple_tag
def age(at: datetime | None) -> SafeString | str:
    """How long ago: "12 minuten geleden", with the moment itself for who wants it exactly."""
    if at is None:
        return gettext("never")
    now = timezone.now()
    local = timezone.localtime(at)
    since = gettext("just now") if (now - at).total_seconds() < 60 else _ago(at, now)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', local.isoformat(), date_format(local, "j F Y H:i"), since
    )


def _ago(at: datetime, now: datetime) -> str:
    return gettext("%(time)s ago") % {"time": timesince(at, now, depth=1)}


@register.filter
def moment(value: datetime | None) -> str:
    """A moment, short: 1 jul 2026 14:05."""
    return "–" if value is None else dated(timezone.localtime(value), "j {month} Y H:i")


@register.simple_tag
def badge(code: object, words: Any) -> SafeString:
    """A state as a coloured word."""
    return format_html('<span class="badge bg-{}-lt">{}</span>', shown_words.tone(str(code)), told(words))


@register.inclusion_tag("portal/parts/field.html")
def labelled(field: Any, autofocus: bool = False) -> dict[str, Any]:
    """A form field with its label, its help and its error beside it."""
    return {"field": field, "autofocus": autofocus}


@register.filter
def styled(field: Any, autofocus: bool = False) -> SafeString:
    """The widget of a form field in the style of the portal, tied to its help and its error."""
    kind = getattr(field.field.widget, "input_type", "text")
    css = {"checkbox": "form-check-input", "radio": "form-check-input", "select": "form-select"}.get(
        kind, "form-control"
    )
    attrs: dict[str, Any] = {"class": css + (" is-invalid" if field.errors else "")}
    told_by = [f"{field.auto_id}_helptext"] if field.help_text else []
    if field.errors:
        told_by.append(f"{field.auto_id}_error")
        attrs["aria-invalid"] = "true"
    if told_by:
        attrs["aria-describedby"] = " ".join(told_by)
    if autofocus:
        attrs["autofocus"] = True
    return SafeString(field.as_widget(attrs=attrs))


@register.simple_tag
def period(start: date, until: date) -> str:
    """A wage period as people call it: the month, or its first and last day."""
    if charts.is_month(start, until):
        return charts.month_name(start)
    last = until - timedelta(days=1)
    return f"{dated(start, 'j {month}')} – {dated(last, 'j {month} Y')}"


@register.filter
def current_period(spelled: str) -> str:
    """What a link keeps as "2026-12 four_weeks", in words."""
    number, _, kind_code = spelled.partition(" ")
    year, _, place = number.partition("-")
    return f"{told(said(WAGE_PERIOD_KINDS, kind_code))} {place}, {year}"


@register.simple_tag
def period_of(shown_period: Any) -> str:
    """A wage period by its name, short enough for the head of a column."""
    return charts.period_name(shown_period)


@register.simple_tag
def band(low: int, high: int) -> str:
    """From one amount up to another."""
    return charts.band_name(low, high)


@register.simple_tag
def message_counts(counts: Mapping[str, int], employer_id: int) -> SafeString:
    """Messages by state as small links, what is stuck first."""
    order = (
        "rejected",
        "different",
        "overdue",
        "drafted",
        "sending",
        "sent",
        "received",
        "accepted",
        "verified",
    )
    return format_html_join(
        "",
        '<a class="badge bg-{}-lt" href="{}?employer={}&amp;state={}">{} {}</a>',
        (
            (
                shown_words.tone(state),
                reverse("messages"),
                employer_id,
                state,
                counts[state],
                told(said(MESSAGE_STATES, state)),
            )
            for state in order
            if counts.get(state)
        ),
    )


@register.filter
def formula(node: Explanation) -> str:
    """The formula of a step, in the reader's language."""
    return node.formula_en if language() == "en" else node.formula_nl


@register.filter
def kind(code: str) -> tuple[str, str]:
    """What a node of an explanation is: its icon and its name."""
    picture, name = shown_words.KINDS[code]
    return picture, str(name)


@register.filter
def certainty(code: str) -> str:
    """How a statutory figure was established."""
    return str(shown_words.CERTAINTIES.get(code, code))


@register.filter
def rounding(code: str) -> str:
    """How a step was rounded."""
    return rounded(code, language())


@register.filter
def at(found: Mapping[str, Any], key: str) -> Any:
    """The entry of a key, None when there is none."""
    return found.get(key)
