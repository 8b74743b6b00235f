"""Statutory figures: dated, cited, never overlapping, refused when missing; and the page lists them as they are."""

import re
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from schakel.engine.benefit import Benefit
from schakel.engine.catalogue import BENEFITS
from schakel.engine.errors import NoParameterInForce
from schakel.engine.parameters import CERTAINTIES, SIZES, Parameter, read, statutory
from schakel.engine.scheme import KEYS

PAGE = Path(__file__).parents[2] / "docs" / "calculations" / "parameters.md"
NAMES = sorted(one.name for one in statutory())
#: What was set anew four times or more; the others hold until the law changes, or go by date of birth.
YEARLY = [name for name in NAMES if len(statutory()[name].values) >= 4 and name != "state_pension_age"]


# -- Every figure ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_is_dated_cited_and_marked(name: str) -> None:
    parameter = statutory()[name]
    assert parameter.law
    assert parameter.nl
    assert parameter.en
    for value in parameter.values:
        assert len(value.source) > 5
        assert value.certainty in CERTAINTIES
        assert parameter.lowest <= value.highest <= parameter.highest


@pytest.mark.parametrize("name", NAMES)
def test_for_one_day_and_one_state_of_knowledge_there_is_one_figure(name: str) -> None:
    parameter = statutory()[name]
    for value in parameter.values:
        same = [
            one
            for one in parameter.values
            if one.known_from == value.known_from and one.holds(value.start) and one.is_for(value.birth_from)
        ]
        assert same == [value]


@pytest.mark.parametrize("name", NAMES)
def test_a_table_is_dense(name: str) -> None:
    parameter = statutory()[name]
    assert bool(parameter.size) == bool(parameter.key)
    if parameter.key in KEYS:
        assert parameter.size == KEYS[parameter.key]
    for value in parameter.values:
        assert len(value.table) == parameter.size
        assert all(type(one) is int for one in value.table)


@pytest.mark.parametrize("name", YEARLY)
def test_what_is_published_every_year_does_not_run_on_into_a_year_without_a_figure(name: str) -> None:
    parameter = statutory()[name]
    last = max(value.until or date.max for value in parameter.values)
    assert last <= date(2028, 1, 1)
    with pytest.raises(NoParameterInForce) as refused:
        parameter.at(last)
    assert refused.value.about == name


def test_a_table_is_as_long_as_a_term_expects_it() -> None:
    assert SIZES.items() <= KEYS.items()


def test_what_is_only_proposed_is_not_known() -> None:
    for name in (
        "statutory_pensionable_salary_cap",
        "wkr_free_space_low_rate",
        "wkr_free_space_limit",
        "compulsory_excess_per_year",
        "car_addition_zero_emission_rate",
    ):
        with pytest.raises(NoParameterInForce):
            statutory()[name].at(date(2027, 1, 1))


@pytest.mark.parametrize("benefit", BENEFITS, ids=lambda one: one.name)
def test_a_term_points_to_a_figure_in_its_own_unit(benefit: Benefit) -> None:
    for term in benefit.terms.values():
        if term.statutory is None:
            continue
        parameter = statutory()[term.statutory]
        assert parameter.unit.scale == term.unit.scale, term.name
        assert parameter.unit.is_money == term.unit.is_money, term.name
        assert parameter.size == (KEYS[term.key] if term.key else 0), term.name
        lowest, highest = term.bounds
        assert all(lowest <= value.highest <= highest for value in parameter.values), term.name


# -- What became known later -------------------------------------------------------------------------------

KILOMETRES = "tax_free_travel_amount_per_km"


def test_a_raise_with_retroactive_effect_was_not_known_the_day_before() -> None:
    march = date(2026, 3, 1)
    before, after = (statutory().known_on(date(2026, 5, day)) for day in (16, 17))
    assert before[KILOMETRES].at(march).value == 2_300
    assert after[KILOMETRES].at(march).value == 2_500
    assert statutory()[KILOMETRES].at(march).value == 2_500
    assert statutory()[KILOMETRES].at(march, known_on=date(2026, 5, 16)).value == 2_300
    assert statutory()[KILOMETRES].at(march, known_on=date(2026, 5, 17)).value == 2_500
    assert (
        before[KILOMETRES].at(date(2025, 12, 31)).value
        == after[KILOMETRES].at(date(2025, 12, 31)).value
        == 2_300
    )


def test_the_latest_known_wins_whatever_the_order() -> None:
    text = TRAVEL.replace("value: 0.23", "value: 0.23, known_from: 2026-09-01")
    found = read(f"{text}    - {{from: 2026-01-01, value: 0.25, known_from: 2026-05-17, {CITED}}}\n")[
        "kilometres"
    ]
    assert found.at(date(2026, 2, 1)).value == 2_300
    assert found.at(date(2026, 2, 1), known_on=date(2026, 8, 31)).value == 2_500
    with pytest.raises(NoParameterInForce):
        found.at(date(2026, 2, 1), known_on=date(2026, 5, 16))


