"""The ladder a message climbs, and what an answer of the carrier does to it. It only goes up.

drafted → sending → sent → received → accepted or rejected → verified. Overdue waits beside it, and every
answer still counts there; superseded is the end of a message that a newer state replaced.
"""

from datetime import datetime

from django.db.models import Q

from schakel.connectors import carrier_channel
from schakel.connectors.carrier_channel import Verdict
from schakel.delivery.models import CarrierMessage
from schakel.delivery.outbox import HeldMessage, Said

State = CarrierMessage.State

UNDECIDED = (State.DRAFTED, State.SENDING, State.SENT, State.RECEIVED, State.OVERDUE)
"""The carrier has not said yes or no."""

IN_OUTBOX = Q(state__in=(State.DRAFTED, State.SENDING)) | Q(state=State.OVERDUE, receipt="")
"""Not known to be with the carrier: still to be handed over."""


def move(message: HeldMessage, state: CarrierMessage.State, now: datetime) -> None:
    """Put a message on a rung; staying where it is does not begin anew."""
    if message.state != state:
        message.state, message.state_since = state, now


def take_answer(message: HeldMessage, answer: carrier_channel.Acknowledgement, now: datetime) -> Said:
    """Climb; returns the answer to keep. The first verdict stands; what comes late or twice changes nothing."""
    said = Said(str(answer.verdict), answer.receipt, _remarks(answer))
    if message.state not in UNDECIDED:
        return said
    message.receipt = answer.receipt or message.receipt
    message.error_code = message.error_nl = message.error_en = ""
    message.next_attempt_at = now
    if answer.verdict is not Verdict.RECEIVED:
        message.remarks = said.remarks
        move(message, State(answer.verdict), now)
    elif message.state != State.OVERDUE:
        # Overdue stays overdue until there is a verdict: a receipt alone does not meet the term.
        move(message, State.RECEIVED, now)
    return said


def _remarks(answer: carrier_channel.Acknowledgement) -> list[dict[str, str]]:
    return [{"code": one.code, "what": one.what, "what_en": one.what_en} for one in answer.remarks]
