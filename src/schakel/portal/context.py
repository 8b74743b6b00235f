"""What the frame around every page shows: where we are, whose data, and what waits for a person."""

from typing import Any

from django.http import HttpRequest

from schakel.desk.access import Act


def frame(request: HttpRequest) -> dict[str, Any]:
    """For `portal/page.html`. Without a visitor (log-in, choosing a tenant) only an empty frame."""
    visitor = getattr(request, "visitor", None)
    match = request.resolver_match
    return {
        "visitor": visitor,
        "tenant_name": request.session.get("tenant_name", "") if hasattr(request, "session") else "",
        "section": match.kwargs.get("section", match.url_name) if match else "",
        "sees_audit": visitor is not None and visitor.employer_ids is None,
        "may": {act.value: visitor is not None and visitor.may(act) for act in Act},
    }
