"""An explanation shows every unit as people write it, names roundings and choices, and repeats nothing."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schakel.engine.calculation import calculate
from schakel.engine.case_file import Case, read_case
from schakel.engine.explaining import explain_all
from schakel.engine.explanation import Explanation, shown
from schakel.engine.units import UNITS

FILES = sorted(Path(__file__).with_name("cases").rglob("*.yaml"))
CASE = """title: t
source: s
benefit: retirement_pension
wage_period: month
facts:
  birth_on: 1984-05-17
  is_employed: [{from: 2020-01-01, value: true}]
  salary_kind: full_time
  salary_amount: 4000.00
  part_time_factor: 1
terms:
  - from: 2020-01-01
    contribution_form: by_age
    contribution_scale: {18: 5.7, 40: 10, 45: 12}
    employee_rate: 4
    TERMS
expected:
  - {period: 2026-03, contribution: 0.00}
"""


def told(terms: str = "base_rounding: whole_down", language: str = "en", case: str = CASE) -> str:
    read = read_case(case.replace("TERMS", terms))
    seen: set[int] = set()
    return "\n".join(tree.tell(language, told=seen) for tree in trees(read))


def trees(case: Case) -> list[Explanation]:
    return [
        tree
        for period in case.wage_periods
        for tree in explain_all(
            case.benefit, case.facts, case.terms, period, parameters=case.parameters
        ).values()
    ]


SHOWN = [
    (123_456, "euros", "€ 1.234,56", "€1,234.56"),
    (-50, "euros", "-€ 0,50", "-€0.50"),
    (288_538_461_500, "fine_euros_per_year", "€ 2.885,384615", "€2,885.384615"),
    (2_885_000_000_000_001, "finest_euros_per_year", "€ 2.885,000000000001", "€2,885.000000000001"),
    (278_844_000_000, "fine_euros_per_year", "€ 2.788,44", "€2,788.44"),
    (97_024, "euros_per_hour", "€ 9,7024", "€9.7024"),
    (90_000, "euros_per_hour", "€ 9,0000", "€9.0000"),
    (2_500, "euros_per_kilometre", "€ 0,25", "€0.25"),
    (265_000, "share", "26,5 %", "26.5 %"),
    (2_850, "part", "28,5 %", "28.5 %"),
    (3_800, "hours", "38", "38"),
    (250, "days", "2,5", "2.5"),
    (125, "kilometres", "12,5 km", "12.5 km"),
    (3, "count", "3", "3"),
    (804, "months", "67 jaar", "67 years"),
    (805, "months", "67 jaar en 1 maand", "67 years and 1 month"),
    (2, "months", "2 maanden", "2 months"),
    (250, "multiple", "2,5", "2.5"),
    (1, "yes_no", "ja", "yes"),
    ("part_time", "choice", "deeltijdsalaris", "part-time salary"),
    ("cent_half_up", "word", "hele centen, vanaf een half naar boven", "whole cents, halves up"),
    (date(1984, 5, 17).toordinal(), "date", "17-05-1984", "1984-05-17"),
    ("1984-05-17", "date", "17-05-1984", "1984-05-17"),
    ("2015-03-01, 2018-11-20", "dates", "01-03-2015, 20-11-2018", "2015-03-01, 2018-11-20"),
    ("–", "text", "–", "–"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "unit", "nl", "en"), SHOWN)
def test_every_unit_is_shown_as_people_write_it(value: Any, unit: str, nl: str, en: str) -> None:
    assert (shown(value, unit, "nl"), shown(value, unit, "en")) == (nl, en)


def test_no_unit_is_left_out() -> None:
    assert UNITS.keys() - {unit for _, unit, _, _ in SHOWN} == {"euros_per_year", "euros_per_wage_period"}


def test_roundings_are_told_by_their_word() -> None:
    assert "rounding of the pension base: whole ones, down" in told()
    assert "(rounded to whole cents, halves up)" in told()
    assert "(rounded to whole cents, down)" in told("period_rounding: cent_down")
    assert "(afgerond op hele centen, naar beneden)" in told("period_rounding: cent_down", "nl")


def test_of_a_table_the_entry_that_was_looked_up_is_told_with_its_key() -> None:
    assert "contribution scale: 10 % = the table at 41" in told()
    assert "premiestaffel: 10 % = de tabel bij 41" in told(language="nl")


def test_what_was_told_is_only_named_after_that() -> None:
    text = told()
    assert text.count("kind of salary: ") == 1
    assert text.count("contribution: ") > text.count("contribution: €272.23 = ") == 1
    assert "(as above)" in text
    assert "(zie boven)" in told(language="nl")


def test_own_steps_tell_their_formula_source_rounding_and_how_sure_it_is() -> None:
    text = told(
        "figures: {minimum: {kind: euros, value: 500, source: art. 3, certainty: secondary}}\n"
        "    steps: [{name: pension_base, is: 'highest(minimum, actual_pensionable_salary / 2)', rounds: whole_down,"
        " source: art. 4, certainty: memory}]"
    )
    assert (
        "€25,920.00 = highest(minimum, actual_pensionable_salary / 2) (rounded to whole ones, down)"
        " — art. 4 (not looked up)" in text
    )
    assert "minimum: €500.00 — art. 3 (from others who publish it)" in text


def test_the_year_so_far_tells_what_earlier_wage_periods_came_to() -> None:
    text = told("residual: year_to_date")
    assert "the year so far rounded" in text
    assert "contribution 2026-01: €272.23" in text
    assert "contribution 2026-02: " in text


def test_a_wage_period_that_is_cut_tells_its_days_as_the_scheme_counts_them() -> None:
    case = CASE.replace("salary_amount: 4000.00", "salary_amount: [{from: 2020-01-01, value: 4000}, "
                        "{from: 2026-03-16, value: 4200}]")  # fmt: skip
    assert "16 of 31 days" in told(case=case)
    assert "12 of 22 working days" in told("proration: working_days", case=case)
    assert "working days ÷ 261" in told("proration: days_of_261", case=case)


def test_who_does_not_take_part_is_told_why() -> None:
    case = CASE.replace("value: true", "value: false").replace(
        "contribution: 0.00", "not_participating: is_in_service"
    )
    assert "does not take part" in told(case=case)
    assert "in service: no" in told(case=case)


def test_steps_that_read_each_other_twice_make_no_tree_without_end() -> None:
    steps = [
        f"{{name: step_{n}, is: step_{n - 1} + step_{n - 2} / 2, unit: euros_per_year}}" for n in range(2, 60)
    ]
    first = ["{name: step_0, is: 100, unit: euros_per_year}", "{name: step_1, is: 1, unit: euros_per_year}"]
    # The lowest keeps what grows within what can be calculated.
    grown = [one.replace("is: ", "is: 'lowest(900000, ").replace(", unit", ")', unit") for one in steps]
    terms = f"steps: [{', '.join([*first, *grown])}, {{name: pension_base, is: step_59}}]"
    read = read_case(CASE.replace("TERMS", terms))
    tree = explain_all(read.benefit, read.facts, read.terms, read.wage_periods[0])["pension_base"]
    assert tree.tell().count("step 30") < 5
    assert len(str(tree.as_dict())) < 10_000_000


def test_for_programs_every_field_stays() -> None:
    tree = trees(read_case(CASE.replace("TERMS", "base_rounding: none")))[1]
    data = tree.as_dict()
    assert (data["kind"], data["name"], data["value"], data["rounds"]) == (
        "amount", "contribution", 27_223, "cent_half_up",
    )  # fmt: skip
    assert data["operands"][0]["name"] == "contribution_per_year"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_case_can_be_told_in_both_languages(path: Path) -> None:
    case = read_case(path.read_text(encoding="utf-8"))
    results = calculate(case.benefit, case.facts, case.terms, case.wage_periods, parameters=case.parameters)
    for period in [one.wage_period for one in results if one.refusal is None][:2]:
        found = explain_all(case.benefit, case.facts, case.terms, period, parameters=case.parameters)
        for language in ("nl", "en"):
            seen: set[int] = set()
            for tree in found.values():
                assert tree.tell(language, told=seen)
