"""The control of the storm: a worker without an outbox. It commits, and then sends from memory, once.

The stations are the product's own; only the way of a message differs. In the commit a message is marked as sent,
which is what a program without an outbox believes; whatever dies between commit and wire is lost.
"""

import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from schakel.cli.ending import end_with_input
from schakel.cli.worker import worker

Unsent = tuple[int, str, bytes]
"""Policy, message id and bytes of a message that was committed and not sent yet."""


class Memory(threading.local):
    """What this thread's run has still to send."""

    def __init__(self) -> None:
        self.unsent: list[Unsent] = []


def without_outbox() -> None:
    """Put the naive way in the place of the product's; after Django is set up."""
    from schakel.chain import runs  # noqa: PLC0415 - only after Django is set up
    from schakel.chain.run import Run  # noqa: PLC0415
    from schakel.connectors.carrier_channel import Draft  # noqa: PLC0415
    from schakel.connectors.errors import ConnectorError  # noqa: PLC0415
    from schakel.delivery import compose as composing  # noqa: PLC0415
    from schakel.delivery.compose import ToTell  # noqa: PLC0415
    from schakel.delivery.models import CarrierMessage  # noqa: PLC0415
    from schakel.schemes import agreed  # noqa: PLC0415

    memory = Memory()
    compose, apply_delivery = composing.compose, runs.apply_delivery

    def remembering(one: ToTell) -> ToTell:
        def kept(draft: Draft) -> bytes:
            body = one.to_bytes(draft)
            memory.unsent.append((one.policy_id, draft.message_id, body))
            return body

        return replace(one, to_bytes=kept)

    def composed_and_marked(
        employee_id: int, states: Sequence[ToTell], now: datetime, delivery: UUID | None
    ) -> tuple[UUID, ...]:
        made = compose(employee_id, [remembering(one) for one in states], now, delivery)
        CarrierMessage.objects.filter(message_id__in=made).update(state=CarrierMessage.State.SENT, attempts=1)
        return made

    def applied_and_sent(run: Run, employer_id: int, delivery: UUID, result: runs.SyncReport) -> None:
        memory.unsent = []  # of a run that broke off: committed or not, nobody knows any more
        apply_delivery(run, employer_id, delivery, result)
        for policy_id, message_id, body in memory.unsent:
            with run.scope("send"):
                link = agreed.carrier_of(policy_id).link
            assert link is not None, "every policy of the storm has a carrier that is connected"
            try:
                run.channel(link).submit(message_id, body)
            except ConnectorError:
                continue  # no outbox, so nothing to try again from

    composing.compose = composed_and_marked
    runs.apply_delivery = applied_and_sent
    runs.work_outbox = lambda *_: runs.OutboxReport()


def main() -> None:
    """`schakel worker`, the naive way."""
    end_with_input()
    from schakel.cli import database  # noqa: PLC0415 - the pipe is listened to first

    ready = database.ready_database

    def ready_and_naive() -> None:
        ready()
        without_outbox()

    database.ready_database = ready_and_naive
    worker(sys.argv[2:])  # what follows its name, as the supervisor gives it


if __name__ == "__main__":
    main()
