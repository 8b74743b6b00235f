"""The premium of a wage-sum policy: one percentage over the insured wages, rounded once, and what goes by person."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WageSumAmounts:
    """What a wage-sum policy comes to in one wage period, in cents."""

    wage_sum: int
    premium: int
    employee_share: int  #: what employees pay, each rounded on their own payslip
    employer_share: int  #: the rest, so that both parts make the premium


def premium_over(
    wage_sum: int, premium_rate: int, employee_share: int, personal_premium: int = 0
) -> WageSumAmounts:
    """`wage_sum` in cents, `premium_rate` in millionths. Rounded half up, once, over the whole sum.

    `personal_premium`: the sum of what goes by person, each in whole cents already.

    Source: wage-sum policies are settled over the total insured wage; docs/calculations/wga_gap.md.
    """
    premium = (2 * wage_sum * premium_rate + 1_000_000) // 2_000_000 + personal_premium
    return WageSumAmounts(wage_sum, premium, employee_share, premium - employee_share)
