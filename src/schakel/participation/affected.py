"""Station *affected*: the benefits whose rules read what changed; derived from the rules, never hand-listed."""

from collections.abc import Sequence
from datetime import date

from schakel.engine.catalogue import facts_read_by
from schakel.participation import rows
from schakel.schemes.agreed import AgreedBenefit


def affected(
    employee_id: int, benefits: Sequence[AgreedBenefit], facts: Sequence[str], until: date | None = None
) -> tuple[AgreedBenefit, ...]:
    """Which of the employer's benefits must be calculated again for one employee.

    Those that read a changed fact, those that were never looked at for this employee, and those that were
    not looked at as far as `until` yet: a new wage period is everybody's turn.
    """
    changed = frozenset(facts)
    looked_at = rows.looked_at(employee_id)
    return tuple(
        one
        for one in benefits
        if one.id not in looked_at
        or changed & facts_read_by(one.benefit)
        or _is_behind(looked_at[one.id], until)
    )


def _is_behind(calculated_until: date | None, until: date | None) -> bool:
    return until is not None and (calculated_until is None or calculated_until < until)
