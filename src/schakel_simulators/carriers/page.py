"""The page for people: what this carrier holds, in Dutch, one self-contained file of HTML."""

from datetime import date
from html import escape
from typing import Any

from schakel_simulators.carriers.ledger import Ledger, Message, Version

MOST_PARTICIPANTS = 200
MOST_MESSAGES = 50

QUANTITIES = {
    "pension_base": "pensioengrondslag per jaar",
    "contribution": "premie",
    "employee_contribution": "werknemersdeel",
    "employer_contribution": "werkgeversdeel",
    "premium": "premie",
    "sum_insured": "verzekerd bedrag",
    "sum_insured_death": "verzekerd bedrag bij overlijden",
    "sum_insured_disability": "verzekerd bedrag bij invaliditeit",
    "insured_wage": "verzekerd loon",
    "employee_share": "werknemersdeel",
}
VERDICTS = {"received": "in behandeling", "accepted": "aanvaard", "rejected": "afgewezen"}
REASONS = {
    "enrolment": "aanmelding",
    "change": "wijziging",
    "withdrawal": "afmelding",
    "correction": "correctie",
}

STYLE = """
:root{--ink:#1d2433;--soft:#5b6478;--line:#dfe3ea;--card:#fff;--ground:#f4f6f9;--brand:#0b5c6b;
--good:#14684a;--good-ground:#e2f4ec;--bad:#9b2226;--bad-ground:#fbe6e6;--wait:#7a5200;--wait-ground:#fdf1d7}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebf2;--soft:#a4adbf;--line:#333b4b;--card:#1c2230;--ground:#12161f;
--brand:#6cc6d6;--good:#86d9b5;--good-ground:#16372b;--bad:#f3a6a8;--bad-ground:#451c1f;--wait:#f0cd86;--wait-ground:#3d2f10}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
header{background:var(--card);border-bottom:3px solid var(--brand);padding:1.25rem 0}
main,header>div{max-width:72rem;margin:0 auto;padding:0 1.25rem}main{padding-bottom:4rem}
h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;margin:2.25rem 0 .75rem}
p{margin:.25rem 0 0;color:var(--soft)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.75rem;margin-top:1.5rem}
.figures div,details{background:var(--card);border:1px solid var(--line);border-radius:.5rem}
.figures div{padding:.75rem 1rem}.figures b{display:block;font-size:1.6rem;font-variant-numeric:tabular-nums}
.figures span{color:var(--soft);font-size:.9rem}
details{margin:.5rem 0}
summary{cursor:pointer;padding:.75rem 1rem;display:flex;flex-wrap:wrap;
gap:.25rem 1rem;align-items:baseline}
summary::before{content:"▸";color:var(--soft)}details[open] summary::before{content:"▾"}
summary b{min-width:14rem}summary span{color:var(--soft);font-size:.9rem}
summary:focus-visible{outline:3px solid var(--brand);outline-offset:2px}
.scroll{overflow-x:auto;padding:0 1rem 1rem}table{border-collapse:collapse;width:100%;font-size:.925rem}
table+table{margin-top:1.5rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding-top:.5rem}
th,td{text-align:left;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--soft);font-weight:600}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.mark{border-radius:1rem;padding:.1rem .6rem;font-size:.85rem;white-space:nowrap}
.accepted{color:var(--good);background:var(--good-ground)}.rejected{color:var(--bad);background:var(--bad-ground)}
.received{color:var(--wait);background:var(--wait-ground)}code{font-size:.85rem;overflow-wrap:anywhere}
"""


def page(name: str, ledger: Ledger) -> str:
    """The whole page; every text from outside is escaped, a BSN is shown as present or not."""
    overview = ledger.overview()["totals"]
    newest = sorted(ledger.newest(), key=lambda one: (one[0], one[2].state["person"]["last_name"], one[1]))
    figures = "".join(
        f"<div><b>{overview[key]}</b><span>{label}</span></div>"
        for key, label in (
            ("effective", "deelnemers"),
            ("messages", "berichten"),
            ("accepted", "aanvaard"),
            ("rejected", "afgewezen"),
            ("received", "in behandeling"),
            ("wire_duplicates", "dubbel bezorgd"),
        )
    )
    people = "".join(_participant(*one) for one in newest[:MOST_PARTICIPANTS])
    more = len(newest) - MOST_PARTICIPANTS
    rest = f"<p>En nog {more} deelnemers.</p>" if more > 0 else ""
    return (
        f'<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>{escape(name)}</title>'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{STYLE}</style></head><body>"
        f"<header><div><h1>{escape(name)}</h1>"
        "<p>Nagebootste uitvoerder: wat hier staat is verzonnen en verdwijnt als het programma stopt.</p>"
        f'</div></header><main><div class="figures">{figures}</div>'
        f"<h2>Wat wij vastleggen</h2>{people or '<p>Er is nog niets gemeld.</p>'}{rest}"
        f"<h2>Laatste berichten</h2>{_messages(ledger.latest(MOST_MESSAGES))}</main></body></html>"
    )


