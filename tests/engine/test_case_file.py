"""A mistake in a case file is named with its line and what is allowed there, in Dutch and in English."""

import random
from datetime import date

import pytest

from schakel.engine.calculation import calculate
from schakel.engine.case_file import Case, CaseMistake, read_case

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
    ("title: Full time", "title: [Full time", "Line", "a comma or ]"),
    ("title: Full time", "title: &a Full\nsource: *a", "Line", "YAML"),
    ("source: derived by hand", "title: again", "Line 2", "'title' stands here twice"),
    ("title: Full time", "title: Full time: a case", "Line 1", "between quotes"),
    ("title: Full time", "title: %full time", "Line 1", "starts with % goes between quotes"),
    ("source: derived by hand", "\tsource: derived by hand", "Line 2", "indent with spaces"),
    ("source: derived by hand", "---\nsource: derived by hand", "Line 2", "leave out ---"),
    ("source: derived by hand", "source derived by hand", "Line 3", "write name: value"),
    (
        "benefit: retirement_pension",
        "benefit: retirement_pensoin",
        "Line 3",
        "do you mean retirement_pension?",
    ),
    ("  salary_amount: 4000.00", "  salary_amount: [4000.00]", "Line 9", "or a list of {from, value}"),
    ("  salary_amount: 4000.00", "  salary_amount:", "Line 9", "salary_amount: a value is missing"),
    ("  salary_amount: 4000.00", "  salary_amuont: 4000.00", "Line 9", "do you mean salary_amount?"),
    ("contribution_rate: 26.5", "contribution_rat: 26.5", "Line 12", "do you mean contribution_rate?"),
    ("contribution_rate: 26.5", "contribution_rate: 26,50", "Line 12", "a point and no comma"),
    (
        "[{from: 2020-01-01, value: true}]",
        "[{from: 2020-01-01, until: 2019-01-01, value: true}]",
        "Line 7",
        "is_employed: until is the first day that no longer counts, and comes after from",
    ),
    (
        "[{from: 2020-01-01, value: true}]",
        "[{from: 2020-01-01, value: true}, {from: 2020-01-01, value: false}]",
        "Line 7",
        "is_employed: two values hold at one time, on 2020-01-01",
    ),
]


def test_a_good_case_is_read() -> None:
    case = read_case(GOOD)
    assert case.expected[0].amounts == {"contribution": 72_142}
    assert case.wage_periods[0].number == 1


def test_statutory_figures_are_those_known_on_a_day() -> None:
    known = read_case("known_on: 2026-05-16\n" + GOOD).parameters
    later = read_case(GOOD).parameters
    on = date(2026, 3, 1)
    name = "tax_free_travel_amount_per_km"
    assert known[name].at(on).value < later[name].at(on).value


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


WIDE = """title: Own figures and steps
source: derived by hand
benefit: retirement_pension
wage_period: month
facts:
  birth_on: 1984-05-17
  is_employed: true
  salary_kind: full_time
  salary_amount: 4000.00
  part_time_factor: 1
  hours_per_week: 38
terms:
  - from: 2020-01-01
    contribution_form: by_age
    contribution_scale:
      18: 5.7
      25: 6.9
    employee_form: per_tranche
    employee_tranches:
      - {up_to: 20000, percent: 4}
      - percent: 8
    figures:
      minimum:
        kind: euros
        value: 500
        source: art. 1
      scale:
        kind: percent_by_age
        value:
          0: 1
          40: 2
    steps:
      - name: pension_base
        is: highest(minimum, actual_pensionable_salary - franchise)
        rounds: whole_down
expected:
  - {period: 2026-01, pension_base: 32668.00}
"""

