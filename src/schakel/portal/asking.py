"""What views share: the request with its visitor, the moment it is asked, numbers read from an address."""

from datetime import datetime, time

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date
from django_htmx.middleware import HtmxDetails

from schakel.desk.access import Visitor


class PortalRequest(HttpRequest):
    """A request of a member at the desk; the middleware put the visitor on it."""

    visitor: Visitor
    htmx: HtmxDetails


def now() -> datetime:
    """The moment of the request: the portal is where the clock of the wall enters."""
    return timezone.now()


def number(text: str | None, default: int = 1) -> int:
    """A positive number from an address, else the default."""
    return int(text) if text and text.isascii() and text.isdigit() and 0 < int(text) < 1_000_000 else default


def known_at(request: PortalRequest) -> datetime | None:
    """The end of the day that was asked for, in the reader's zone."""
    try:
        on = parse_date(request.GET.get("known", ""))
    except ValueError:
        return None
    return None if on is None else timezone.make_aware(datetime.combine(on, time.max))
