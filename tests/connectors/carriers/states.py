"""States and drafts for tests of carrier channels: a plain example, and any state to be accepted."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from hypothesis import strategies as st

from schakel.connectors.carrier_channel import (
    AmountInPeriod,
    Draft,
    ParticipantState,
    Person,
    changed_amounts,
)

POLICY = "PEN-1001"
TODAY = date(2026, 11, 24)
BSNS = ("999990007", "999990019", "999990020", "999990032", "999990044")

PERSON = Person(
    reference="7c9e6679-7425-40de-944b-e07fc1f90ae7",
    employee_number="1024",
    initials="A.B.",
    prefix="van der",
    last_name="Voorbeeld",
    birth_on=date(1984, 5, 17),
    bsn="999990019",
    partner_birth_on=date(1986, 2, 3),
    children_birth_on=(date(2015, 8, 30),),
)


def state(reference: str | None = None, *, cents: int = 52410, policy: str = POLICY) -> ParticipantState:
    """One participant with two months of contribution; a reference of their own unless one is given."""
    return ParticipantState(
        policy_number=policy,
        person=replace(PERSON, reference=reference or str(uuid4())),
        participates=((date(2026, 1, 1), None),),
        amounts=(
            AmountInPeriod("contribution", date(2026, 10, 1), date(2026, 11, 1), cents),
            AmountInPeriod("contribution", date(2026, 11, 1), date(2026, 12, 1), cents + 1),
        ),
    )


def draft(
    told: ParticipantState,
    sequence: int = 1,
    *,
    composed_on: date = TODAY,
    message_id: str | None = None,
    before: ParticipantState | None = None,
) -> Draft:
    """A draft of a state, with a message id of its own unless one is given."""
    return Draft(
        message_id=message_id or str(uuid4()),
        sequence=sequence,
        reason="change" if before else "enrolment",
        composed_on=composed_on,
        state=told,
        changed=changed_amounts(before.amounts if before else (), told.amounts),
    )


DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@st.composite
def stretches(draw: st.DrawFn, *, may_be_open: bool) -> tuple[tuple[date, date | None], ...]:
    """Stretches in order that do not overlap; they may touch."""
    marks = sorted(draw(st.lists(DAYS, max_size=8, unique=True)))
    pairs: list[tuple[date, date | None]] = list(zip(marks[::2], marks[1::2], strict=False))
    if may_be_open and draw(st.booleans()):
        last = pairs[-1][1] if pairs else date(2020, 1, 1)
        assert last is not None
        pairs.append((last + timedelta(days=draw(st.integers(0, 400))), None))
    return tuple(pairs)


@st.composite
def states(draw: st.DrawFn) -> ParticipantState:
    """Any state that a pension provider accepts."""
    quantities = draw(
        st.lists(st.text("abcdefghijklmnopqrstuvwxyz_.", min_size=1, max_size=20), unique=True, max_size=4)
    )
    amounts = tuple(
        AmountInPeriod(quantity, start, until, draw(st.integers(0, 10**12)))
        for quantity in sorted(quantities)
        for start, until in draw(stretches(may_be_open=False))
        if until is not None
    )
    return ParticipantState(
        policy_number=POLICY,
        person=Person(
            reference=PERSON.reference,
            employee_number=draw(TEXTS),
            initials=draw(TEXTS),
            prefix=draw(TEXTS),
            last_name=draw(TEXTS),
            birth_on=draw(st.dates(date(1930, 1, 1), date(2012, 1, 1))),
            bsn=draw(st.sampled_from(BSNS)),
            partner_birth_on=draw(st.none() | st.dates(date(1930, 1, 1), date(2012, 1, 1))),
            children_birth_on=tuple(draw(st.lists(st.dates(date(1990, 1, 1), date(2026, 1, 1)), max_size=4))),
        ),
        participates=draw(stretches(may_be_open=True)),
        amounts=amounts,
    )
