"""Where the vendor's wire is uncertain or odd: each choice a switch, with the likeliest setting as default.

Nothing here was seen on a live server; the contract note says which source speaks for which setting.
"""

from dataclasses import dataclass
from typing import Literal, get_args, get_type_hints


@dataclass(frozen=True, slots=True)
class Profile:
    """How this simulated Nmbrs writes and reads what its documents leave open."""

    domain: Literal["strict", "lenient"] = "strict"
    """strict: a call without a domain is refused (1001); lenient: it is let in, a wrong one still is not."""

    requests: Literal["strict", "asmx"] = "strict"
    """asmx: as ASP.NET reads, an element it does not know is passed over and a missing number is 0; strict:
    a request that does not fit the schema is refused, save that a known name in the wrong case counts as
    missing (which is how the vendor's server answers 2004 to `companyid`)."""

    wrappers: Literal["by_operation", "by_item"] = "by_operation"
    """The result of Partner_Get and Children_Get: `Partner_GetResult`, or the item's name as
    Contract_GetCurrentPeriod has it. The WSDL that is served says the same."""

    empty_lists: Literal["present", "absent"] = "present"
    """A list without entries: an empty element, or no element."""

    no_partner: Literal["item", "absent"] = "item"
    """Without a partner: an item with the employee id only, or no result."""

    missing_dates: Literal["nil", "minimum"] = "nil"
    """A date without a value: xsi:nil, or the first day .NET knows (0001-01-01), as fields that cannot be nil
    always have it."""

    part_time: Literal["percent", "fraction"] = "percent"
    """ParttimePercentage of somebody who works full time: 100.00 or 1.0000."""

    period_suffix: Literal["count_first", "letter_first"] = "count_first"
    """Four-weekly and weekly periods: 4W and 1W, or W4 and W1."""

    report_decimals: Literal["point", "comma"] = "point"
    """The decimal mark of values inside report documents."""

    hidden_company: Literal["2004", "1003"] = "2004"
    """The code for a company that exists and that this log-in may not see."""

    fault_trace: Literal["none", "stack"] = "none"
    """stack: lines of a stack trace follow the message of a fault."""

    delay: Literal["on", "off"] = "on"
    """Half a second's delay for calls above 150 in a second."""

    def __post_init__(self) -> None:
        for name, hint in get_type_hints(type(self)).items():
            if getattr(self, name) not in get_args(hint):
                raise ValueError(f"{name} is one of {', '.join(get_args(hint))}")
