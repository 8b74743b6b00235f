"""Links: how each is, what it may and what it delivered; what is held; connecting and reconnecting."""

from datetime import UTC, datetime, timedelta
from typing import cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from schakel.desk import connecting
from schakel.desk import links as desk
from schakel.desk import progress as desk_progress
from schakel.engine.errors import SchakelError
from schakel.portal.asking import PortalRequest, now
from schakel.portal.words import language, told

AT_WORK = frozenset({"fetching", "applying"})


def links(request: PortalRequest) -> HttpResponse:
    """Every link with its health and its age."""
    found = desk.links(request.visitor, now())
    context = {
        "payroll": [one for one in found if one.kind == "payroll"],
        "carriers": [one for one in found if one.kind == "carrier"],
    }
    return render(request, "portal/links/list.html", context)


def link(request: PortalRequest, reference: UUID) -> HttpResponse:
    """One link: entities, rights call by call, what is held, and the latest deliveries."""
    moment = now()
    asked, page = _asked(request, moment), desk.link(request.visitor, reference, moment)
    context: dict[str, object] = {"page": page}
    is_at_work = any(one.state in AT_WORK for one in page.deliveries)
    if page.link.kind == "payroll" and (asked or is_at_work):
        context["progress"] = desk_progress.progress(request.visitor, reference, asked or moment, moment)
    return render(request, "portal/links/link.html", context)


def progress(request: PortalRequest, reference: UUID) -> HttpResponse:
    """How far the sync is; the page asks again and again until it is done."""
    moment = now()
    found = desk_progress.progress(request.visitor, reference, _asked(request, moment) or moment, moment)
    return render(request, "portal/links/progress.html", {"progress": found})


def _asked(request: PortalRequest, moment: datetime) -> datetime | None:
    """When the sync that is followed was asked for; one of more than an hour ago is not followed any more."""
    told = request.GET.get("asked", "")
    if not (told.isascii() and told.isdigit() and len(told) < 12):
        return None
    asked = min(datetime.fromtimestamp(int(told), UTC), moment)
    return asked if moment - asked < timedelta(hours=1) else None


@require_POST
def sync_now(request: PortalRequest, reference: UUID) -> HttpResponse:
    """Put a sync in the queue."""
    moment = now()
    if not desk.sync_now(request.visitor, reference, moment):
        messages.info(request, gettext("A sync was already waiting; nothing was added."))
    return redirect(f"{reverse('link', args=[reference])}?asked={int(moment.timestamp())}")


@require_POST
def preflight(request: PortalRequest, reference: UUID) -> HttpResponse:
    """Test the rights again, call by call."""
    try:
        entities = desk.preflight_again(request.visitor, reference, now())
    except SchakelError as error:
        messages.error(request, error.message(language()))
        return redirect("link", reference)
    refused = sum(len(one.refused) for one in entities)
    if refused:
        messages.warning(request, gettext("Tested. Calls switched off: %(count)d.") % {"count": refused})
    else:
        messages.success(request, gettext("Tested. Every call that is needed is granted."))
    return redirect("link", reference)


@require_POST
def release(request: PortalRequest, reference: UUID) -> HttpResponse:
    """Let a held delivery through."""
    if desk.release_delivery(request.visitor, reference, now()):
        messages.success(request, gettext("Released. It is being applied now."))
    else:
        messages.info(request, gettext("It was released already and waits to be applied."))
    return redirect(_back(request))


