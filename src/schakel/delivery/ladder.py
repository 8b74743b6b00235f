"""The ladder a message climbs, and what an answer of the carrier does to it. It only goes up.

drafted → sending → sent → received → accepted or rejected → verified. Overdue waits beside it, and every
answer still counts there; superseded is the end of a message that a newer state replaced.
"""

from datetime import datetime

from django.db.models import Q

from schakel.connectors import carrier_channel
from schakel.connectors.carrier_channel import Verdict
from schakel.delivery.models import Acknowledgement, CarrierMessage

State = CarrierMessage.State

UNDECIDED = (State.DRAFTED, State.SENDING, State.SENT, State.RECEIVED, State.OVERDUE)
"""The carrier has not said yes or no."""

IN_OUTBOX = Q(state__in=(State.DRAFTED, State.SENDING)) | Q(state=State.OVERDUE, receipt="")
"""Not known to be with the carrier: still to be handed over."""


def move(message: CarrierMessage, state: CarrierMessage.State, now: datetime) -> None:
    """Put a message on a rung; staying where it is does not begin anew."""
    if message.state != state:
        message.state, message.state_since = state, now


def keep(message: CarrierMessage) -> None:
    """Write what may change of a message; what it says never does."""
    message.save(
        update_fields=[
            "state",
            "state_since",
            "attempts",
            "next_attempt_at",
            "receipt",
            "remarks",
            "error_code",
            "error_nl",
            "error_en",
        ]
    )


def take_answer(message: CarrierMessage, answer: carrier_channel.Acknowledgement, now: datetime) -> None:
    """Keep an answer once and climb. The first verdict stands; what comes late or twice changes nothing."""
    Acknowledgement.objects.get_or_create(
        message=message,
        verdict=answer.verdict,
        defaults={"receipt": answer.receipt, "remarks": _remarks(answer), "received_at": now},
    )
    if message.state not in UNDECIDED:
        return
    message.receipt = answer.receipt or message.receipt
    message.error_code = message.error_nl = message.error_en = ""
    message.next_attempt_at = now
    if answer.verdict is not Verdict.RECEIVED:
        message.remarks = _remarks(answer)
        move(message, State(answer.verdict), now)
    elif message.state != State.OVERDUE:
        # Overdue stays overdue until there is a verdict: a receipt alone does not meet the term.
        move(message, State.RECEIVED, now)


def _remarks(answer: carrier_channel.Acknowledgement) -> list[dict[str, str]]:
    return [{"code": one.code, "what": one.what, "what_en": one.what_en} for one in answer.remarks]
