"""Why this amount: the tree down to the fact, and each fact down to the answer it came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from schakel.desk.access import Visitor
from schakel.desk.employees import OriginShown
from schakel.desk.employers import PeriodShown
from schakel.desk.words import Words
from schakel.engine.explanation import Explanation


@dataclass(frozen=True, slots=True)
class Why:
    """One amount of one employee in one wage period, explained; or why there is none."""

    employee_id: int
    employee_number: str
    employee_name: str
    benefit_id: int
    benefit_words: Words
    quantity: str
    quantity_words: Words
    period: PeriodShown
    known_at: datetime | None  #: facts and terms as known on this moment; None: now
    kept: int | None  #: cents, as kept at that moment; None when no amount was kept
    explanation: Explanation | None  #: None: it could not be calculated
    refusal: Words  #: why not; empty when it was explained
    refusal_code: str
    origins: Mapping[str, OriginShown]  #: by the `origin` of a fact in the tree

    @property
    def agrees(self) -> bool:
        """Whether the tree comes to the amount that was kept."""
        return self.explanation is not None and self.kept == self.explanation.value


def why(
    visitor: Visitor,
    employee_id: int,
    benefit_id: int,
    *,
    year: int,
    number: int,
    quantity: str,
    now: datetime,
    known_at: datetime | None = None,
) -> Why:
    """Explain one amount, as known on a moment. Writes an audit line. Raises NotFound, AccessRefused."""
    raise NotImplementedError