WIDE_MISTAKES = [
    ("      25: 6.9", "      25: 69", "Line 17", "0 … 60"),
    ("      25: 6.9", "      x: 6.9", "Line 17", "contribution_scale"),
    ("      25: 6.9", "      25: [1, 2]", "Line 17", "contribution_scale"),
    ("      25: 6.9", "      25: NaN", "Line 17", "contribution_scale"),
    ("      - percent: 8", "      - percent: 8x", "Line 21", "employee_tranches"),
    ("up_to: 20000", "up_to: much", "Line 20", "employee_tranches"),
    ("      - percent: 8", "      - {up_to: 100, percent: 8}", "Line 19", "the last without it"),
    ("        kind: euros", "        kind: guilders", "Line 24", "euros_an_hour"),
    ("        value: 500", "        value: 5e999999999", "Line 25", "minimum"),
    ("        source: art. 1", "        lowest: x", "Line 26", "lowest and highest"),
    ("        source: art. 1", "        page: 1", "Line 26", "'page' is not allowed"),
    ("        source: art. 1", "        certainty: sure", "Line 26", "verified, secondary"),
    ("        source: art. 1", "        statutory: [x]", "Line 26", "‘statutory’ is one value"),
    ("          40: 2", "          40: 200", "Line 31", "scale"),
    ("      minimum:", "      Minimum:", "Line 22", "small letters"),
    ("rounds: whole_down", "rounds: down", "Line 35", "whole_down"),
    ("rounds: whole_down", "round: whole_down", "Line 35", "'round' is not allowed"),
    ("rounds: whole_down", "unit: guilders", "Line 35", "euros_per_year"),
    ("highest(minimum,", "most(minimum,", "Line 34", "lowest, highest"),
    ("highest(minimum,", "highest(unknown,", "Line 34", "unknown"),
    ("- franchise)", "- franchise", "Line 34", "no formula"),
    ("- franchise)", "- franchise ** 2)", "Line 34", "operators are + - * /"),
    ("- franchise)", "- 1e99)", "Line 34", "without exponent"),
    (
        "- name: pension_base",
        "- name: pensoin_base\n        unit: euros_per_year",
        "Line 35",
        "nothing reads this step",
    ),
    ("pension_base: 32668.00", "pension_bass: 32668.00", "Line 37", "pension_base"),
    ("pension_base: 32668.00", "refused: whatever", "Line 37", "missing-fact"),
    ("expected:\n  - {period: 2026-01, pension_base: 32668.00}", "expected: []", "Line 36", "at least one"),
    ("  birth_on: 1984-05-17", "  birth_on: 0001-01-01", "Line 6", "1900-01-01"),
    (
        "  is_employed: true",
        "  is_employed: [{from: 2020-01-01, until: 9999-12-31, value: true}]",
        "Line 7",
        "2199",
    ),
    ("{period: 2026-01,", "{period: 99999999999-1,", "Line 37", "2026-01"),
    ("  salary_amount: 4000.00", "  salary_amount: 1e400000000", "Line 9", "4000.00"),
    ("  salary_amount: 4000.00", "  salary_amount: sNaN", "Line 9", "4000.00"),
    ("  salary_amount: 4000.00", "  salary_amount: {value: 1}", "Line 9", "one value"),
    ("  salary_amount: 4000.00", "  salary_amount: 1\n  salary_amount: 2", "Line 10", "twice"),
    ("  salary_amount: 4000.00", "  ? [a]\n  : 1", "Line 9", "no name"),
    ("source: derived by hand", "source: " + "[" * 3000, "Line 2", "too deep"),
    ("source: derived by hand", 'source: "\\UFFFFFFFF"', "Line 1", "no text"),
    ("source: derived by hand", 'source: "\\ud800"', "Line 2", "no text"),
    ("source: derived by hand", "source: \x07", "Line 2", "no text"),
]


def test_a_case_with_figures_and_steps_is_read() -> None:
    assert read_case(WIDE).expected[0].amounts == {"pension_base": 3_266_800}


@pytest.mark.parametrize(("right", "wrong", "line", "allowed"), WIDE_MISTAKES)
def test_mistakes_within_terms_are_named(right: str, wrong: str, line: str, allowed: str) -> None:
    assert WIDE.count(right) == 1
    with pytest.raises(CaseMistake) as caught:
        read_case(WIDE.replace(right, wrong))
    english, dutch = caught.value.message("en"), caught.value.message("nl")
    assert english.startswith(f"{line}: ")
    assert allowed in english
    assert dutch.startswith("Regel")
    assert english.endswith(".")
    assert not english.endswith("..")


PIECES = ["", "[", "]", "{", "}", ":", "-", " ", "\n", "'", '"', "#", "&a", "*a", "<<", "!!int 3", "|", "NaN",
          "-0", "1e9", "9" * 400, "true", "null", "~", "2026-02-30", "statutory", "\t", "é", "\\U00110000", "? ",
          "--- ", "lowest(1)", "1/0", "a if b else c", "says(x)", "not not 1", "-" * 50]  # fmt: skip


def read_or_refused(text: str) -> Case | None:
    """The case; None when it is refused in a sentence with a line. Anything else fails."""
    try:
        return read_case(text)
    except CaseMistake as mistake:
        if not mistake.message("en").startswith("Line ") or not mistake.message("nl").startswith("Regel "):
            raise
        return None


@pytest.mark.parametrize("seed", range(300))
def test_whatever_is_written_the_answer_is_a_case_or_a_sentence_with_a_line(seed: int) -> None:
    draw = random.Random(seed)
    text = draw.choice([GOOD, WIDE])
    for _ in range(draw.randint(1, 4)):
        start = draw.randrange(len(text))
        text = text[:start] + draw.choice(PIECES) + text[start + draw.choice([0, 0, 1, 4, 12]) :]
    case = read_or_refused(text)
    if case is not None:
        calculate(case.benefit, case.facts, case.terms, case.wage_periods, parameters=case.parameters)
