"""What people type, as case files write it: 4.200,50 and 80 % and 1-7-2026 and ja."""

import re
from decimal import Decimal, InvalidOperation

from schakel.portal.words import language

YES_NO = {"ja": "true", "yes": "true", "nee": "false", "no": "false"}
MARKS = re.compile(r"[€%‰\s]")
DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")


def typed(text: str, unit: str, *, is_fact: bool = False) -> str:
    """The text as a case file has it; what cannot be read is handed on as it is, for the engine to refuse."""
    text = text.strip()
    if unit == "yes_no":
        return YES_NO.get(text.casefold(), text)
    if unit == "date":
        day = DAY.fullmatch(text)
        return f"{day[3]}-{int(day[2]):02d}-{int(day[1]):02d}" if day else text
    number = typed_number(MARKS.sub("", text))
    # A fact that is a share is written as one, a term as a percentage; people see a percentage at both.
    return _hundredth(number) if is_fact and unit in {"share", "part"} else number


def typed_number(text: str) -> str:
    """A number with a point for its decimals: Dutch has a comma there, and points between thousands."""
    thousands, decimals = (",", ".") if language() == "en" else (".", ",")
    if decimals in text or re.fullmatch(rf"-?[1-9]\d{{0,2}}(\{thousands}\d{{3}})+", text):
        text = text.replace(thousands, "")
    return text.replace(",", ".")


def _hundredth(number: str) -> str:
    try:
        return f"{Decimal(number) / 100:f}"
    except InvalidOperation:
        return number