def _participant(policy: str, reference: str, version: Version, earlier: int) -> str:
    person, state = version.state["person"], version.state
    name = " ".join(part for part in (person["initials"], person["prefix"], person["last_name"]) if part)
    stretches = "; ".join(
        f"{_day(s['from'])} t/m {_last_day(s['until'])}" if s["until"] else f"vanaf {_day(s['from'])}"
        for s in state["participates"]
    )
    facts = (
        ("Personeelsnummer", escape(person["employee_number"])),
        ("Geboren", _day(person["birth_on"])),
        ("Burgerservicenummer", "bekend" if person["bsn"] else "niet gevraagd"),
        ("Partner geboren", _day(person["partner_birth_on"])),
        ("Kinderen geboren", ", ".join(_day(day) for day in person["children_birth_on"]) or "–"),
        ("Deelneming", stretches or "geen"),
        ("Kenmerk", f"<code>{escape(reference)}</code>"),
        ("Stand", f"bericht {version.sequence}, opgemaakt {_day(version.composed_on.isoformat())}"),
        ("Eerdere standen", str(earlier)),
    )
    rows = "".join(f'<tr><th scope="row">{label}</th><td>{value}</td></tr>' for label, value in facts)
    amounts = "".join(
        f"<tr><td>{escape(QUANTITIES.get(a['quantity'], a['quantity']))}</td><td>{_day(a['from'])} t/m "
        f'{_last_day(a["until"])}</td><td class="n">{euros(a["amount"])}</td></tr>'
        for a in state["amounts"]
    )
    return (
        f"<details><summary><b>{escape(name)}</b><span>polis {escape(policy)}</span>"
        f'<span>{stretches or "neemt niet deel"}</span></summary><div class="scroll"><table>{rows}</table>'
        '<table><thead><tr><th scope="col">Bedrag</th><th scope="col">Periode</th>'
        f'<th scope="col" class="n">Euro</th></tr></thead><tbody>{amounts}</tbody></table></div></details>'
    )


def _messages(messages: list[Message]) -> str:
    if not messages:
        return "<p>Er is nog geen bericht gekomen.</p>"
    rows = "".join(
        f"<tr><td><code>{escape(m.message_id)}</code></td><td>{escape(m.told.policy_number)}</td>"
        f'<td class="n">{m.told.sequence}</td><td>{REASONS[m.told.reason]}</td>'
        f'<td class="n">{m.deliveries}</td>'
        f'<td><span class="mark {m.verdict}">{VERDICTS[m.verdict]}</span> '
        f"{escape(' '.join(remark.nl for remark in m.remarks))}</td></tr>"
        for m in messages
    )
    heads = "".join(
        f'<th scope="col"{" class=n" if number else ""}>{head}</th>'
        for head, number in (
            ("Bericht", False),
            ("Polis", False),
            ("Volgnummer", True),
            ("Soort", False),
            ("Bezorgd", True),
            ("Oordeel", False),
        )
    )
    return (
        f'<div class="scroll card"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def euros(cents: int) -> str:
    """Cents as Dutch euros: 123456 is € 1.234,56."""
    whole, rest = divmod(abs(cents), 100)
    grouped = f"{whole:,}".replace(",", ".")
    return f"€ {'-' if cents < 0 else ''}{grouped},{rest:02d}"


def _day(iso: Any) -> str:
    return "–" if iso is None else date.fromisoformat(iso).strftime("%d-%m-%Y")


def _last_day(until: str) -> str:
    """People read the last day that counts; on the wire stands the first that no longer does."""
    return date.fromordinal(date.fromisoformat(until).toordinal() - 1).strftime("%d-%m-%Y")
