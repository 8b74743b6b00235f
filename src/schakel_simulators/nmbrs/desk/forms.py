"""The forms of the page, made from the fields that each action asks."""

from collections.abc import Mapping
from html import escape

from schakel_simulators.nmbrs.desk.actions import ACTIONS, Action
from schakel_simulators.nmbrs.desk.fields import Field

CHILDREN = 2
"""How many of a repeated thing a form has room for."""
_NO_TEXT = {"id": "numeric", "number": "numeric", "hundredths": "decimal"}


def forms(opened: str, given: Mapping[str, str], known: Mapping[str, str]) -> str:
    """Every form under its heading; `given` fills the opened one again, `known` fills ids everywhere."""
    groups: dict[str, list[str]] = {}
    for action in ACTIONS.values():
        is_open = action.name == opened
        values = {**known, **given} if is_open else known
        groups.setdefault(action.group, []).append(_form(action, values, is_open=is_open))
    return "".join(f"<h3>{escape(title)}</h3>{''.join(made)}" for title, made in groups.items())


def _form(action: Action, values: Mapping[str, str], *, is_open: bool) -> str:
    inputs = "".join(_input(field, field.name, values) for field in action.fields)
    return (
        f"<details{' open' if is_open else ''}><summary><b>{escape(action.title)}</b></summary>"
        f'<form method="post" action="/desk/{action.name}">{inputs}<button>Invoeren</button></form></details>'
    )


def _input(field: Field, name: str, values: Mapping[str, str]) -> str:
    if field.kind == "one":
        return _set(field, name, field.label, values)
    if field.kind == "many":
        return "".join(
            _set(field, f"{name}.{place}", f"{field.label} {place + 1}", values) for place in range(CHILDREN)
        )
    value, must = values.get(name, ""), " required" if field.is_required else ""
    label = escape(field.label) + ("" if field.is_required else " <small>mag leeg</small>")
    if field.kind in ("choice", "flag"):
        return f"<label>{label}<select name={_quoted(name)}{must}>{_options(field, value)}</select></label>"
    kind = "date" if field.kind == "day" else "text"
    keys = f' inputmode="{_NO_TEXT[field.kind]}"' if field.kind in _NO_TEXT else ""
    return (
        f'<label>{label}<input type="{kind}" name={_quoted(name)} value={_quoted(value)}{keys}{must} '
        'autocomplete="off"></label>'
    )


def _set(field: Field, name: str, title: str, values: Mapping[str, str]) -> str:
    """A thing within a form: all of it may stay empty, so nothing in it is required by the browser."""
    inner = "".join(
        _input(
            Field(one.name, one.kind, one.label, is_required=False, choices=one.choices),
            f"{name}.{one.name}",
            values,
        )
        for one in field.inner
    )
    return f"<fieldset><legend>{escape(title)}</legend>{inner}</fieldset>"


def _options(field: Field, value: str) -> str:
    pairs = [("true", "ja"), ("false", "nee")] if field.kind == "flag" else [(c, c) for c in field.choices]
    if not field.is_required:
        pairs = [("", "–"), *pairs]
    return "".join(
        f"<option value={_quoted(key)}{' selected' if key == value else ''}>{escape(shown)}</option>"
        for key, shown in pairs
    )


def _quoted(value: str) -> str:
    return f'"{escape(value, quote=True)}"'
