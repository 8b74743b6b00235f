"""Numbers that pass their test and belong to nobody: BSN and IBAN.

BSNs are handed out downwards from 999999990: the first 9,000 or so begin with 9999, and a company of 100,000
uses 9989… to 9999…. That issued numbers do not reach this range is unverified.
"""

from collections.abc import Iterator

BANK = "FIKT"
"""A bank that does not exist; the check digits of its IBANs are right."""
BIC = "FIKTNL2U"
_BANK_DIGITS = "".join(str(int(letter, 36)) for letter in BANK)


def bsns() -> Iterator[str]:
    """Fictitious BSNs, every one another; of eleven prefixes one has no ninth digit that passes."""
    for seven in range(9_999_999, 9_000_000, -1):
        weighed = _weighed(str(seven))
        for eighth in range(9, -1, -1):
            check = (weighed + 2 * eighth) % 11
            if check < 10:
                yield f"{seven}{eighth}{check}"


def passes_eleven_test(bsn: str) -> bool:
    """Whether a BSN passes: 9a + 8b + … + 2h - i is divisible by eleven."""
    shaped = len(bsn) == 9 and bsn.isascii() and bsn.isdigit()
    return shaped and (_weighed(bsn[:8]) - int(bsn[8])) % 11 == 0


def _weighed(digits: str) -> int:
    return sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), digits, strict=False))


def iban_of(account: int) -> str:
    """A Dutch IBAN at the bank that does not exist."""
    check = 98 - int(f"{_BANK_DIGITS}{account:010d}232100") % 97  # 232100 stands for NL00
    return f"NL{check:02d}{BANK}{account:010d}"
