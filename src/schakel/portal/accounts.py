"""How people get in: nobody signs up alone; whoever manages access adds them."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # the package has no types
    """Log-in without sign-up."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False