@require_POST
def refuse(request: PortalRequest, reference: UUID) -> HttpResponse:
    """Refuse a held delivery."""
    desk.refuse_delivery(request.visitor, reference, now())
    messages.success(request, gettext("Refused. Nothing of it was taken in."))
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The page of the link the button stood on; the form says which, and only ours is followed."""
    try:
        return f"/links/{UUID(request.POST.get('link', ''))}/"
    except ValueError:
        return "/links/"


class TokenForm(forms.Form):
    """A new token for a link. Its field is never filled in again."""

    token = forms.CharField(
        label=_("API token"),
        help_text=_("Exactly 32 characters, from Nmbrs: your name (top right) › API › token."),
        strip=False,
        widget=forms.PasswordInput(render_value=False, attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class ConnectForm(TokenForm):
    """The four things that connecting Nmbrs asks."""

    group = forms.ChoiceField(
        label=_("For which group of employers?"),
        help_text=_("Employers of one group share a payroll environment."),
    )
    group_name = forms.CharField(label=_("Name of the new group"), required=False, max_length=200)
    username = forms.CharField(
        label=_("User name in Nmbrs"),
        help_text=_("The e-mail address of the user that owns the token."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "email", "spellcheck": "false"}),
    )
    domain = forms.CharField(
        label=_("Domain"),
        help_text=_("The part before .nmbrs.nl, or the whole address. Leave it empty to have it found."),
        required=False,
    )
    entities = forms.CharField(
        label=_("Companies"),
        help_text=_(
            "One on each line: the name letter for letter as in Nmbrs (capitals, spaces, points and commas "
            "count), or the Company ID."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    host = forms.CharField(
        label=_("Other host"),
        help_text=_("Only for the sandbox or a stand-in; otherwise leave it empty."),
        required=False,
    )
    field_order = ("group", "group_name", "username", "token", "domain", "entities", "host")

    def __init__(
        self, *args: object, choices: tuple[connecting.GroupChoice, ...] = (), **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as Django gave them
        known = [(str(one.id), one.name) for one in choices]
        cast("forms.ChoiceField", self.fields["group"]).choices = [*known, ("new", gettext("A new group"))]

    def clean(self) -> dict[str, object]:
        """A new group needs a name."""
        cleaned = super().clean() or {}
        if cleaned.get("group") == "new" and not str(cleaned.get("group_name") or "").strip():
            self.add_error("group_name", gettext("Give the new group a name."))
        return cleaned

    def asked(self) -> connecting.Form:
        """What the desk needs to try it."""
        given = self.cleaned_data
        group_id = None if given["group"] == "new" else int(given["group"])
        names = tuple(line.strip("\r") for line in given["entities"].split("\n") if line.strip())
        return connecting.Form(
            group_id,
            given["username"],
            given["token"],
            given["domain"],
            names,
            given["group_name"].strip(),
            given["host"].strip(),
        )


@sensitive_post_parameters("token")
@sensitive_variables("form")
def connect(request: PortalRequest) -> HttpResponse:
    """Connect Nmbrs: each error beside its field, the preflight as a table, and all or nothing."""
    form = ConnectForm(request.POST or None, choices=connecting.groups(request.visitor))
    tried = None
    if request.method == "POST" and form.is_valid():
        tried = connecting.connect_nmbrs(request.visitor, form.asked(), now())
        if tried.succeeded and tried.link is not None:
            messages.success(request, gettext("Connected. The first sync starts by itself."))
            return redirect("link", tried.link)
        for problem in tried.problems:
            name = problem.field if problem.field in form.fields else None
            if problem.field != "rights":
                form.add_error(name, told(problem.words))
    return render(
        request,
        "portal/links/connect.html",
        {"form": form, "tried": tried},
        status=422 if form.errors else 200,
    )


@sensitive_post_parameters("token")
@sensitive_variables("form")
def reconnect(request: PortalRequest, reference: UUID) -> HttpResponse:
    """Give a link a new token."""
    page = desk.link(request.visitor, reference, now())
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        new = desk.NewToken(form.cleaned_data["token"])
        outcome = desk.reconnect(request.visitor, reference, new, now())
        if outcome.succeeded:
            messages.success(request, gettext("Connected again with the new token."))
            return redirect("link", reference)
        for problem in outcome.problems:
            form.add_error("token" if problem.field == "token" else None, told(problem.words))
    return render(
        request,
        "portal/links/reconnect.html",
        {"form": form, "page": page},
        status=422 if form.errors else 200,
    )
