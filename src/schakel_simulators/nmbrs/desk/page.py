"""The page of the desk, in Dutch, one self-contained file of HTML that needs no JavaScript."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any, Protocol

from schakel_simulators.nmbrs.books.books import Books
from schakel_simulators.nmbrs.books.changes import Entered
from schakel_simulators.nmbrs.books.changes.pay import cents
from schakel_simulators.nmbrs.books.environment import Company, RunKind
from schakel_simulators.nmbrs.books.model import Employee
from schakel_simulators.nmbrs.books.refusal import RefusedError
from schakel_simulators.nmbrs.desk import telling
from schakel_simulators.nmbrs.desk.actions import ACTIONS
from schakel_simulators.nmbrs.desk.forms import forms
from schakel_simulators.nmbrs.desk.kinds import KINDS
from schakel_simulators.nmbrs.desk.style import STYLE

MOST_CALLS = 40
KIND_LABELS = {
    "in_service": "in dienst",
    "leaver": "uit dienst",
    "leaving": "gaat uit dienst",
    "rehired": "opnieuw in dienst",
    "full_time": "voltijd",
    "part_time": "deeltijd",
    "hourly": "uurloon",
    "above_cap": "boven het maximum pensioengevend salaris",
    "young": "jonger dan de toetredingsleeftijd",
    "with_partner": "met partner",
    "single": "zonder partner",
    "with_children": "met kinderen",
    "home_working": "met thuiswerkdagen",
    "with_allowance": "met toeslag",
}
TYPE_LABELS = {
    "payroll": "in dienst",
    "former_payroll": "uit dienst",
    "new_hire": "komt nog",
    "full_time": "voltijdsalaris",
    "part_time": "deeltijdsalaris",
    "hourly": "per uur",
}


TOLD_LABELS = {
    "old": "was",
    "new": "wordt",
    "from": "vanaf",
    "until": "laatste dag",
    "number": "nummer",
    "code": "looncode",
    "children": "kinderen",
    "closed": "afgesloten",
    "current": "huidige periode",
    "token": "token, nu te bewaren",
    "operation": "functie",
    "allowed": "toegestaan",
    "visible": "zichtbaar",
    "operations": "functies waarin deze werknemer ontbreekt",
}


class LogEntry(Protocol):
    """What the page shows of a call."""

    @property
    def number(self) -> int: ...
    @property
    def at(self) -> str: ...
    @property
    def service(self) -> str: ...
    @property
    def operation(self) -> str: ...
    @property
    def company_id(self) -> int: ...
    @property
    def employee_id(self) -> int: ...
    @property
    def outcome(self) -> str: ...
    @property
    def milliseconds(self) -> int: ...


@dataclass
class View:
    """What the page shows besides the books: who was chosen, what was asked, how an action ended."""

    employee: Employee | None = None
    search: str = ""
    kind: str = ""
    company: str = ""
    found: Mapping[str, Any] | None = None
    opened: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    entered: Entered | None = None
    refusal: RefusedError | None = None


def page(books: Books, log: Sequence[LogEntry], view: View) -> str:
    """The whole page; every text from outside is escaped."""
    with books.lock:
        known = {}
        if view.employee is not None:
            known = {"employee": str(view.employee.id), "company": str(view.employee.company_id)}
        return (
            '<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Salarisbureau (nagebootst)</title>'
            f'<meta name="viewport" content="width=device-width,initial-scale=1"><style>{STYLE}</style></head>'
            "<body><header><div><h1>Salarisbureau</h1><p>Nagebootste salarisadministratie: alles is verzonnen "
            f"en verdwijnt als het programma stopt. Het is hier {books.clock:%d-%m-%Y %H:%M}.</p></div></header>"
            f"<main>{_outcome(view)}<h2>Bedrijven</h2>"
            f'<div class="cards">{"".join(_company(books, one) for one in books.companies.values())}</div>'
            f"<h2>Werknemer zoeken</h2>{_search(books, view)}{_found(view)}"
            f"{_employee(books, view.employee)}"
            f"<h2>Invoeren</h2>{forms(view.opened, view.given, known)}"
            f"<h2>Laatste aanroepen</h2>{_log(log)}</main></body></html>"
        )


def _outcome(view: View) -> str:
    if view.refusal is not None:
        allowed = "".join(f"<li>{escape(one)}</li>" for one in view.refusal.allowed)
        return (
            f'<div class="told bad" role="alert"><b>Niet ingevoerd.</b> {escape(view.refusal.nl)}'
            f"{f'<ul>{allowed}</ul>' if allowed else ''}</div>"
        )
    if view.entered is None:
        return ""
    change = telling.entered(view.entered)
    told = "".join(
        f"<li>{TOLD_LABELS.get(key, key)}: {escape(value)}</li>" for key, value in change["told"].items()
    )
    runs = f" Wordt verrekend in {len(change['twk_runs'])} TWK-run(s)." if change["twk_runs"] else ""
    return (
        f'<div class="told good" role="status"><b>Ingevoerd:</b> {escape(ACTIONS[change["action"]].title)}.{runs}'
        f"{f'<ul>{told}</ul>' if told else ''}</div>"
    )


def _company(books: Books, company: Company) -> str:
    told = telling.counts(books, company)
    twk = [run for run in company.runs if run.kind is RunKind.TWK and not run.is_locked]
    open_runs = "".join(f"<li>{escape(run.description)}, open</li>" for run in twk)
    user = books.environment.users[0]
    hidden = "" if books.sees(user, company.id) else ' <span class="mark bad">verborgen</span>'
    return (
        f"<section><h3>{escape(company.name)}{hidden}</h3><p>id {company.id} · huidige periode "
        f"<b>{company.period}</b><br>{told.get('payroll', 0)} in dienst · {told.get('former_payroll', 0)} uit "
        f"dienst</p>{f'<ul>{open_runs}</ul>' if open_runs else ''}"
        f'<p><a href="/?company={company.id}&amp;kind=in_service">Werknemers</a></p></section>'
    )


def _search(books: Books, view: View) -> str:
    companies = "".join(
        f'<option value="{one.id}"{" selected" if str(one.id) == view.company else ""}>{escape(one.name)}</option>'
        for one in books.companies.values()
    )
    kinds = "".join(
        f'<option value="{kind}"{" selected" if kind == view.kind else ""}>{escape(KIND_LABELS[kind])}</option>'
        for kind in KINDS
    )
    return (
        '<form class="row" method="get" action="/"><label>Naam, nummer of id'
        f'<input type="search" name="search" value="{escape(view.search, quote=True)}"></label>'
        f'<label>Bedrijf<select name="company"><option value="">alle</option>{companies}</select></label>'
        f'<label>Soort<select name="kind"><option value="">alle</option>{kinds}</select></label>'
        "<button>Zoeken</button></form>"
    )


def _found(view: View) -> str:
    if view.found is None:
        return ""
    people = view.found["employees"]
    if not people:
        return "<p>Niemand gevonden.</p>"
    rows = "".join(
        f'<tr><td><a href="/?employee={one["id"]}">{escape(one["name"])}</a></td><td>{one["id"]}</td>'
        f'<td>{one["number"]}</td><td>{TYPE_LABELS[one["type"]]}</td><td class="n">{_money(one["salary"])}</td>'
        f'<td class="n">{_per_week(one["hours"])}</td></tr>'
        for one in people
    )
    more = "<p>Er zijn er meer: zoek preciezer.</p>" if view.found["has_more"] else ""
    heads = ("Naam", "Id", "Nummer", "Stand", "Salaris", "Uren")
    return f"{_table(heads, rows)}{more}"


def _employee(books: Books, employee: Employee | None) -> str:
    if employee is None:
        return ""
    now = telling.brief(books, employee)
    salaries = "".join(
        f'<tr><td>{_day(one.start_on)}</td><td class="n">{_euros(cents(one.value))}</td>'
        f"<td>{escape(TYPE_LABELS.get(telling.TYPE_NAMES.get(one.type, ''), one.type.name))}</td>"
        f"<td>{one.created_at:%d-%m-%Y %H:%M}</td></tr>"
        for one in employee.salaries
    )
    stays = "; ".join(
        f"{_day(one.start_on)} – {_day(one.end_on) if one.end_on else 'heden'}"
        for one in employee.employments
    )
    partner = employee.partner
    facts = (
        ("Id en nummer", f"{employee.id} · {employee.number} · bedrijf {employee.company_id}"),
        ("Geboren", _day(employee.person.birth_on)),
        ("Burgerlijke staat", employee.person.marital_status or "–"),
        (
            "Partner",
            f"{partner.first_name} {partner.last_name}, sinds {_day(partner.start_on)}" if partner else "–",
        ),
        (
            "Kinderen",
            ", ".join(f"{one.first_name} ({_day(one.birth_on)})" for one in employee.children) or "–",
        ),
        ("Dienstverbanden", stays),
        ("Uren per week", _per_week(now["hours"])),
    )
    rows = "".join(f'<tr><th scope="row">{label}</th><td>{escape(value)}</td></tr>' for label, value in facts)
    return (
        f"<h2>{escape(now['name'])}</h2>{_table((), rows)}"
        f"{_table(('Salaris vanaf', 'Bedrag', 'Soort', 'Ingevoerd'), salaries)}"
        f'<p><a href="/desk/employees/{employee.id}">Alles van deze werknemer (JSON)</a></p>'
    )


def _log(log: Sequence[LogEntry]) -> str:
    if not log:
        return "<p>Er is nog niets gevraagd.</p>"
    rows = "".join(
        f"<tr><td>{one.number}</td><td>{escape(one.at)}</td><td>{escape(one.service)}.{escape(one.operation)}</td>"
        f"<td>{one.company_id or ''}</td><td>{one.employee_id or ''}</td>"
        f'<td><span class="mark {"good" if one.outcome == "ok" else "bad"}">{escape(one.outcome)}</span></td>'
        f'<td class="n">{one.milliseconds}</td></tr>'
        for one in reversed(log[-MOST_CALLS:])
    )
    return _table(("Nr.", "Moment", "Functie", "Bedrijf", "Werknemer", "Uitkomst", "ms"), rows)


def _table(heads: Sequence[str], rows: str) -> str:
    numeric = ("Salaris", "Uren", "Bedrag", "ms")
    cells = "".join(f'<th scope="col"{" class=n" if one in numeric else ""}>{one}</th>' for one in heads)
    head = f"<thead><tr>{cells}</tr></thead>" if heads else ""
    return f'<div class="scroll"><table>{head}<tbody>{rows}</tbody></table></div>'


def _money(salary: Mapping[str, str] | None) -> str:
    return (
        "–"
        if salary is None
        else f"{_euros(salary['value'])} {TYPE_LABELS.get(salary['type'], salary['type'])}"
    )


def _euros(told: str) -> str:
    """`-3600.50` as the Dutch write it: € -3.600,50."""
    whole, _, rest = told.removeprefix("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"€ {'-' if told.startswith('-') else ''}{grouped},{rest}"


def _per_week(hours: Mapping[str, str] | None) -> str:
    return "–" if hours is None else f"{hours['per_week']} ({hours['part_time_percentage']}%)"


def _day(day: date) -> str:
    return day.strftime("%d-%m-%Y")
