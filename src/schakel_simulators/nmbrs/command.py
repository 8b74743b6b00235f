"""`schakel simulate nmbrs`: a payroll on this machine that speaks the vendor's SOAP, until you stop it."""

import argparse
import json
import signal
import sys
import threading
from collections.abc import Sequence
from datetime import date

from schakel_simulators.nmbrs.books.generator import (
    DEFAULT_COMPANIES,
    FEWEST,
    MOST,
    WEEKLY_COMPANY,
    CompanyPlan,
)
from schakel_simulators.nmbrs.books.refusal import RefusedError
from schakel_simulators.nmbrs.server import STORY_STARTS_ON, NmbrsSimulator
from schakel_simulators.nmbrs.soap.profile import Profile

DESCRIPTION = """Start a simulated Nmbrs on the loopback address: an invented employer, its payroll, and SOAP v3.

Any SOAP client can use it from `?WSDL` alone. Open the address in a browser to play the payroll clerk. All is
kept in memory and forgotten at the end; the same seed gives the same people. See docs/links/nmbrs-simulator.md.
"""
EXAMPLES = """examples:
  schakel simulate nmbrs
  schakel simulate nmbrs --json --port 9700 --employees 10000 --seed 7
  schakel simulate nmbrs --profile domain=lenient --profile part_time=fraction
"""


def simulate(argv: Sequence[str]) -> int:
    """Serve until SIGTERM or Ctrl-C; returns the exit status."""
    options = _parser().parse_args(list(argv))
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        with _simulator(options) as simulator:
            _tell(simulator, as_json=options.json)
            stop.wait()
    except RefusedError as error:
        print(str(error), file=sys.stderr)
        return 2
    except OSError as error:
        print(f"Nmbrs cannot start: {error.strerror}. Choose another port, or 0.", file=sys.stderr)
        return 1
    return 0


def _simulator(options: argparse.Namespace) -> NmbrsSimulator:
    companies: tuple[CompanyPlan, ...] = DEFAULT_COMPANIES
    if options.weekly:
        companies = (*companies, WEEKLY_COMPANY)
    return NmbrsSimulator(
        options.port,
        options.employees,
        options.seed,
        start_on=options.start_on,
        companies=companies,
        profile=Profile(**dict(options.profile)),
        report_seconds=options.report_seconds,
    )


def _tell(simulator: NmbrsSimulator, *, as_json: bool) -> None:
    companies = [{"id": company.id, "name": company.name} for company in simulator.companies]
    if as_json:
        told = {
            "base_url": simulator.base_url,
            "username": simulator.username,
            "token": simulator.token,
            "domain": simulator.domain,
            "companies": companies,
            "desk": simulator.desk,
        }
        print(json.dumps(told), flush=True)
        return
    lines = [
        "A simulated Nmbrs, with an employer that does not exist.",
        f"  services  {simulator.base_url}EmployeeService.asmx?WSDL (and Company-, Debtor-, ReportService)",
        f"  username  {simulator.username}",
        f"  token     {simulator.token}",
        f"  domain    {simulator.domain}",
        *(f"  company   {company['id']}  {company['name']}" for company in companies),
        f"  desk      {simulator.address}",
        "Press Ctrl-C to stop.",
    ]
    print("\n".join(lines), flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="schakel simulate nmbrs",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=int, default=0, help="where to listen (default 0: a free port)")
    parser.add_argument(
        "--employees", type=int, default=120, help=f"{FEWEST} to {MOST}, over all companies (default 120)"
    )
    parser.add_argument("--seed", type=int, default=1, help="decides people, ids and token (default 1)")
    parser.add_argument(
        "--start-on",
        type=date.fromisoformat,
        default=STORY_STARTS_ON,
        metavar="YYYY-MM-DD",
        help=f"a day in the pay period that is open at the start (default {STORY_STARTS_ON})",
    )
    parser.add_argument("--weekly", action="store_true", help="add a third company, paid weekly")
    parser.add_argument(
        "--profile",
        type=_setting,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="how the wire behaves where the vendor leaves it open, for example domain=lenient or delay=off; "
        "may be repeated",
    )
    parser.add_argument(
        "--report-seconds",
        type=float,
        default=0.2,
        metavar="SECONDS",
        help="how long a report in the background takes (default 0.2)",
    )
    parser.add_argument("--json", action="store_true", help="first print one line of JSON for programs")
    return parser


def _setting(text: str) -> tuple[str, str]:
    """`NAME=VALUE` of the profile; argparse shows the message."""
    name, _, value = text.partition("=")
    try:
        Profile(**{name: value})  # type: ignore[arg-type]  # it checks its values itself
    except TypeError:
        known = ", ".join(Profile.__dataclass_fields__)
        raise argparse.ArgumentTypeError(f"unknown setting {name!r}; known: {known}") from None
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return name, value
