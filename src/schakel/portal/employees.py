"""Employees: the list of an employer, and one employee."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from schakel.desk import employees as desk
from schakel.desk import employers as desk_employers
from schakel.portal import charts, lanes
from schakel.portal.asking import PortalRequest, known_at, now, number


def employees(request: PortalRequest, employer_id: int) -> HttpResponse:
    """The employees of one employer, searched and paged; the table alone when htmx asks."""
    moment = now()
    which = request.GET.get("show", desk.Which.IN_SERVICE)
    which = desk.Which(which) if which in list(desk.Which) else desk.Which.IN_SERVICE
    search = request.GET.get("q", "").strip()
    found = desk.employees(
        request.visitor,
        employer_id,
        timezone.localdate(moment),
        now=moment,
        search=search,
        which=which,
        page=number(request.GET.get("page")),
    )
    context = {"found": found, "search": search, "which": which, "counts": _counts(found), "tab": "employees"}
    if request.htmx:
        return render(request, "portal/employees/rows.html", context)
    context["employer"] = desk_employers.employer(request.visitor, employer_id, moment)
    return render(request, "portal/employees/list.html", context)


NAMES = {
    desk.Which.IN_SERVICE: _("In service"),
    desk.Which.LEFT: _("Left"),
    desk.Which.WITH_ISSUE: _("With an issue"),
    desk.Which.ALL: _("All"),
}


def _counts(found: desk.EmployeesPage) -> list[tuple[str, object, int]]:
    return [(which.value, name, found.counts.get(which, 0)) for which, name in NAMES.items()]


@never_cache
def employee(request: PortalRequest, employee: UUID) -> HttpResponse:
    """One employee: amounts, facts over time, messages and what changed."""
    moment = now()
    asked_at = known_at(request)
    one = desk.employee(request.visitor, desk.named(request.visitor, employee), moment, known_at=asked_at)
    years = charts.years(one.benefits)
    asked = number(request.GET.get("year"), timezone.localdate(moment).year)
    year = asked if asked in years else next(iter(years), asked)
    table = charts.employee_table(one.benefits, year)
    context = {
        "employee": one,
        "years": years,
        "year": year,
        "table": table,
        "refusals": charts.refusals(one.benefits),
        "chart": charts.of_employee(table),
        "today": timezone.localdate(moment),
        "lanes": lanes.of_facts(one.facts, timezone.localdate(moment)),
        "reveal": RevealForm(),
    }
    return render(request, "portal/employees/employee.html", context)


class RevealForm(forms.Form):
    """Why somebody needs to see a citizen service number."""

    reason = forms.CharField(
        label=_("Why do you need this number?"),
        help_text=_("Your name, the moment and this reason are kept in the audit trail."),
        min_length=8,
        max_length=200,
    )


@never_cache
@require_POST
@sensitive_variables("revealed")
def reveal_bsn(request: PortalRequest, employee: UUID) -> HttpResponse:
    """The number, in answer to a reason; by POST, so that it is in no address and no cache."""
    form = RevealForm(request.POST)
    revealed = None
    if form.is_valid():
        employee_id = desk.named(request.visitor, employee)
        revealed = desk.reveal_bsn(request.visitor, employee_id, form.cleaned_data["reason"], now())
    return render(
        request,
        "portal/employees/bsn.html",
        {"reference": employee, "reveal": form, "revealed": revealed, "is_asking": True},
    )
