"""A short sample of `make mutation`: mistakes in rules are made, and cases or oracles notice them."""

import importlib
import inspect
import json
import random

import pytest
from tests.mutation import score as scoring
from tests.mutation.__main__ import TOLD, WANTED
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.score import modules, reasons, score

SOURCE = '''
from schakel.engine.exact import Count, lowest
LIMIT = 3
@rule(source="x", nl="x", formula_nl="x", formula_en="x", rounds=HALF_UP)
def capped(amount: Count) -> Count:
    """Capped 12."""
    return choose(amount < LIMIT, lowest(amount, 5) + 1, rounded_to(amount, "cent_half_up"))
'''


def of(module: str) -> list[Mutant]:
    return mutants(inspect.getsource(importlib.import_module(module)))


@pytest.mark.parametrize("module", modules())
def test_a_sample_of_mistakes_is_noticed(module: str) -> None:
    every = of(module)
    found = score(module, random.Random(module).sample(every, min(4, len(every))))
    told = json.loads(TOLD.read_text(encoding="utf-8"))["modules"]
    known = told.get(module.removeprefix("schakel.engine."), {"survived": []})
    new = set(found.survived) - set(known["survived"])
    assert not new, f"no case and no oracle notices, and the last campaign does not list it: {new}"


def test_the_last_campaign_reached_its_score() -> None:
    told = json.loads(TOLD.read_text(encoding="utf-8"))
    assert told["percent"] >= WANTED
    below = {name: one["percent"] for name, one in told["modules"].items() if one["percent"] < WANTED}
    assert not below


def test_every_kind_of_mistake_is_made() -> None:
    made = {mutant.name for mutant in mutants(SOURCE)}
    assert made >= {
        "LIMIT: 3 → 4",
        "capped: HALF_UP → _rounding.DOWN",
        "capped: HALF_UP → _rounding.UP",
        "capped: amount < LIMIT → amount <= LIMIT",
        "capped: amount < LIMIT → amount >= LIMIT",
        "capped: lowest(amount, 5) → highest(amount, 5)",
        "capped: lowest(amount, 5) → amount",
        "capped: lowest(amount, 5) → 5",
        "capped: lowest(amount, 5) + 1 → lowest(amount, 5) - 1",
        "capped: 5 → 6",
        "capped: 1 → 2",
        "capped: 'cent_half_up' → 'cent_down'",
        "capped: rounded_to(amount, 'cent_half_up') → amount",
    }


def test_words_for_people_are_no_mistakes() -> None:
    assert not any("12" in mutant.was or "'x'" in mutant.was for mutant in mutants(SOURCE))


def test_without_cases_a_mistake_survives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "cases", lambda _name: ())
    monkeypatch.setattr(scoring, "months", lambda _name: ())
    module = "schakel.engine.benefits.home_working_allowance.rules"
    found = score(module, [one for one in of(module) if "HALF_UP" in one.was])
    assert len(found.survived) == 4
    assert found.percent == 0


def test_rules_are_themselves_again_after_a_mutant() -> None:
    module = "schakel.engine.benefits.wga_gap.rules"
    assert score(module, of(module)[:1]).killed == 1
    assert all(scoring.holds(case) for case in scoring.cases("wga_gap"))


def test_what_is_listed_as_equivalent_is_a_mutant_with_a_reason() -> None:
    for module, listed in reasons().items():
        made = {mutant.name for mutant in of(module)}
        assert listed.keys() <= made, module
        assert all(len(reason) > 20 for reason in listed.values())
