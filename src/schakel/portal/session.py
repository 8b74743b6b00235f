"""Choosing the organisation to look at."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from schakel.desk import access, words
from schakel.portal.asking import number
from schakel.portal.middleware import TENANT_KEY, outside_tenants


@outside_tenants
def choose_tenant(request: HttpRequest) -> HttpResponse:
    """The organisations a user belongs to; the choice is kept for the session."""
    places = access.places(int(request.user.pk or 0))
    if request.method == "POST":
        asked = number(request.POST.get("tenant"), 0)
        for place in places:
            if place.tenant_id == asked:
                request.session[TENANT_KEY] = place.tenant_id
                request.session["tenant_name"] = place.tenant_name
                return redirect("employers")
    shown = [(place, words.said(words.ROLES, place.role)) for place in places]
    return render(
        request, "portal/tenants.html", {"places": shown, "chosen": request.session.get(TENANT_KEY)}
    )
