"""How long a message waits: between tries, between questions, and for an answer. Figures of our own."""

from datetime import timedelta

from schakel.connectors.errors import AuthorisationExpired, ConnectorError, RateLimited, RightRefused

ANSWER_TERM = timedelta(days=5)  #: from composing to the carrier's verdict; longer is overdue

# The channel gives an exchange 30 seconds. A try that ends later is a try of a process that died; if it still
# ran, the second one hands over the same bytes under the same id, which changes nothing.
TRY = timedelta(seconds=40)

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
OWNER_WAIT = timedelta(minutes=5)  #: until the owner may have reconnected the link
LINE_WAIT = timedelta(seconds=30)  #: for everything on a line that fails time after time

FIRST_QUESTION = timedelta(seconds=2)
LONGEST_QUESTION = timedelta(hours=1)
FIRST_READING = timedelta(seconds=10)
LONGEST_READING = timedelta(hours=6)


def before_next_try(attempt: int, error: ConnectorError | None) -> timedelta:
    """Twice as long after each try, an hour at most; longer when the carrier or the link's owner needs it."""
    doubled = min(FIRST_WAIT * (1 << min(attempt - 1, 20)), LONGEST_WAIT)
    return max(doubled, line_rests(error) or timedelta())


def line_rests(error: ConnectorError | None) -> timedelta | None:
    """How long nothing goes over the line after this one error; None: it may be about this message alone."""
    if isinstance(error, RateLimited):
        return timedelta(seconds=error.retry_after_seconds)
    if isinstance(error, AuthorisationExpired | RightRefused):
        return OWNER_WAIT
    return None


def before_next_question(waited: timedelta) -> timedelta:
    """As long again as has been waited already: often at first, once an hour in the end."""
    return min(max(waited, FIRST_QUESTION), LONGEST_QUESTION)


def before_next_reading(different_for: timedelta) -> timedelta:
    """As long again as the books have been different: a carrier may book late."""
    return min(max(different_for, FIRST_READING), LONGEST_READING)