def test_a_set_as_known_on_a_day_keeps_every_other_figure() -> None:
    early = statutory().known_on(date(2020, 1, 1))
    assert {one.name for one in early} == set(NAMES)
    changed = {one.name for one in early if one != statutory()[one.name]}
    assert changed == {KILOMETRES}


# -- How a file is read ------------------------------------------------------------------------------------

CITED = 'certainty: verified, source: "Staatscourant: a notice"'
TRAVEL = f"""kilometres:
  nl: "vergoeding"
  en: "allowance"
  unit: euros_per_kilometre
  law: "Wet"
  values:
    - {{from: 2026-01-01, value: 0.23, {CITED}}}
"""
SCALE = f"""scale:
  nl: "staffel"
  en: "scale"
  unit: percent
  law: "Wet"
  key: age
  values:
    - {{from: 2026-01-01, table: {{0: 0, 15: 3.4, 20: 3.9}}, {CITED}}}
"""


def test_a_table_is_written_by_what_it_starts_at() -> None:
    ages = read(SCALE)["scale"].at(date(2026, 1, 1)).table
    assert ages == (0,) * 15 + (34_000,) * 5 + (39_000,) * 111


def test_a_table_by_something_of_its_own_says_its_size() -> None:
    text = SCALE.replace("key: age", "key: years\n  size: 22")
    assert len(read(text)["scale"].at(date(2026, 1, 1)).table) == 22
    with pytest.raises(ValueError, match=r"^scale: missing size"):
        read(SCALE.replace("key: age", "key: years"))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('  law: "Wet"\n', "", r"^kilometres: missing law$"),
        ("euros_per_kilometre", "euros_per_mile", r"^kilometres: unit 'euros_per_mile' is none of "),
        ("from: 2026-01-01, ", "", r"^kilometres \(no date\): missing from$"),
        ("value: 0.23, ", "", r"^kilometres 2026-01-01: missing value$"),
        ("0.23", "0.23001", r"^kilometres 2026-01-01: 0.23001 is finer than euros_per_kilometre can hold$"),
        ("0.23", "yes", r"^kilometres 2026-01-01: True is no number$"),
        ("0.23", "about", r"^kilometres 2026-01-01: 'about' is no number$"),
        ("0.23", ".nan", r"^kilometres 2026-01-01: nan is no amount"),
        ("0.23", "-0.23", r"^kilometres 2026-01-01: -0.23 is no amount"),
        ('source: "Staatscourant: a notice"', 'source: ""', r"^kilometres 2026-01-01: cite a source"),
        ("verified", "certain", r"^kilometres 2026-01-01: cite a source and a certainty"),
        ("certainty: verified, ", "", r"^kilometres 2026-01-01: cite a source and a certainty"),
        ("value: 0.23", "value: 0.23, status: proposed", r"^kilometres 2026-01-01: unknown field status$"),
        ("value: 0.23", "value: 0.23, table: {0: 1}", r"^kilometres 2026-01-01: one figure has a value"),
        ("from: 2026-01-01", "from: 2026", r"^kilometres 2026: 2026 is no date"),
        ("value: 0.23", "value: 0.23, until: 2026-01-01", r"^kilometres 2026-01-01: until .* is not after"),
        ("value: 0.23", "value: 0.23, known_from: 2025-12-01", r"^kilometres 2026-01-01: known_from is only"),
        ("  values:", "  highest: 0.1\n  values:", r"^kilometres: a value is above highest"),
        ("  values:", "  size: 3\n  values:", r"^kilometres: a size without a key"),
        ("  values:", "  until: 3\n  values:", r"^kilometres: unknown field until$"),
    ],
)
def test_a_wrong_figure_is_refused_with_its_name_and_date(old: str, new: str, message: str) -> None:
    assert old in TRAVEL
    with pytest.raises(ValueError, match=message):
        read(TRAVEL.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("0: 0, 15", "15", r"^scale 2026-01-01: a table runs upwards from 0"),
        ("20: 3.9", "10: 3.9", r"^scale 2026-01-01: a table runs upwards from 0"),
        ("20: 3.9", "131: 3.9", r"^scale 2026-01-01: the table ends at 130, but has an entry at 131$"),
        ("20: 3.9", "20-24: 3.9", r"^scale 2026-01-01: a table is "),
        ("20: 3.9", "20: 3.90001", r"^scale 2026-01-01: 3.90001 is finer than share can hold$"),
        ("{0: 0, 15: 3.4, 20: 3.9}", "3.4", r"^scale 2026-01-01: a table is "),
        ("table: {0: 0, 15: 3.4, 20: 3.9}", "value: 3.4", r"^scale 2026-01-01: missing table$"),
        ("key: age", "key: age\n  size: 100", r"^scale: a table by age has 131 entries, not 100$"),
    ],
)
def test_a_wrong_table_is_refused_with_its_name_and_date(old: str, new: str, message: str) -> None:
    assert old in SCALE
    with pytest.raises(ValueError, match=message):
        read(SCALE.replace(old, new))


