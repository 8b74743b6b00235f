"""Messages to carriers, what people must look at, and the audit trail."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from schakel.desk import audit as desk_audit
from schakel.desk import differences as desk_differences
from schakel.desk import employers as desk_employers
from schakel.desk import issues as desk_issues
from schakel.desk import messages as desk_messages
from schakel.desk import words
from schakel.desk.access import Act
from schakel.portal.asking import PortalRequest, now, number


def _employer(request: PortalRequest) -> desk_employers.EmployerPage | None:
    """The employer that a list is limited to, when the address names one."""
    employer_id = number(request.GET.get("employer"), 0)
    return desk_employers.employer(request.visitor, employer_id, now()) if employer_id else None


def messages(request: PortalRequest) -> HttpResponse:
    """Every message with its ladder, by state."""
    employer = _employer(request)
    employer_id = employer.id if employer else None
    state = request.GET.get("state", "")
    state = state if state in {*words.MESSAGE_STATES, "stuck"} else ""
    context: dict[str, object] = {"employer": employer, "state": state}
    if request.visitor.may(Act.SEE_EMPLOYEES):
        found = desk_messages.messages(
            request.visitor,
            now(),
            employer_id=employer_id,
            state=state,
            page=number(request.GET.get("page")),
        )
        counts = found.counts
        context |= {
            "found": found,
            "differences": desk_differences.differences(request.visitor, employer_id),
        }
    else:
        counts = desk_messages.counts(request.visitor, employer_id)
    context["states"] = [(one, words.said(words.MESSAGE_STATES, one), counts[one]) for one in counts]
    context["all_count"] = sum(counts.values())
    context["stuck"] = sum(counts.get(one, 0) for one in ("rejected", "overdue", "different"))
    template = "portal/messages/rows.html" if request.htmx else "portal/messages/list.html"
    return render(request, template, context)


def message(request: PortalRequest, message_id: UUID) -> HttpResponse:
    """One message: its ladder, what it told, each try and each answer."""
    found = desk_messages.message(request.visitor, message_id, now())
    return render(request, "portal/messages/message.html", {"found": found, "message": found.message})


def issues(request: PortalRequest) -> HttpResponse:
    """What people must look at, by who must act."""
    employer = _employer(request)
    who = request.GET.get("who", "")
    who = who if who in words.WHO_ACTS else ""
    found = desk_issues.issues(
        request.visitor,
        now(),
        employer_id=employer.id if employer else None,
        who=who,
        with_resolved=request.GET.get("resolved") == "1",
        page=number(request.GET.get("page")),
    )
    context = {
        "found": found,
        "employer": employer,
        "who": who,
        "with_resolved": request.GET.get("resolved") == "1",
        "all_count": sum(found.by_who.values()),
        "whos": [(one, said, found.by_who.get(one, 0)) for one, said in words.WHO_ACTS.items()],
    }
    template = "portal/issues/rows.html" if request.htmx else "portal/issues/list.html"
    return render(request, template, context)


def audit(request: PortalRequest) -> HttpResponse:
    """Who did or saw what."""
    act = request.GET.get("act", "")[:60]
    found = desk_audit.trail(request.visitor, act=act, page=number(request.GET.get("page")))
    return render(request, "portal/audit.html", {"found": found, "act": act})
