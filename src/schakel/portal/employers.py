"""Employers: all at a glance, and one with its totals, schemes, issues and what changed."""

from django.http import HttpResponse
from django.shortcuts import render

from schakel.desk import differences as desk_differences
from schakel.desk import employers as desk
from schakel.desk import issues as desk_issues
from schakel.desk import revised as desk_revised
from schakel.desk import totals as desk_totals
from schakel.portal import charts
from schakel.portal.asking import PortalRequest, now

STUCK = ("rejected", "overdue", "different")


def overview(request: PortalRequest) -> HttpResponse:
    """Every employer of the visitor, sorted and searched; the table alone when htmx asks."""
    order = request.GET.get("sort", "name")
    order = order if order in desk.ORDERS else "name"
    descending = request.GET.get("down") == "1"
    found = desk.overview(request.visitor, now(), order, descending=descending)
    search = request.GET.get("q", "").strip()
    only_attention = request.GET.get("show") == "attention"
    rows = [
        row
        for row in found.rows
        if _matches(row, search.casefold()) and (row.needs_attention or not only_attention)
    ]
    context = {
        "overview": found,
        "rows": rows,
        "search": search,
        "order": order,
        "descending": descending,
        "only_attention": only_attention,
        "attention": sum(row.needs_attention for row in found.rows),
        "stuck": sum(found.messages.get(state, 0) for state in STUCK),
        "total_messages": sum(found.messages.values()),
    }
    template = "portal/employers/rows.html" if request.htmx else "portal/employers/overview.html"
    return render(request, template, context)


def _matches(row: desk.EmployerRow, search: str) -> bool:
    return search in f"{row.name} {row.group_name} {row.registration_number}".casefold()


def employer(request: PortalRequest, employer_id: int) -> HttpResponse:
    """One employer: figures, totals over time, links, issues and the latest revisions."""
    moment = now()
    one = desk.employer(request.visitor, employer_id, moment)
    context = {
        "employer": one,
        "tab": "overview",
        "stuck": sum(one.messages.get(state, 0) for state in STUCK),
        "issues": desk_issues.issues(request.visitor, moment, employer_id=employer_id, per_page=5),
    }
    if one.sees_amounts:
        totals = desk_totals.totals(request.visitor, employer_id, moment)
        context |= {
            "totals": totals,
            "table": charts.totals_table(totals),
            "chart": charts.of_totals(totals),
            "wage_sums": desk_totals.wage_sums(request.visitor, employer_id, moment),
            "revised": desk_revised.revised(request.visitor, employer_id, moment),
            "differences": desk_differences.differences(request.visitor, employer_id),
        }
    return render(request, "portal/employers/employer.html", context)


def schemes(request: PortalRequest, employer_id: int) -> HttpResponse:
    """What the employer offers, with the terms in words."""
    one = desk.employer(request.visitor, employer_id, now())
    return render(request, "portal/employers/schemes.html", {"employer": one, "tab": "schemes"})
