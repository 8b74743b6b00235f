"""One block of people: their days cut once for all benefits that can share them, and everything read once."""

from collections.abc import Hashable

import numpy as np

from schakel.engine.parameters import ParameterSet
from schakel.engine.runners.columns import Amounts, Columns, Part, Reasons
from schakel.engine.runners.coverage import Coverage
from schakel.engine.runners.histories import DAY_BITS, UNKNOWN, Column, History, People
from schakel.engine.runners.in_force import InForce, words_of
from schakel.engine.runners.leaves import Reader
from schakel.engine.runners.moving import Turn
from schakel.engine.runners.plan import Plan
from schakel.engine.runners.segments import Cuts, Horizon, Segments, cut


def shares(plan: Plan) -> Hashable:
    """Benefits of which this is the same have their days cut together.

    More cuts than a benefit needs change nothing but for one that reads the day itself, or that one day decides.
    """
    if plan.reads_the_day or plan.snapshots is not None:
        return plan.one.name
    return plan.by_period, plan.every_period_by_itself


class SharedSegments:
    """The segments of the benefits that share them, what was read for them, and the wage periods they cover."""

    def __init__(self, people: People, plans: list[Plan], over: Horizon, known: ParameterSet) -> None:
        self.people, self.plans, self.over, self.known = people, plans, over, known
        self._parts: dict[Hashable, tuple[Reader, Column | None]] = {}
        self._rows: dict[Hashable, Column] = {}
        cuts = self._cuts()
        self.reader = self._reader(cut(len(people), over, cuts))
        turns = self._turns()
        if len(turns):
            more = Cuts(cuts.everybody, cuts.histories, cuts.turning, (*cuts.more, turns), cuts.snapshots)
            self._parts.clear()
            self._rows.clear()
            self.reader = self._reader(cut(len(people), over, more))
        all_in_pieces = plans[0].every_period_by_itself
        self.coverage = Coverage(len(people), self.reader.segments, over, all_in_pieces=all_in_pieces)

    def calculate(self, plan: Plan, reasons: Reasons) -> Amounts:
        """One benefit."""
        rows = self.rows(plan)
        return Columns(
            plan, self.coverage, self.reader, rows, self.parts(plan, rows), reasons=reasons
        ).calculate()

    def _reader(self, segments: Segments) -> Reader:
        return Reader(self.people, segments, self.over, self.known)

    def _cuts(self) -> Cuts:
        """Where anything that any of the benefits reads changes."""
        over, people = self.over, self.people
        days = set[int]().union(*(plan.days for plan in self.plans))
        if any(plan.by_period for plan in self.plans):
            days |= {*over.starts.tolist(), *over.months}
        facts = sorted(frozenset[str]().union(*(plan.facts for plan in self.plans)))
        turning = {name for plan in self.plans for one in plan.moves.values() for name in one.turning}
        agreed = {plan.mark: plan.terms.history for plan in self.plans}
        return Cuts(
            frozenset(days),
            tuple(people.facts[name] for name in facts if name in people.facts),
            tuple(people.facts[name] for name in sorted(turning) if name in people.facts),
            tuple(_changes_of_terms(history, people.employers, over) for history in agreed.values()),
            self._snapshots(),
        )

    def _snapshots(self) -> Column | None:
        plan, over, people = self.plans[0], self.over, self.people
        if plan.snapshots is None:
            return None
        owners = np.repeat(people.employers, len(over.periods))
        rows = plan.terms.history.at(owners, np.tile(over.starts, len(people)))
        found = np.where(rows == UNKNOWN, 0, plan.snapshots[np.where(rows == UNKNOWN, 0, rows)])
        return found.reshape(len(people), -1)

    # Ages that turn.

    def _turns(self) -> Column:
        """Employee and day of every age that turns inside a segment."""
        found: dict[Hashable, Column] = {}
        if any(plan.by_period for plan in self.plans):
            return np.empty(0, dtype=np.int64)
        for plan in self.plans:
            for part in self.parts(plan, self.rows(plan)):
                for turn in plan.moves[part.shape].turns:
                    self._add_turn(found, turn, part)
        return np.concatenate([np.empty(0, dtype=np.int64), *found.values()])

    def _add_turn(self, found: dict[Hashable, Column], turn: Turn, part: Part) -> None:
        over, at = self.over, part.reader.segments
        where = id(part.reader), turn.birth
        if turn.is_birthday:
            births = part.reader.birth_months(turn.birth) % 12
            for year in range(int(over.month_of[0]) // 12, int(over.month_of[-1]) // 12 + 1):
                if (*where, "birthday", year) not in found:
                    found[*where, "birthday", year] = _inside(at, over, births + year * 12)
            return
        number = None if turn.term is None else part.reader.of(turn.term, part.terms).number
        key = *where, None if number is None else number.mark, turn.months
        if key not in found:
            months = turn.months + (0 if number is None else number.value)
            found[key] = _inside(at, over, part.reader.birth_months(turn.birth) + months)

    # Terms.

    def rows(self, plan: Plan) -> Column:
        """The row of terms of each segment; −1 where there is none, or none that columns calculate."""
        if plan.mark not in self._rows:
            at, employers = self.reader.segments, self.people.employers
            rows = plan.terms.history.at(employers[at.owners], at.on)
            unknown = rows == UNKNOWN
            if not plan.reached.all():
                unknown |= ~plan.reached[employers][at.owners]
            self._rows[plan.mark] = np.where(unknown, -1, rows) if unknown.any() else rows
        return self._rows[plan.mark]

    def parts(self, plan: Plan, rows: Column) -> list[Part]:
        """The segments by the shape of their terms."""
        used = np.flatnonzero(np.bincount(rows + 1, minlength=1)[1:])
        shapes = plan.terms.shape_of_row[used]
        found = []
        for shape in plan.shapes:
            mine = used[shapes == shape]
            if len(mine):
                reader, picked = self._of_rows(plan, rows, mine)
                of = rows if picked is None else rows[picked]
                choices = plan.terms.rows[int(mine[0])]
                found.append(
                    Part(
                        shape,
                        reader,
                        InForce(plan.terms, of, mine, choices, words_of(choices), plan.mark),
                        picked,
                    )
                )
        return found

    def _of_rows(self, plan: Plan, rows: Column, mine: Column) -> tuple[Reader, Column | None]:
        """The reader of the segments with these rows of terms; benefits may agree in which those are."""
        key = plan.mark, mine.tobytes()
        if key not in self._parts:
            here = np.zeros(len(plan.terms.rows) + 1, dtype=bool)
            here[mine + 1] = True
            picked = np.flatnonzero(here[rows + 1])
            is_whole = len(picked) == len(rows)
            self._parts[key] = (self.reader, None) if is_whole else (self.reader.picked(picked), picked)
        return self._parts[key]


def _inside(at: Segments, over: Horizon, months: Column) -> Column:
    """Employee and day of the firsts of these months that are inside their segment."""
    begun, ended = over.month_of[over.day(at.starts)], over.month_of[over.day(at.ends - 1)]
    places = np.flatnonzero((months > begun) & (months <= ended))
    days = over.month_firsts[months[places] - over.month_of[0]]
    found: Column = (at.owners[places] << DAY_BITS) | days
    return found


def _changes_of_terms(history: History, employers: Column, over: Horizon) -> Column:
    """Employee and day of every change of their employer's terms."""
    if history.is_constant:
        return np.empty(0, dtype=np.int64)
    return over.inside(history.picked(employers).keys())
