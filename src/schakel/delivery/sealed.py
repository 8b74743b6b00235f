"""What a message keeps sealed: its bytes on the wire, and the state it tells."""

from pydantic import TypeAdapter

from schakel.connectors.carrier_channel import ParticipantState
from schakel.tenancy.sealing import seal, unseal

BODY = "delivery_carriermessage.body"
TOLD = "delivery_carriermessage.told"

_state = TypeAdapter(ParticipantState)


def seal_body(body: bytes) -> bytes:
    """The bytes on the wire, to keep."""
    return seal(body, BODY)


def open_body(sealed: bytes | memoryview) -> bytes:
    """The bytes on the wire, the same at every resend. Raises SealBroken."""
    return unseal(sealed, BODY)


def seal_state(state: ParticipantState) -> bytes:
    """A participant's state, to keep."""
    return seal(_state.dump_json(state), TOLD)


def open_state(sealed: bytes | memoryview) -> ParticipantState:
    """The state as it was told. Raises SealBroken."""
    return _state.validate_json(unseal(sealed, TOLD))
