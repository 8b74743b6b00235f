"""Choices that many benefits share: the wage that counts, and when things count."""

from schakel.engine.rounding import ROUNDINGS, SIZES, size_of
from schakel.engine.scheme import Term


def word(name: str, nl: str, en: str, *words: str, default: str | None = "") -> Term:
    """A choice among words; the first one when the scheme does not say, unless `default` is None."""
    return Term(name, "word", nl, en, words[0], words[0] if default == "" else default, words=words)


def rounding(name: str, nl: str, en: str) -> Term:
    """A rounding; none when the scheme does not say."""
    return Term(name, "rounding", nl, en, "whole_half_up", "none")


def percent(
    name: str, nl: str, en: str, example: str, highest: str = "100", *, default: str | None = None
) -> Term:
    """A share of something, written as a percentage."""
    return Term(name, "percent", nl, en, example, default, "0", highest)


def euros(
    name: str, nl: str, en: str, example: str, highest: str = "1000000", *, is_optional: bool = False
) -> Term:
    """An amount, a year unless the name says otherwise."""
    return Term(name, "euros", nl, en, example, None, "0", highest, is_optional=is_optional)


ENTRY_AGE = Term("entry_age", "years", "toetredingsleeftijd", "entry age", "18", "18", "0", "70")
END_AGE = Term(
    "end_age", "years", "eindleeftijd", "end age", "68", "statutory", "50", "75", "state_pension_age"
)
AGE_ON = word(
    "age_on",
    "leeftijd geldt vanaf",
    "an age counts from",
    "month_reached",
    "next_month",
    "exact_day",
    "first_of_year",
    "end_of_year",
)
PRORATION = word(
    "proration",
    "naar rato",
    "proration",
    "calendar_days",
    "first_day",
    "fifteenth_day",
    "last_day",
    "thirty_days",
    "working_days",
    "days_of_261",
    "whole_period",
)
PERIOD_ROUNDING = word(
    "period_rounding",
    "afronding per loontijdvak",
    "rounding of a wage period",
    "cent_half_up",
    *(one for one in ROUNDINGS if SIZES.get(size_of(one), (101, 1))[0] <= 100 and one != "cent_half_up"),
)
RESIDUAL = word("residual", "afrondingsverschil", "rounding difference", "each_period", "year_to_date")
REFERENCE_DATE = word(
    "reference_date",
    "peildatum van het salaris",
    "reference date of the salary",
    "each_change",
    "first_of_month",
    "first_of_year",
    "first_of_wage_period",
)
PART_TIME_MOMENT = word(
    "part_time_moment",
    "een deeltijdwijziging telt vanaf",
    "a part-time change counts from",
    "each_change",
    "first_of_month",
    "first_of_year",
    "first_of_wage_period",
)
FIGURES_ON = word(
    "figures_on",
    "peildatum van wettelijke bedragen",
    "reference date of statutory figures",
    "in_force",
    "first_of_year",
)
ENTRY_MOMENT = word(
    "entry_moment",
    "deelname begint",
    "taking part starts",
    "exact_day",
    "first_of_month",
    "first_of_next_month",
)
END_MOMENT = word(
    "end_moment", "deelname eindigt", "taking part ends", "exact_day", "first_of_month", "end_of_month"
)
WAITING_MONTHS = Term(
    "waiting_months",
    "months",
    "wachttijd in maanden",
    "waiting period in months",
    "2",
    None,
    "0",
    "24",
    is_optional=True,
)
WAIVER = Term("can_be_waived", "yes_no", "afstand doen is mogelijk", "can be waived", "true", False)
UNPAID_LEAVE = word(
    "during_unpaid_leave", "tijdens onbetaald verlof", "during unpaid leave", "continues", "stops"
)
TIME = (
    ENTRY_AGE,
    END_AGE,
    AGE_ON,
    ENTRY_MOMENT,
    END_MOMENT,
    WAITING_MONTHS,
    WAIVER,
    UNPAID_LEAVE,
    PRORATION,
    PERIOD_ROUNDING,
    RESIDUAL,
    REFERENCE_DATE,
    PART_TIME_MOMENT,
    FIGURES_ON,
)
"""When things count, for a benefit that an employee takes part in."""

