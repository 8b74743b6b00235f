"""Comments say why: nothing is left for later, no ticket must be looked up, no check is silenced without a reason."""

import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from tests.house.sources import ROOT

LATER = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
TICKET = re.compile(
    r"(?:\b(?:issue|ticket|bug|pull request|PR)\s*|(?<![\w&]))#\d+|\b(?:issue|ticket|PR) \d+", re.I
)
# Migrations are written by Django, which never silences anything.
SILENCED = re.compile(r"noqa: (?P<codes>[A-Z]+\d+(?:, [A-Z]+\d+)*)|type: ignore\[(?P<types>[\w, -]+)\]")
BLANKET = re.compile(r"noqa(?!: [A-Z])|type: ignore(?!\[)")
REASON = re.compile(r"\w+ \w+")
NEAR = 3  # imports of one block, with an empty line between the outside's and ours


@cache
def comments(path: Path) -> tuple[tuple[int, str], ...]:
    """The comments of one file with their lines."""
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text()).readline)
    return tuple((token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT)


def files() -> Iterator[Path]:
    for folder in ("src", "tests", "scripts"):
        yield from sorted(path for path in (ROOT / folder).rglob("*.py") if path != Path(__file__))


def found(look: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{line} {comment}"
        for path in files()
        for line, comment in comments(path)
        if look.search(comment)
    ]


def unreasoned(lines: tuple[tuple[int, str], ...]) -> list[tuple[int, str]]:
    """Silenced checks without a reason. One reason holds for the same check in the lines just below."""
    wrong: list[tuple[int, str]] = []
    reasoned: dict[str, int] = {}
    for line, comment in lines:
        if not (silenced := SILENCED.search(comment)):
            continue
        if REASON.search(comment[silenced.end() :]) or line - reasoned.get(silenced[0], -NEAR) <= NEAR:
            reasoned[silenced[0]] = line
        else:
            wrong.append((line, comment))
    return wrong


def test_nothing_is_left_for_later() -> None:
    assert found(LATER) == []


def test_no_comment_needs_a_list_of_tickets_to_be_understood() -> None:
    assert found(TICKET) == []


def test_a_check_is_silenced_by_name() -> None:
    assert found(BLANKET) == []


def test_a_silenced_check_says_why() -> None:
    told = {str(path.relative_to(ROOT)): unreasoned(comments(path)) for path in files()}
    assert {name: lines for name, lines in told.items() if lines} == {}


@pytest.mark.parametrize(
    ("look", "text"),
    [
        (LATER, "# TODO: later"),
        (TICKET, "# see #123"),
        (TICKET, "# issue 12"),
        (BLANKET, "x  # noqa"),
        (BLANKET, "x  # type: ignore"),
    ],
)
def test_the_look_finds_what_it_looks_for(look: re.Pattern[str], text: str) -> None:
    assert look.search(text)


def test_one_reason_holds_for_the_lines_below_it() -> None:
    said = (3, "# noqa: PLC0415 - only after Django")
    assert unreasoned((said, (4, "# noqa: PLC0415"), (5, "# noqa: PLC0415"))) == []
    assert unreasoned((said, (7, "# noqa: PLC0415"))) == [(7, "# noqa: PLC0415")]
    assert unreasoned((said, (4, "# noqa: S102"))) == [(4, "# noqa: S102")]
