"""Numbers that pass their test and belong to nobody: BSN and IBAN.

BSNs are handed out downwards from 999999990: the first 9,000 or so begin with 9999, and a company of 100,000
uses 9989… to 9999…. That issued numbers do not reach this range is unverified; published test numbers lie in
9999xxxxx.
"""

from collections.abc import Iterator

BANK = "FIKT"
"""A bank that does not exist; the check digits of its IBANs are right."""
BIC = "FIKTNL2U"


def bsns() -> Iterator[str]:
    """Fictitious BSNs, every one another; of eleven prefixes one has no ninth digit that passes."""
    for prefix in range(99_999_999, 90_000_000, -1):
        check = _weighed(str(prefix)) % 11
        if check < 10:
            yield f"{prefix}{check}"


def passes_eleven_test(bsn: str) -> bool:
    """Whether a BSN passes: 9a + 8b + … + 2h - i is divisible by eleven."""
    shaped = len(bsn) == 9 and bsn.isascii() and bsn.isdigit()
    return shaped and (_weighed(bsn[:8]) - int(bsn[8])) % 11 == 0


def _weighed(digits: str) -> int:
    return sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), digits, strict=True))


def iban_of(account: int) -> str:
    """A Dutch IBAN at the bank that does not exist."""
    moved = "".join(str(int(sign, 36)) for sign in f"{BANK}{account:010d}NL00")
    return f"NL{98 - int(moved) % 97:02d}{BANK}{account:010d}"
