"""Around every view: the reader's language, who is at the desk, and what a refusal looks like."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_vary_headers

from schakel.desk import access

GetResponse = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]

TENANT_KEY = "tenant"  #: in the session: the tenant the user last chose


def outside_tenants(view: View) -> View:
    """For a view that a user may open before a tenant is chosen."""
    view.needs_tenant = False  # type: ignore[attr-defined]  # a mark of ours on the function
    return view


class LanguageMiddleware:
    """The language a reader chose, kept in a cookie; Dutch until then, whatever the browser was set to."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response


class TenantMiddleware:
    """Puts the visitor on the request, or sends the user to choose a tenant; tells refusals without detail.

    A view without a visitor cannot ask the desk anything, so what is forgotten here fails closed. The desk
    opens the transaction and both walls around each question.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Let the user in at the tenant they chose, or at the only one they have."""
        if not request.user.is_authenticated or not _needs_tenant(view):
            return None
        chosen = request.session.get(TENANT_KEY)
        if chosen is None:
            places = access.places(int(request.user.pk))
            if len(places) != 1:
                return redirect("choose_tenant")
            chosen = request.session[TENANT_KEY] = places[0].tenant_id
            request.session["tenant_name"] = places[0].tenant_name
        try:
            visitor = access.visit(int(request.user.pk), chosen)
            request.visitor = visitor  # type: ignore[attr-defined]  # ours, as Django itself adds `user`
        except access.NotFound:
            # The place was taken away since it was chosen.
            del request.session[TENANT_KEY]
            return redirect("choose_tenant")
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What is not there, or not for this visitor, looks the same; a refused act says whom to ask."""
        if isinstance(error, access.NotFound):
            return render(request, "404.html", status=404)
        if isinstance(error, access.AccessRefused):
            return render(request, "403.html", status=403)
        return None


def _needs_tenant(view: View) -> bool:
    """Log-in pages are the log-in package's; the rest asks for a tenant unless it says otherwise."""
    if view.__module__.startswith(("allauth.", "django.views.i18n")):
        return False
    return bool(getattr(view, "needs_tenant", True))