HOLIDAY = Term(
    "holiday_allowance_rate", "percent", "vakantietoeslag", "holiday allowance", "8", "8", "0", "20"
)
THIRTEENTH = percent(
    "thirteenth_month_rate", "dertiende maand", "thirteenth month", "8.3333", "20", default="0"
)
YEAR_END = percent("year_end_rate", "eindejaarsuitkering", "year-end allowance", "3", "30", default="0")
ALLOWANCE = Term(
    "includes_fixed_allowance", "yes_no", "vaste toeslag telt mee", "fixed allowance counts", "true", False
)
SHIFT = Term(
    "includes_shift_allowance", "yes_no", "ploegentoeslag telt mee", "shift allowance counts", "true", False
)
VARIABLE = Term(
    "includes_variable_pay", "yes_no", "variabel loon telt mee", "variable pay counts", "true", False
)
HIGHEST_WAGE = Term(
    "highest_wage", "euros", "hoogste jaarloon", "highest wage", "500000", "1000000", "0", "1000000"
)
WAGE_CONCEPT = word("wage_concept", "loonbegrip", "wage concept", "salary", "stated_wage")
WAGE_ROUNDING = rounding("wage_rounding", "afronding van het jaarloon", "rounding of the yearly wage")
WAGE = (WAGE_CONCEPT, HOLIDAY, THIRTEENTH, YEAR_END, ALLOWANCE, SHIFT, VARIABLE, HIGHEST_WAGE, WAGE_ROUNDING)
"""The wage that counts."""

CAP = Term(
    "pensionable_salary_cap",
    "euros",
    "maximum pensioengevend salaris",
    "pensionable salary cap",
    "statutory",
    "statutory",
    "0",
    "1000000",
    "statutory_pensionable_salary_cap",
)
FRANCHISE = Term(
    "franchise",
    "euros",
    "franchise",
    "franchise",
    "statutory",
    "statutory",
    "0",
    "100000",
    "statutory_franchise",
)
BASE = (
    FRANCHISE,
    CAP,
    word(
        "base_order",
        "volgorde van maximum, franchise en deeltijd",
        "order of cap, franchise and part time",
        "full_time_first",
        "actual_with_scaled_franchise",
        "actual_with_full_franchise",
    ),
    rounding("franchise_rounding", "afronding van de franchise", "rounding of the franchise"),
    rounding("base_rounding", "afronding van de pensioengrondslag", "rounding of the pension base"),
    euros("minimum_base", "minimale pensioengrondslag", "minimum pension base", "1000", is_optional=True),
    Term(
        "minimum_base_rate",
        "percent",
        "minimale grondslag als deel van het salaris",
        "minimum base as a share of salary",
        "10",
        None,
        is_optional=True,
    ),
)
"""How the pension base is made."""

EMPLOYEE = (
    word(
        "employee_form",
        "vorm van de werknemersbijdrage",
        "form of the employee's part",
        "share_of_base",
        "share_of_contribution",
        "per_tranche",
        "fixed",
        "remainder",
    ),
    percent("employee_rate", "werknemerspercentage", "employee rate", "5", default="0"),
    Term(
        "employee_share",
        "class_percent",
        "werknemersdeel van de premie",
        "employee's share of the contribution",
        "33.33",
        None,
        is_optional=True,
    ),
    Term(
        "employee_tranches",
        "percent_tranches",
        "werknemerspercentage per deel van de grondslag",
        "employee rate by part of the base",
        "[{up_to: 20000, percent: 4}, {percent: 8}]",
        None,
        is_optional=True,
    ),
    euros(
        "employee_amount",
        "vaste werknemersbijdrage per jaar, voltijd",
        "fixed employee's part a year, full time",
        "600",
        is_optional=True,
    ),
    Term("employer_rate", "percent", "werkgeverspercentage", "employer rate", "15", None, is_optional=True),
    euros(
        "employee_cap",
        "hoogste werknemersbijdrage per jaar",
        "highest employee's part a year",
        "3000",
        is_optional=True,
    ),
)
"""Who pays which part of a contribution."""
EMPLOYEE_NEEDS = {
    ("employee_form", "share_of_contribution"): ("employee_share",),
    ("employee_form", "per_tranche"): ("employee_tranches",),
    ("employee_form", "fixed"): ("employee_amount",),
    ("employee_form", "remainder"): ("employer_rate",),
}
"""What must be said with a form of the employee's part."""

PAYS = Term(
    "calculates_benefit", "yes_no", "ook de uitkering berekenen", "also calculate the benefit", "true", False
)
"""Whether what is paid on incapacity or absence is calculated beside the premium; it asks facts that few have."""
