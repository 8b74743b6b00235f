"""The settings of one Nmbrs link, checked. The host is one of a fixed list: no address comes from elsewhere."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

HOSTS = frozenset({"api.nmbrs.nl", "api-sandbox.nmbrs.nl", "api.nmbrs.se"})
"""The vendor's hosts. The namespaces on the wire are the production host's on every one of them."""

DEFAULT_HOST = "api.nmbrs.nl"
STAND_IN = re.compile(r"(127\.0\.0\.1|localhost|\[::1\]):([1-9][0-9]{0,4})")
"""A stand-in for Nmbrs on this machine: always with its port, and over http."""

WAGE_CODES: Mapping[str, tuple[int, ...]] = {
    # Wage codes are set per Nmbrs environment, so these are only a start: unverified for any customer.
    "salary": (1000, 1100),
    "fixed_allowance": (2151,),
    "home_working_days": (2410,),
}


@dataclass(frozen=True, slots=True)
class NmbrsSettings:
    """What a link needs to make calls. The token never shows in a repr."""

    username: str
    token: str = field(repr=False)
    domain: str
    address: str = f"https://{DEFAULT_HOST}/soap/v3/"
    calls_per_second: float | None = 20.0  #: None: no budget of our own, for benchmarks
    concurrency: int = 4
    call_seconds: float = 30.0  #: one try of a call about one employee
    list_seconds: float = 100.0  #: one try of a company-wide answer; the vendor's own figure is 100
    total_seconds: float = 300.0  #: a call with all its tries
    first_retry_seconds: float = 0.5
    report_poll_seconds: float = 1.0
    report_total_seconds: float = 600.0
    full_time_hours: int | None = None  #: 1/100 h a week; None: worked out from the part-time percentage
    employee_types: tuple[int, ...] | None = None  #: None: asked, and told apart by description
    wage_codes: Mapping[str, tuple[int, ...]] = field(default_factory=lambda: dict(WAGE_CODES))


def read_settings(given: Mapping[str, Any]) -> NmbrsSettings:
    """The settings of a link. ValueError names the one that is wrong, without repeating it."""
    return NmbrsSettings(
        username=_words(given, "username", 200),
        token=_words(given, "token", 200),
        domain=_words(given, "domain", 100),
        address=address_of(given.get("host") or ""),
        calls_per_second=_rate(given.get("calls_per_second", 20)),
        concurrency=int(_number(given, "concurrency", 4, 1, 16)),
        call_seconds=_number(given, "call_seconds", 30.0, 0.05, 600),
        list_seconds=_number(given, "list_seconds", 100.0, 0.05, 600),
        total_seconds=_number(given, "total_seconds", 300.0, 0.05, 3600),
        first_retry_seconds=_number(given, "first_retry_seconds", 0.5, 0.0, 60),
        report_poll_seconds=_number(given, "report_poll_seconds", 1.0, 0.0, 60),
        report_total_seconds=_number(given, "report_total_seconds", 600.0, 0.05, 3600),
        full_time_hours=_full_time_hours(given),
        employee_types=_codes("employee_types", given.get("employee_types")),
        wage_codes=_wage_codes(given.get("wage_codes", {})),
    )


def address_of(host: object) -> str:
    """The address of the services at a host of the list, or of a stand-in on this machine."""
    name = host if isinstance(host, str) else "?"
    if name == "":
        name = DEFAULT_HOST
    if name in HOSTS:
        return f"https://{name}/soap/v3/"
    stand_in = STAND_IN.fullmatch(name)
    if stand_in is not None and int(stand_in[2]) < 65_536:
        return f"http://{name}/soap/v3/"
    raise ValueError(f"the host of the Nmbrs link must be one of {', '.join(sorted(HOSTS))}")


def _words(given: Mapping[str, Any], name: str, most: int) -> str:
    text = given.get(name)
    if not isinstance(text, str) or not 0 < len(text) <= most or not text.isprintable() or text.isspace():
        raise ValueError(f"the {name} of the Nmbrs link is missing or not usable; connect the link again")
    return text


def _number(given: Mapping[str, Any], name: str, default: float, lowest: float, highest: float) -> float:
    number = given.get(name)
    if number is None:
        return default
    if isinstance(number, bool) or not isinstance(number, int | float) or not lowest <= number <= highest:
        raise ValueError(f"{name} of the Nmbrs link must be a number from {lowest} to {highest}")
    return float(number)


def _rate(setting: object) -> float | None:
    if setting is None or setting == 0:
        return None
    if isinstance(setting, bool) or not isinstance(setting, int | float) or not 0.01 <= setting <= 150:
        # Above 150 calls a second Nmbrs itself delays every call by half a second.
        raise ValueError("calls_per_second of the Nmbrs link must be a number from 0.01 to 150")
    return float(setting)


def _full_time_hours(given: Mapping[str, Any]) -> int | None:
    if given.get("full_time_hours_per_week") is None:
        return None
    return round(_number(given, "full_time_hours_per_week", 0.0, 1, 60) * 100)


def _codes(name: str, setting: object) -> tuple[int, ...] | None:
    if setting is None:
        return None
    listed = setting if isinstance(setting, Sequence) and not isinstance(setting, str) else [setting]
    if not all(isinstance(one, int) and not isinstance(one, bool) and 0 <= one < 2**31 for one in listed):
        raise ValueError(f"{name} of the Nmbrs link must be whole numbers")
    return tuple(listed)


def _wage_codes(setting: object) -> Mapping[str, tuple[int, ...]]:
    if not isinstance(setting, Mapping) or not setting.keys() <= WAGE_CODES.keys():
        raise ValueError(f"wage_codes of the Nmbrs link name codes for {', '.join(sorted(WAGE_CODES))}")
    return {name: _codes("wage_codes", setting.get(name)) or default for name, default in WAGE_CODES.items()}
