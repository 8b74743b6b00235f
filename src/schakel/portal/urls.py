"""The addresses of the portal. None holds personal data: people and messages go by our own references."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from schakel.portal import conversation, employees, employers, links, session, what_if, why

urlpatterns = [
    path("", employers.overview, name="employers"),
    path("employers/<int:employer_id>/", employers.employer, name="employer"),
    path("employers/<int:employer_id>/employees/", employees.employees, name="employees"),
    path("employers/<int:employer_id>/schemes/", employers.schemes, name="schemes"),
    path("employers/<int:employer_id>/schemes/<int:benefit_id>/what-if/", what_if.what_if, name="what_if"),
    path("employees/<uuid:employee>/", employees.employee, name="employee"),
    path("employees/<uuid:employee>/bsn/", employees.reveal_bsn, name="reveal_bsn"),
    path(
        "employees/<uuid:employee>/why/<int:benefit_id>/<int:year>/<int:period>/<slug:quantity>/",
        why.why,
        name="why",
    ),
    path("messages/", conversation.messages, name="messages"),
    path("messages/<uuid:message_id>/", conversation.message, name="message"),
    path("issues/", conversation.issues, name="issues"),
    path("audit/", conversation.audit, name="audit"),
    path("links/", links.links, name="links"),
    path("links/connect/nmbrs/", links.connect, name="connect"),
    path("links/<uuid:reference>/", links.link, name="link"),
    path("links/<uuid:reference>/sync/", links.sync_now, name="sync_now"),
    path("links/<uuid:reference>/progress/", links.progress, name="progress"),
    path("links/<uuid:reference>/preflight/", links.preflight, name="preflight"),
    path("links/<uuid:reference>/reconnect/", links.reconnect, name="reconnect"),
    path("deliveries/<uuid:reference>/release/", links.release, name="release"),
    path("deliveries/<uuid:reference>/refuse/", links.refuse, name="refuse"),
    path("organisation/", session.choose_tenant, name="choose_tenant"),
    path("language/", login_not_required(set_language), name="set_language"),
]
