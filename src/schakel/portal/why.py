"""Why an amount is what it is, and what it would be with one thing changed."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from schakel.desk import employees as desk
from schakel.desk import explaining, supposing
from schakel.engine.errors import SchakelError
from schakel.portal.asking import PortalRequest, known_at, now
from schakel.portal.typed import typed
from schakel.portal.words import KINDS, language


@never_cache
@sensitive_post_parameters("written")
@sensitive_variables("written", "context")
def why(  # noqa: PLR0917  (Django hands an address over by position or by name)
    request: PortalRequest, employee: UUID, benefit_id: int, year: int, period: int, quantity: str
) -> HttpResponse:
    """The tree behind one amount; in answer to the form below it, the amount with one thing changed.

    That form goes by POST, because what is typed may be somebody's wage, which belongs in no address.
    """
    amount = explaining.Amount(desk.named(request.visitor, employee), benefit_id, year, period, quantity)
    found = explaining.why(request.visitor, amount, now(), known_at(request))
    choices = () if found.explanation is None else supposing.supposable(found.explanation)
    context: dict[str, object] = {"why": found, "kinds": list(KINDS.values()), "supposable": choices}
    one = next((one for one in choices if one.name == request.POST.get("name")), None)
    if request.method == "POST" and one is not None:
        written = request.POST.get("written", "").strip()[:200]
        context |= {"chosen": one.name, "written": written}
        try:
            context["supposed"] = supposing.suppose(
                request.visitor, amount, one, typed(written, one.unit, is_fact=one.is_fact), now()
            )
        except SchakelError as error:
            context["wrong"] = error.message(language())
    return render(request, "portal/employees/why.html", context)
