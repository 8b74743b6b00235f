"""Voluntary contribution by hand: the wish as far as the room of the year goes."""

import random
from decimal import Decimal

from tests.engine.oracles._pension import (
    FIGURES,
    Facts,
    Terms,
    by_age,
    cents,
    draw_person,
    months_of_age,
    pension_base,
    percent,
    periods,
    takes_part,
)

SCHEMES: list[dict[str, object]] = [
    {**FIGURES, "highest_rate": "30", "regular_rate": "24"},
    {
        **FIGURES,
        "highest_rate": "30",
        "regular_rate": "27.9875",
        "uses_unused_room": True,
        "wish_is": "a_wage_period",
    },
    {
        **FIGURES,
        "room_form": "by_age",
        "highest_rate": "30",
        "highest_scale": {15: "5.7", 40: "12", 55: "23.3"},
        "regular_scale": {15: "4.125", 40: "9.3", 50: "14"},
        "base_order": "actual_with_full_franchise",
        "base_rounding": "whole_down",
    },
    {**FIGURES, "highest_rate": "30", "regular_rate": "33"},
]


def facts(draw: random.Random) -> Facts:
    return {
        **draw_person(draw),
        "voluntary_contribution": draw.choice([0, 1, 10_000, 120_000, 196_008, draw.randrange(1_000_000)]),
        "unused_pension_room": draw.choice([0, 250_000, draw.randrange(1_000_000)]),
    }


def amounts(facts: Facts, terms: Terms) -> dict[str, Decimal]:
    if not takes_part(facts, terms):
        return {}
    years = months_of_age(facts) // 12
    if terms.get("room_form") == "by_age":
        left = by_age(terms["highest_scale"], years) - by_age(terms["regular_scale"], years)
    else:
        left = percent(terms, "highest_rate") - percent(terms, "regular_rate")
    room = pension_base(facts, terms) * max(left, Decimal(0))
    if terms.get("uses_unused_room"):
        room += Decimal(facts["unused_pension_room"]) / 100
    room = cents(room)
    wish = Decimal(facts["voluntary_contribution"]) / 100
    if terms.get("wish_is") == "a_wage_period":
        wish *= periods(facts)
    return {
        "fiscal_room": room,
        "employee_contribution": cents(min(wish, room) / periods(facts)),
        "refused_contribution": cents(max(wish - room, Decimal(0))),
    }
