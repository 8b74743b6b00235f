"""`schakel simulate carriers`: a pension provider and an insurer on this machine, until you stop them."""

import argparse
import contextlib
import json
import signal
import sys
import threading
from collections.abc import Sequence
from datetime import date

from schakel_simulators.carriers.ledger import Policy
from schakel_simulators.carriers.server import CarrierSimulator

DESCRIPTION = """Start two simulated carriers, a pension provider and an insurer, on the loopback address.

They speak schakel-json/1 (docs/links/carrier-interface.md), keep everything in memory, and forget it when
they stop. Open the address in a browser to see what a carrier holds; its desk makes it misbehave on demand.
"""
EXAMPLES = """examples:
  schakel simulate carriers
  schakel simulate carriers --json --pension-port 9801 --insurer-port 9802
  schakel simulate carriers --insurer-policy WGA-77=2025-01-01 --decide-after 2.5
"""


def simulate(argv: Sequence[str]) -> int:
    """Serve both carriers until SIGTERM or Ctrl-C; returns the exit status."""
    options = _parser().parse_args(list(argv))
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        with contextlib.ExitStack() as stack:
            carriers = [stack.enter_context(carrier) for carrier in _carriers(options)]
            _tell(carriers, as_json=options.json)
            stop.wait()
    except OSError as error:
        print(f"A carrier cannot start: {error.strerror}. Choose another port, or 0.", file=sys.stderr)
        return 1
    return 0


def _carriers(options: argparse.Namespace) -> tuple[CarrierSimulator, CarrierSimulator]:
    return (
        CarrierSimulator(
            "pension_provider",
            options.pension_port,
            options.seed,
            options.pension_policy or None,
            decide_after_seconds=options.decide_after,
            accept_any_policy=options.accept_any_policy,
        ),
        CarrierSimulator(
            "insurer",
            options.insurer_port,
            options.seed,
            options.insurer_policy or None,
            decide_after_seconds=options.decide_after,
            accept_any_policy=options.accept_any_policy,
        ),
    )


def _tell(carriers: Sequence[CarrierSimulator], *, as_json: bool) -> None:
    if as_json:
        listed = [
            {
                "kind": carrier.kind,
                "name": carrier.name,
                "address": carrier.address,
                "token": carrier.token,
                "desk": carrier.desk,
                "policies": [
                    {"number": p.number, "starts_on": p.starts_on.isoformat(), "name": p.name}
                    for p in carrier.policies
                ],
            }
            for carrier in carriers
        ]
        print(json.dumps({"carriers": listed}), flush=True)
        return
    for carrier in carriers:
        numbers = ", ".join(policy.number for policy in carrier.policies)
        print(f"{carrier.name}\n  address   {carrier.address}\n  token     {carrier.token}")
        print(f"  policies  {numbers}\n  desk      {carrier.desk}state", flush=True)
    print("Press Ctrl-C to stop.", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="schakel simulate carriers",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--pension-port", type=int, default=0, help="port of the pension provider (0: a free one)"
    )
    parser.add_argument("--insurer-port", type=int, default=0, help="port of the insurer (0: a free one)")
    parser.add_argument("--seed", type=int, default=1, help="decides tokens, receipts and chance (default 1)")
    parser.add_argument(
        "--decide-after", type=float, default=0.0, metavar="SECONDS", help="time before a verdict (default 0)"
    )
    for kind in ("pension", "insurer"):
        parser.add_argument(
            f"--{kind}-policy",
            type=_policy,
            action="append",
            metavar="NUMBER=YYYY-MM-DD",
            help=f"a policy the {kind} side knows, and when it starts; may be repeated",
        )
    parser.add_argument(
        "--accept-any-policy",
        action="store_true",
        help="take unknown policy numbers as known, for load tests",
    )
    parser.add_argument("--json", action="store_true", help="first print one line of JSON for programs")
    return parser


def _policy(text: str) -> Policy:
    """`NUMBER=YYYY-MM-DD`; argparse shows the message of the ValueError's replacement."""
    number, _, start = text.rpartition("=")
    try:
        return Policy(number, date.fromisoformat(start)) if number else _no_number()
    except ValueError:
        raise argparse.ArgumentTypeError(
            "write it as NUMBER=YYYY-MM-DD, for example WGA-77=2025-01-01"
        ) from None


def _no_number() -> Policy:
    raise ValueError("no policy number")
