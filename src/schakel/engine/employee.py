"""The dated facts the rules may read, each with its unit and the range it can have."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from schakel.engine.errors import ImplausibleFact, MissingFact
from schakel.engine.timeline import Timeline
from schakel.engine.units import (
    CHOICE,
    COUNT,
    DATE,
    DATES,
    DAYS,
    EUROS,
    HOURS,
    KILOMETRES,
    SHARE,
    YES_NO,
    Unit,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """What a fact means, how its integer is to be read, and what it can be.

    `moment` says which reference date of the scheme it follows: salary, part_time, or none (each change counts).
    """

    name: str
    unit: Unit
    nl: str
    en: str
    lowest: int = 0
    highest: int = 1
    choices: tuple[str, ...] = ()
    moment: str = ""

    @property
    def range(self) -> str:
        """What it can be, in its unit as people write it: 0 … 1000000 euros, not cents."""
        low, high = (
            f"{(Decimal(one) / self.unit.scale).normalize():f}" for one in (self.lowest, self.highest)
        )
        return f"{low} … {high}"


def _facts(*facts: Fact) -> Mapping[str, Fact]:
    return {fact.name: fact for fact in facts}


MILLION = 100_000_000  #: a million euros, in cents
BILLION = 100_000_000_000

FACTS: Mapping[str, Fact] = _facts(
    # Person and household.
    Fact("birth_on", DATE, "geboortedatum", "date of birth"),
    Fact("has_partner", YES_NO, "heeft een partner", "has a partner"),
    Fact("partner_birth_on", DATE, "geboortedatum partner", "partner's date of birth"),
    Fact("children_birth_on", DATES, "geboortedata kinderen", "children's dates of birth"),
    # Employment.
    Fact("is_employed", YES_NO, "in dienst", "in service"),
    Fact("employed_since", DATE, "in dienst sinds", "in service since"),
    Fact("is_wia_insured", YES_NO, "verzekerd voor de WIA", "insured for the WIA"),
    Fact("employee_class", COUNT, "klasse", "class", 0, 99),
    Fact("wage_period_kind", CHOICE, "loontijdvak", "wage period", 0, 2, ("month", "four_weeks", "week")),
    # Salary and hours.
    Fact("salary_amount", EUROS, "salaris", "salary", 0, MILLION, moment="salary"),
    Fact(
        "salary_kind",
        CHOICE,
        "soort salaris",
        "kind of salary",
        0,
        2,
        ("full_time", "part_time", "hourly"),
        moment="salary",
    ),
    # Under one percent the full-time salary of a part-timer would be a guess, and the bounds need a floor.
    Fact(
        "part_time_factor", SHARE, "deeltijdfactor", "part-time factor", 10_000, 1_500_000, moment="part_time"
    ),
    Fact("hours_per_week", HOURS, "uren per week", "hours a week", 0, 8_000, moment="part_time"),
    Fact(
        "full_time_hours_per_week",
        HOURS,
        "voltijduren per week",
        "full-time hours a week",
        100,
        6_000,
        moment="salary",
    ),
    Fact("fixed_allowance", EUROS, "vaste toeslag", "fixed allowance", 0, MILLION, moment="salary"),
    Fact("shift_allowance", EUROS, "ploegentoeslag", "shift allowance", 0, MILLION, moment="salary"),
    Fact(
        "variable_pay_per_year",
        EUROS,
        "variabel loon per jaar",
        "variable pay a year",
        0,
        MILLION,
        moment="salary",
    ),
    Fact(
        "stated_wage_per_year", EUROS, "opgegeven jaarloon", "stated wage a year", 0, MILLION, moment="salary"
    ),
    Fact("wage_in_period", EUROS, "loon in het loontijdvak", "wage in the wage period", 0, MILLION),
    Fact("hours_in_period", HOURS, "uren in het loontijdvak", "hours in the wage period", 0, 40_000),
    Fact("paid_days", DAYS, "verloonde dagen in het loontijdvak", "paid days in the wage period", 0, 3_700),
    # Choices of the employee, and where they stand aside.
    Fact("has_waived", YES_NO, "heeft afstand gedaan", "has waived"),
    Fact("on_unpaid_leave", YES_NO, "met onbetaald verlof", "on unpaid leave"),
    Fact("chosen_level", COUNT, "gekozen niveau", "chosen level", 0, 99),
    Fact("chosen_amount", EUROS, "gekozen bedrag", "chosen amount", 0, MILLION),
    # Pension history.
    Fact("pension_service_months", COUNT, "pensioenmaanden tot nu toe", "pension months so far", 0, 840),
    Fact("unused_pension_room", EUROS, "onbenutte fiscale ruimte", "unused fiscal room", 0, MILLION),
    Fact("voluntary_contribution", EUROS, "vrijwillige inleg", "voluntary contribution", 0, MILLION),
    # Incapacity and absence; never a cause.
    Fact("incapacity_percent", COUNT, "percentage arbeidsongeschikt", "percentage incapacity", 0, 100),
    Fact(
        "wia_kind",
        CHOICE,
        "soort WIA-uitkering",
        "kind of WIA benefit",
        0,
        4,
        ("none", "wage_related", "wage_supplement", "follow_up", "iva"),
    ),
    Fact("incapacitated_since", DATE, "arbeidsongeschikt sinds", "incapacitated since"),
    Fact(
        "wage_before_incapacity",
        EUROS,
        "loon voor de arbeidsongeschiktheid",
        "wage before incapacity",
        0,
        MILLION,
    ),
    Fact("earnings_per_year", EUROS, "inkomen uit werk per jaar", "earnings from work a year", 0, MILLION),
    Fact(
        "residual_capacity_per_year",
        EUROS,
        "restverdiencapaciteit per jaar",
        "residual capacity a year",
        0,
        MILLION,
    ),
    Fact("wia_benefit_per_year", EUROS, "WIA-uitkering per jaar", "WIA benefit a year", 0, MILLION),
    Fact("absence_days", DAYS, "werkdagen verzuim", "working days absent", 0, 40_000),
    Fact(
        "absence_days_before",
        DAYS,
        "eerdere verzuimdagen van dit geval",
        "earlier days of this absence",
        0,
        60_000,
    ),
    Fact("absence_percent", COUNT, "verzuimpercentage", "percentage absent", 0, 100),
    Fact(
        "state_benefit_amount",
        EUROS,
        "vangnetuitkering in het loontijdvak",
        "safety-net benefit in the period",
        0,
        MILLION,
    ),
    # Accident.
    Fact("accident_disability_percent", COUNT, "invaliditeit door ongeval", "disability by accident", 0, 100),
    # Health.
    Fact("health_package", COUNT, "aanvullend pakket", "supplementary package", 0, 99),
    Fact("dental_package", COUNT, "tandartspakket", "dental package", 0, 99),
    Fact("own_risk_choice", COUNT, "gekozen eigen risico", "chosen excess", 0, 99),
    Fact("insured_adults", COUNT, "meeverzekerde volwassenen", "insured adults in the family", 0, 10),
    # Work travel and travel to work.
    Fact("travel_days_europe", DAYS, "reisdagen Europa", "travel days in Europe", 0, 3_700),
    Fact("travel_days_world", DAYS, "reisdagen wereld", "travel days in the world", 0, 3_700),
    Fact("commuting_days", DAYS, "dagen naar het werk", "days travelled to work", 0, 3_500),
    Fact("commuting_days_per_week", DAYS, "reisdagen per week", "days travelled to work a week", 0, 700),
    Fact("commuting_kilometres", KILOMETRES, "kilometers enkele reis", "kilometres one way", 0, 10_000),
    Fact(
        "travel_costs", EUROS, "reiskosten in het loontijdvak", "travel costs in the wage period", 0, MILLION
    ),
    Fact("business_kilometres", KILOMETRES, "zakelijke kilometers", "business kilometres", 0, 500_000),
    Fact("home_working_days", DAYS, "thuiswerkdagen", "days worked at home", 0, 3_500),
    # What no insurer carries.
    Fact("car_list_price", EUROS, "cataloguswaarde auto", "list price of the car", 0, MILLION),
    Fact("car_registered_on", DATE, "datum eerste toelating auto", "first registration of the car"),
    Fact("car_is_zero_emission", YES_NO, "auto zonder uitstoot", "zero-emission car"),
    Fact("car_is_private", YES_NO, "auto ook privé", "car also for private use"),
    Fact(
        "own_payment",
        EUROS,
        "eigen betaling in het loontijdvak",
        "own payment in the wage period",
        0,
        MILLION,
    ),
    Fact("bicycle_list_price", EUROS, "adviesprijs fiets", "list price of the bicycle", 0, 2_000_000),
    Fact("phone_is_necessary", YES_NO, "telefoon is noodzakelijk", "phone is necessary"),
    Fact(
        "phone_private_use",
        EUROS,
        "waarde privégebruik telefoon",
        "value of private use of the phone",
        0,
        MILLION,
    ),
    Fact(
        "training_costs",
        EUROS,
        "studiekosten in het loontijdvak",
        "training costs in the wage period",
        0,
        MILLION,
    ),
    Fact("training_is_mandatory", YES_NO, "verplichte scholing", "mandatory training"),
    Fact("training_paid_on", DATE, "datum studiekosten", "date of the training costs"),
    Fact(
        "training_costs_to_repay",
        EUROS,
        "studiekosten met terugbetaling",
        "training costs to repay",
        0,
        MILLION,
    ),
    Fact("leave_hours_bought", HOURS, "gekochte verlofuren", "leave hours bought", 0, 100_000),
    Fact("leave_hours_sold", HOURS, "verkochte verlofuren", "leave hours sold", 0, 100_000),
    Fact("choice_budget_spent", EUROS, "besteed keuzebudget", "choice budget spent", 0, MILLION),
    # The employer as a whole.
    Fact("wage_sum_per_year", EUROS, "loonsom per jaar", "wage sum a year", 0, 10 * BILLION),
    Fact(
        "wage_sum_two_years_ago",
        EUROS,
        "loonsom twee jaar eerder",
        "wage sum two years before",
        0,
        10 * BILLION,
    ),
    Fact("wga_benefits_charged", EUROS, "toegerekende WGA-uitkeringen", "WGA benefits charged", 0, BILLION),
    Fact("zw_benefits_charged", EUROS, "toegerekende ZW-uitkeringen", "ZW benefits charged", 0, BILLION),
    Fact("average_wage_sum", EUROS, "gemiddelde loonsom", "average wage sum", 0, 10 * BILLION),
    Fact("whk_available_years", COUNT, "beschikbare jaren Whk", "years available for the Whk", 0, 5),
    Fact(
        "absence_costs_per_year", EUROS, "verzuimkosten in het jaar", "absence costs in the year", 0, BILLION
    ),
    Fact("number_of_employees", COUNT, "aantal werknemers", "number of employees", 0, 1_000_000),
    Fact("persons_in_event", COUNT, "getroffenen in één gebeurtenis", "persons in one event", 0, 1_000_000),
    Fact("wkr_used", EUROS, "gebruikte vrije ruimte", "free space used", 0, BILLION),
)


@dataclass(frozen=True, slots=True)
class Sourced:
    """A value and an opaque reference to where it was stated."""

    value: Any
    origin: str = ""


@dataclass(frozen=True, slots=True)
class EmployeeTimeline:
    """All that is known of one employee over time: fact name → Timeline[Sourced]."""

    key: str
    facts: Mapping[str, Timeline[Sourced]]

    def find(self, fact: str, on: date) -> Sourced | None:
        """The value on a day, if it is known."""
        timeline = self.facts.get(fact)
        return None if timeline is None else timeline.at(on)

    def read(self, fact: str, on: date) -> Sourced:
        """The value on a day. Raises MissingFact."""
        timeline = self.facts.get(fact)
        found = None if timeline is None else timeline.at(on)
        if found is None or found.value is None:
            named = FACTS[fact]
            raise MissingFact(
                f"“{named.en}” is not known for {on}. Fill it in in payroll; the next sync takes it over.",
                f"“{named.nl}” is op {on:%d-%m-%Y} niet bekend. Vul het in de salarisadministratie in; "
                "de volgende synchronisatie neemt het over.",
                about=fact,
            )
        return found


def as_integer(fact: Fact, value: Any, on: date) -> int:
    """The integer rules calculate with. Raises ImplausibleFact when it is outside what the fact can be."""
    if fact.choices:
        if value not in fact.choices:
            raise _implausible(fact, on, ", ".join(fact.choices))
        return fact.choices.index(value)
    if fact.unit is DATE:
        return int(value.toordinal())
    number = int(value)
    if not fact.lowest <= number <= fact.highest:
        raise _implausible(fact, on, fact.range)
    return number


def _implausible(fact: Fact, on: date, allowed: str) -> ImplausibleFact:
    return ImplausibleFact(
        f"“{fact.en}” on {on} cannot be right; allowed: {allowed}. Correct it in payroll.",
        f"“{fact.nl}” op {on:%d-%m-%Y} kan niet kloppen; toegestaan: {allowed}. "
        "Herstel het in de salarisadministratie.",
        about=fact.name,
    )
