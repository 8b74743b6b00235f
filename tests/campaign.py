"""How many examples a law is tried on: few at every check, many in a campaign (`SCHAKEL_CAMPAIGN=1 make test`)."""

import os

from hypothesis import HealthCheck, settings

IS_CAMPAIGN = bool(os.environ.get("SCHAKEL_CAMPAIGN"))
TIMES = 20


def examples(usual: int) -> int:
    """`usual` at every check; an example that asks a database costs, so such a law names few."""
    return usual * TIMES if IS_CAMPAIGN else usual


def load_profile() -> None:
    """No deadline: how long an example takes says how busy the machine is.

    In CI hypothesis draws the same examples each time, so that a change is not blamed for another's luck; a
    campaign always draws new ones.
    """
    settings.register_profile(
        "schakel",
        settings.get_profile(settings.get_current_profile_name()),
        max_examples=examples(100),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
        derandomize=settings().derandomize and not IS_CAMPAIGN,
    )
    settings.load_profile("schakel")