def test_two_figures_for_one_day_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^kilometres 2026-06-01: overlaps the entry of 2026-01-01"):
        read(f"{TRAVEL}    - {{from: 2026-06-01, value: 0.25, {CITED}}}\n")
    beside = TRAVEL.replace("value: 0.23", "until: 2026-06-01, value: 0.23")
    found = read(f"{beside}    - {{from: 2026-06-01, value: 0.25, {CITED}}}\n")["kilometres"]
    assert [found.at(date(2026, 5, 31)).value, found.at(date(2026, 6, 1)).value] == [2_300, 2_500]


def test_figures_for_different_dates_of_birth_stand_beside_each_other() -> None:
    older = TRAVEL.replace("value: 0.23", "birth_until: 1960-01-01, value: 0.23")
    found = read(f"{older}    - {{from: 2026-01-01, birth_from: 1960-01-01, value: 0.25, {CITED}}}\n")[
        "kilometres"
    ]
    assert found.at(date(2026, 1, 1), birth_on=date(1959, 12, 31)).value == 2_300
    assert found.at(date(2026, 1, 1), birth_on=date(1960, 1, 1)).value == 2_500


# -- The page ----------------------------------------------------------------------------------------------


def years(parameter: Parameter) -> str:
    """The stretches a figure is known for: whole years, or months when it changes within a year."""
    if any(value.birth_from for value in parameter.values):
        return f"born from {min(value.birth_from for value in parameter.values if value.birth_from)}"
    stretches: list[tuple[date, date]] = []
    for value in sorted(parameter.values, key=lambda one: one.start):
        until = value.until or date.max
        if stretches and value.start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(until, stretches[-1][1]))
        else:
            stretches.append((value.start, until))
    return ", ".join(_stretch(*one) for one in stretches)


def _stretch(start: date, until: date) -> str:
    is_whole = (start.month, start.day) == (1, 1)
    if until == date.max:
        return f"from {start.year if is_whole else start}"
    last = until - timedelta(days=1)
    if not is_whole or (last.month, last.day) != (12, 31):
        return f"{start:%Y-%m}–{last:%Y-%m}"
    return f"{start.year}" if start.year == last.year else f"{start.year}–{last.year}"


def row(parameter: Parameter) -> str:
    unit = f"{parameter.unit.name}, by {parameter.key}" if parameter.key else parameter.unit.name
    counts = ", ".join(
        f"{certainty} {count}"
        for certainty in CERTAINTIES
        if (count := sum(value.certainty == certainty for value in parameter.values))
    )
    return (
        f"| `{parameter.name}` | {parameter.en} ({parameter.nl}) | {unit} | {parameter.law} | "
        f"{years(parameter)} | {counts} |"
    )


def test_the_page_lists_every_figure_as_it_is() -> None:
    page = PAGE.read_text(encoding="utf-8")
    listed = [line for line in page.splitlines() if re.match(r"\| `\w+` \|.*\|.*\|.*\|.*\|.*\|$", line)]
    assert listed == [row(statutory()[name]) for name in NAMES]


def test_the_page_counts_how_sure_the_figures_are() -> None:
    page = PAGE.read_text(encoding="utf-8")
    values = [value for parameter in statutory() for value in parameter.values]
    assert f"{len(NAMES)} parameters with {len(values)} dated entries" in page
    for certainty in CERTAINTIES:
        count = sum(value.certainty == certainty for value in values)
        assert re.search(rf"^\| {certainty} \| {count} \|", page, re.MULTILINE), (certainty, count)


def test_next_year_is_the_one_entry_that_the_page_shows() -> None:
    line = next(
        line
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("    - {from: 2027-01-01")
    )
    text = (files("schakel.engine") / "statutory" / "pension.yaml").read_text(encoding="utf-8")
    assert read(text)["statutory_franchise"].starts >= {date(2026, 1, 1), date(2027, 1, 1)}
    with pytest.raises(NoParameterInForce):
        read(text)["statutory_franchise"].at(date(2027, 1, 1))
    start = text.index("    - {from: 2026-01-01", text.index("statutory_franchise:"))
    end = text.index("\n", start) + 1
    added = read(f"{text[:end]}{line}\n{text[end:]}")["statutory_franchise"]
    assert added.at(date(2027, 12, 31)).value == 1_999_900
    assert added.at(date(2026, 12, 31)).value == 1_917_200
    with pytest.raises(NoParameterInForce):
        added.at(date(2028, 1, 1))
