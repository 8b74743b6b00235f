"""A mistake in a case file is named with its line and what is allowed there, in Dutch and in English."""

import pytest

from schakel.engine.case_file import CaseMistake, read_case

GOOD = """title: Full time
source: derived by hand
benefit: retirement_pension
wage_period: month
facts:
  birth_on: 1984-05-17
  is_employed: [{from: 2020-01-01, value: true}]
  salary_kind: full_time
  salary_amount: 4000.00
  part_time_factor: 1
terms:
  - {from: 2020-01-01, contribution_rate: 26.5}
expected:
  - {period: 2026-01, contribution: 721.42}
"""

MISTAKES = [
    ("benefit: retirement_pension", "benefit: pension", "Line 3", "retirement_pension"),
    ("wage_period: month", "wage_period: monthly", "Line 4", "month, four_weeks, week"),
    ("  birth_on: 1984-05-17", "  birth_on: 17-05-1984", "Line 6", "2026-01-01"),
    ("  salary_kind: full_time", "  salary_kind: fulltime", "Line 8", "full_time, part_time, hourly"),
    ("  salary_amount: 4000.00", "  salary_amount: 4.000,00", "Line 9", "4000.00"),
    ("  salary_amount: 4000.00", "  salary_amount: 4000.001", "Line 9", "1/100"),
    ("  salary_amount: 4000.00", "  salary_amount: Infinity", "Line 9", "4000.00"),
    ("  salary_amount:", "  salaris:", "Line 9", "salary_amount"),
    ("contribution_rate: 26.5", "contribution_rate: 40", "Line 12", "0 … 33"),
    ("contribution_rate: 26.5", "contribution: 26.5", "Line 12", "contribution_rate"),
    (
        "  - {from: 2020-01-01, contribution_rate: 26.5}",
        "  - {from: 2020-01-01}",
        "Line 12",
        "contribution_rate",
    ),
    ("{period: 2026-01,", "{period: 2026-13,", "Line 14", "2026-01"),
    ("contribution: 721.42", "premium: 721.42", "Line 14", "contribution"),
    ("contribution: 721.42}", "}", "Line 14", "at least one amount"),
    ("title: Full time\n", "", "Line 1", "'title' is missing"),
    ("title: Full time", "title: [Full time", "Line", "YAML"),
    ("title: Full time", "title: &a Full\nsource: *a", "Line", "YAML"),
    ("source: derived by hand", "title: again", "Line 2", "twice"),
    (
        "[{from: 2020-01-01, value: true}]",
        "[{from: 2020-01-01, until: 2019-01-01, value: true}]",
        "Line 7",
        "after from",
    ),
    (
        "[{from: 2020-01-01, value: true}]",
        "[{from: 2020-01-01, value: true}, {from: 2020-01-01, value: false}]",
        "Line 7",
        "at one time",
    ),
]


def test_a_good_case_is_read() -> None:
    case = read_case(GOOD)
    assert case.expected[0].amounts == {"contribution": 72_142}
    assert case.wage_periods[0].number == 1


@pytest.mark.parametrize(("right", "wrong", "line", "allowed"), MISTAKES)
def test_mistakes_are_named(right: str, wrong: str, line: str, allowed: str) -> None:
    assert GOOD.count(right) == 1
    with pytest.raises(CaseMistake) as caught:
        read_case(GOOD.replace(right, wrong))
    english, dutch = caught.value.message("en"), caught.value.message("nl")
    assert english.startswith(line)
    assert allowed in english
    assert dutch.startswith("Regel")


@pytest.mark.parametrize("text", ["", "just text", "- a list", "facts: {", "\x00"])
def test_what_is_no_case_is_refused(text: str) -> None:
    with pytest.raises(CaseMistake):
        read_case(text)
