"""How templates show values: money, dates, ages, names in the reader's language, icons and states."""

from datetime import date, datetime
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import get_language, gettext

from schakel.engine.explanation import money as spelled_money
from schakel.engine.explanation import shown
from schakel.portal import words as shown_words

register = template.Library()


def language() -> str:
    """The language the engine tells its names in."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


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
    if value is None:
        return "–"
    if isinstance(value, int) and not isinstance(value, bool) and unit not in {"text", "choice", "count"}:
        return shown(value, unit, language()).replace("€ ", "€\u00a0")
    if unit == "yes_no":
        return shown(int(bool(value)), unit, language())
    return shown_words.spelled(str(value))


@register.filter
def told(pair: Any) -> str:
    """The text of a value that says the same in Dutch (`nl`) and in English (`en`)."""
    return str(getattr(pair, language(), ""))


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
    return date_format(value, "j M Y")


@register.filter
def month(value: date) -> str:
    """The month of a day: jul 2026."""
    return date_format(value, "M Y")


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
    return "–" if value is None else date_format(timezone.localtime(value), "j M Y H:i")


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
