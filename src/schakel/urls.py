"""Every address of the product. All ask for a log-in, except the log-in itself, static files and /healthz."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


@login_not_required
def healthz(_request: HttpRequest) -> HttpResponse:
    """For whatever watches this process: it answers. It says nothing else, since anybody may ask."""
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [
    path("healthz", healthz),
    path("account/", include("allauth.urls")),
    path("", include("schakel.portal.urls")),
]
