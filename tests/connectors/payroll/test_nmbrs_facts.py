"""From Nmbrs's answers to facts: values, units, dates, and the place each came from."""

from datetime import date

import pytest
from tests.connectors.payroll.recorded import Change, KeptAnswers, deliver, facts, remarks, source, values

from schakel.connectors.payroll.nmbrs_soap import histories, rights
from schakel.connectors.payroll_source import IDENTITY_FACTS, Entity, Needs
from schakel.engine.employee import FACTS

CURRENT = date(2026, 11, 1)
EMPLOYMENTS = histories.EMPLOYMENTS
SALARIES = histories.SALARIES


def test_entities_keep_their_name_to_the_letter() -> None:
    made, _ = source()
    assert list(made.entities()) == [
        Entity("41001", "Proefbedrijf  Kozijnen B.V.", "month", "90000001"),
        Entity("41002", "Proefbedrijf Montage B.V.", "four_weeks", None),
    ]


def test_a_company_that_declares_half_yearly_has_no_wage_period_yet() -> None:
    made, _ = source(("CompanyService.List_GetAll", "Week4", "Month6"))
    assert [entity.wage_period_kind for entity in made.entities()] == ["month", None]


def test_every_fact_that_is_stated_has_a_name_that_is_known() -> None:
    assert set(facts()) <= FACTS.keys() | IDENTITY_FACTS.keys()
    # Those that every pension and every accident policy reads.
    assert {"birth_on", "is_employed", "salary_amount", "part_time_factor", "wage_period_kind"} <= set(
        facts()
    )


def test_service_is_a_history_with_gaps_and_a_last_day_that_counts() -> None:
    stated = facts()
    assert stated["is_employed"].authoritative_from is None
    assert values(stated["is_employed"]) == [
        ("2019-05-01", "2023-09-01", True),
        ("2023-09-01", "2025-01-01", False),
        ("2025-01-01", None, True),
    ]
    assert values(stated["employed_since"]) == [
        ("2019-05-01", "2023-09-01", "2019-05-01"),
        ("2025-01-01", None, "2025-01-01"),
    ]


def test_the_newest_entry_of_a_start_date_is_the_salary() -> None:
    stated = facts()
    assert values(stated["salary_amount"]) == [
        ("2025-01-01", "2026-01-01", 360_000),
        ("2026-01-01", None, 378_050),
    ]
    assert [value for _, _, value in values(stated["salary_kind"])] == ["full_time", "full_time"]
    assert (
        stated["salary_amount"].values[1].origin.path
        == "EmployeeSalaryItem/EmployeeSalaries/Salary_V2[ID=3]/Value"
    )


@pytest.mark.parametrize(
    ("on_the_wire", "kind"),
    [("1", "full_time"), ("2", "part_time"), ("3", "hourly"), ("Bruto_Uurloon", "hourly")],
)
def test_the_kind_of_salary_is_told_by_number_and_by_name(on_the_wire: str, kind: str) -> None:
    stated = facts((SALARIES, "<Type>1</Type>", f"<Type>{on_the_wire}</Type>"))
    assert {value for _, _, value in values(stated["salary_kind"])} == {kind}


def test_an_hourly_wage_is_in_cents_too() -> None:
    stated = facts((SALARIES, "3780.50", "18,755"), (SALARIES, "<Type>1</Type>", "<Type>3</Type>"))
    assert stated["salary_amount"].values[-1].value == 1_876


def test_hours_and_factor_follow_the_schedules() -> None:
    stated = facts()
    assert stated["part_time_factor"].authoritative_from is None
    assert values(stated["part_time_factor"]) == [
        ("2025-01-01", "2025-07-01", 1_000_000),
        ("2025-07-01", None, 900_000),
    ]
    assert values(stated["hours_per_week"]) == [
        ("2025-01-01", "2025-07-01", 4_000),
        ("2025-07-01", None, 3_600),
    ]
    assert {value for _, _, value in values(stated["full_time_hours_per_week"])} == {4_000}


BOTH = (rights.SCHEDULE, rights.SCHEDULES)


@pytest.mark.parametrize(
    ("percentage", "factor"),
    [
        ("90.00", 900_000),
        ("0.9", 900_000),
        ("90", 900_000),
        ("90,00", 900_000),
        ("0.9000", 900_000),
        ("83.33", 833_300),
    ],
)
def test_the_part_time_percentage_is_read_as_percent_or_as_fraction(percentage: str, factor: int) -> None:
    stated = facts(*((one, "90.00", percentage) for one in BOTH))
    assert stated["part_time_factor"].values[-1].value == factor


def test_the_hours_decide_when_the_size_of_the_percentage_does_not() -> None:
    """One percent of full time, or all of it? Twenty-four minutes a week say: one percent."""
    hours: list[Change] = [(one, r"(<Hours\w+?>)[48](</)", r"\g<1>0\2") for one in BOTH]
    little: list[Change] = [(one, r"(<HoursMonday2?>)0(</)", r"\g<1>0.4\2") for one in BOTH]
    percentage: list[Change] = [(one, r"(<ParttimePercentage>)[0-9.]+", r"\g<1>1.0") for one in BOTH]
    assert facts(*percentage)["part_time_factor"].values[-1].value == 1_000_000
    assert facts(*hours, *little, *percentage)["part_time_factor"].values[-1].value == 10_000


def test_two_weeks_that_differ_are_averaged_and_an_empty_second_week_is_none() -> None:
    two = facts(*((one, "(<HoursFriday2>)4", r"\g<1>0") for one in BOTH))
    assert two["hours_per_week"].values[-1].value == 3_400
    assert len(two["schedule_days"].values[-1].value) == 14
    one_week = facts(*((one, r"(<Hours\w+?2>)\d", r"\g<1>0") for one in BOTH))
    assert one_week["hours_per_week"].values[-1].value == 3_600
    assert one_week["schedule_days"].values[-1].value == [800, 800, 800, 800, 400, 0, 0]


def test_full_time_hours_can_be_set() -> None:
    stated = facts(full_time_hours_per_week=38)
    assert {value for _, _, value in values(stated["full_time_hours_per_week"])} == {3_800}


def test_a_current_schedule_that_the_list_does_not_have_holds_and_is_remarked() -> None:
    change = (rights.SCHEDULE, "2025-07-01", "2026-09-01"), (rights.SCHEDULE, "90.00", "80.00")
    assert facts(*change)["part_time_factor"].values[-1].value == 800_000
    assert remarks(*change)["schedules-disagree"] == "hours_per_week"


def test_a_percentage_that_does_not_fit_the_hours_is_remarked_and_gives_no_full_time_hours() -> None:
    change = [(one, "90.00", "20.00") for one in BOTH]
    assert remarks(*change)["part-time-factor-implausible"] == "part_time_factor"
    assert values(facts(*change)["full_time_hours_per_week"]) == [("2025-01-01", "2025-07-01", 4_000)]


def test_a_percentage_out_of_all_range_leaves_the_factor_as_it_was() -> None:
    change = [(one, "90.00", "0.00") for one in BOTH]
    assert "part_time_factor" not in facts(*change)
    assert "part-time-factor-implausible" in remarks(*change)


def test_what_is_told_as_current_speaks_from_the_current_wage_period_on() -> None:
    stated = facts()
    current = {name for name, fact in stated.items() if fact.authoritative_from == CURRENT}
    assert current == {
        "address", "bsn", "children", "children_birth_on", "civil_status", "collective_agreement", "contract",
        "email", "fixed_allowance", "home_working_days", "iban", "ikv_number", "name", "wage_period_kind",
    }  # fmt: skip


def test_a_person() -> None:
    stated = facts()
    assert stated["birth_on"].authoritative_from is None
    assert stated["birth_on"].values[0].value == "1988-04-17"
    assert stated["bsn"].values[0].value == "999999990"
    assert stated["email"].values[0].value == "p.proef@proefbedrijf.example"
    assert stated["name"].values[0].value == {
        "initials": "P.R.",
        "first_name": "Pleun",
        "prefix": "van der",
        "last_name": "Proef",
        "partner_prefix": None,
        "partner_last_name": "Toets",
        "gender": "female",
    }
    assert stated["address"].values[0].value["street"] == "Proefstraat"
    assert stated["iban"].values[0].value == "NL77FIKT0810959519"


def test_a_partner_counts_from_the_start_of_the_partnership() -> None:
    stated = facts()
    assert stated["has_partner"].authoritative_from == date(2015, 6, 20)
    assert values(stated["has_partner"]) == [("2015-06-19", "2015-06-20", False), ("2015-06-20", None, True)]
    assert stated["partner_birth_on"].values[-1].value == "1986-01-09"
    assert stated["partner"].values[-1].value["since"] == "2015-06-20"


def test_a_partner_without_a_start_date_counts_from_the_current_period() -> None:
    stated = facts((rights.PARTNER, "2015-06-20", "0001-01-01"))
    assert values(stated["has_partner"]) == [("2026-11-01", None, True)]


@pytest.mark.parametrize(
    "shape",
    [
        (rights.PARTNER, r"<Partner>.*</Partner>", ""),
        (rights.PARTNER, r"<Partner>.*</Partner>", "<Partner/>"),
        (rights.PARTNER, r"<Partner_GetResult>.*</Partner_GetResult>", "<Partner_GetResult/>"),
        (rights.PARTNER, r"<Partner_GetResult>.*</Partner_GetResult>", ""),
        (rights.PARTNER, r"<Partner_GetResult>.*</Partner_GetResult>", '<Partner_GetResult xsi:nil="true"/>'),
    ],
)
def test_no_partner_comes_in_five_shapes(shape: Change) -> None:
    stated = facts(shape)
    assert values(stated["has_partner"]) == [("2026-11-01", None, False)]
    assert values(stated["partner"]) == [("2026-11-01", None, None)]


@pytest.mark.parametrize(
    ("operation", "wrapper"),
    [
        (rights.PARTNER, "EmployeePartnerItem"),
        (rights.CHILDREN, "EmployeeChildrenItem"),
        (rights.CONTRACT, "Contract_GetCurrentPeriodResult"),
    ],
)
def test_the_name_of_the_result_element_does_not_matter(operation: str, wrapper: str) -> None:
    name = "EmployeeContractItem" if operation == rights.CONTRACT else f"{operation.partition('.')[2]}Result"
    assert facts((operation, name, wrapper)) == facts() or _same_values(facts((operation, name, wrapper)))


def _same_values(stated: object) -> bool:
    assert isinstance(stated, dict)
    return {name: values(fact) for name, fact in stated.items()} == {
        name: values(fact) for name, fact in facts().items()
    }


def test_children_count_from_their_birth() -> None:
    stated = facts()
    assert values(stated["children_birth_on"]) == [
        ("2018-09-01", "2018-09-02", []),
        ("2018-09-02", None, ["2018-09-02"]),
    ]
    assert stated["children"].values[0].value == [
        {
            "initials": "N.",
            "first_name": "Noor",
            "last_name": "Toets",
            "gender": "female",
            "birth_on": "2018-09-02",
        }
    ]


def test_a_birth_that_is_entered_late_counts_from_its_day() -> None:
    late = facts((rights.CHILDREN, "2018-09-02", "2026-08-20"))["children_birth_on"]
    assert late.authoritative_from == date(2026, 8, 20)
    long_ago = facts((rights.CHILDREN, "2018-09-02", "2024-08-20"))["children_birth_on"]
    assert long_ago.authoritative_from == CURRENT


def test_no_children_is_an_empty_list() -> None:
    stated = facts((rights.CHILDREN, "<EmployeeChildren>.*</EmployeeChildren>", ""))
    assert values(stated["children_birth_on"]) == [("2026-11-01", None, [])]


def test_insurance_holds_from_the_period_it_names() -> None:
    stated = facts()
    assert stated["is_wia_insured"].authoritative_from == date(2025, 1, 1)
    assert values(stated["is_wia_insured"]) == [("2025-01-01", None, True)]
    assert stated["ikv_number"].values[0].value == 2
    assert stated["collective_agreement"].values[0].value == "9999"
    changed = facts(
        (rights.INSURANCE, "<Wao_Wia>true", "<Wao_Wia>false"),
        (rights.INSURANCE, "<StartPeriod>1<", "<StartPeriod>99<"),
    )
    assert values(changed["is_wia_insured"]) == [("2026-11-01", None, False)]


def test_wage_components_are_summed_by_their_configured_code() -> None:
    stated = facts()
    assert (stated["fixed_allowance"].values[0].value, stated["home_working_days"].values[0].value) == (
        7_500,
        600,
    )
    none = facts(wage_codes={"fixed_allowance": [1], "home_working_days": 2})
    assert (none["fixed_allowance"].values[0].value, none["home_working_days"].values[0].value) == (0, 0)
    two = facts(
        (rights.FIXED, "5991", "2152"),
        (rights.FIXED, "-183.42", "10.01"),
        wage_codes={"fixed_allowance": [2151, 2152]},
    )
    assert two["fixed_allowance"].values[0].value == 8_501


def test_a_contract_neither_starts_nor_ends_an_employment() -> None:
    stated = facts((rights.CONTRACT, '<EndDate xsi:nil="true"/>', "<EndDate>2026-01-31T00:00:00</EndDate>"))
    assert stated["contract"].values[0].value == {
        "contract_key": "440210",
        "is_indefinite": True,
        "is_written": True,
        "starts_on": "2025-01-01",
        "ends_on": "2026-01-31",
        "hours_per_week": 3_600,
    }
    assert stated["is_employed"].values[-1].value is True
    nobody = facts((rights.CONTRACT, "<EmployeeContracts>.*</EmployeeContracts>", ""))
    assert nobody["contract"].values[0].value is None


@pytest.mark.parametrize(
    ("text", "kind", "start"),
    [
        ("2026-11-M", "month", "2026-11-01"),
        ("2026-12-4W", "four_weeks", "2026-11-02"),
        ("2026-12-W4", "four_weeks", "2026-11-02"),
        ("2026-45-1W", "week", "2026-11-02"),
        ("2026-45-W1", "week", "2026-11-02"),
    ],
)
def test_the_wage_period_is_read_in_every_spelling(text: str, kind: str, start: str) -> None:
    change = ("CompanyService.Company_GetCurrentPeriod", "2026-11-M", text)
    delivery, (record,) = deliver(change)
    assert (delivery.current_period.kind, delivery.entity.wage_period_kind) == (kind, kind)
    stated = {fact.fact: fact for fact in record.stated}
    assert values(stated["wage_period_kind"]) == [(start, None, kind)]


def test_what_no_scheme_needs_is_not_asked() -> None:
    answers = KeptAnswers()
    _, (record,) = deliver(needs=Needs(), answers=answers)
    asked = set(answers.operations.values())
    assert not asked & {rights.PARTNER, rights.CHILDREN, rights.BANK_ACCOUNT}
    stated = {fact.fact for fact in record.stated}
    assert not stated & {
        "has_partner",
        "partner",
        "partner_birth_on",
        "children",
        "children_birth_on",
        "iban",
    }


def test_every_value_names_the_answer_it_came_from() -> None:
    answers = KeptAnswers()
    _, (record,) = deliver(answers=answers)
    kept = {answers.keep(call, answers.operations[call], body) for call, body in answers.bodies.items()}
    for fact in record.stated:
        for value in fact.values:
            assert value.origin.answer in kept, fact.fact
            assert value.origin.operation in answers.operations.values()


def test_equal_answers_give_equal_records() -> None:
    assert deliver()[1] == deliver()[1]


def test_nothing_in_a_fact_is_a_float() -> None:
    def look(value: object) -> None:
        assert not isinstance(value, float)
        for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            look(one)

    for fact in facts().values():
        for value in fact.values:
            look(value.value)


def test_a_leaver_who_came_back_the_next_day_never_left() -> None:
    stated = facts((EMPLOYMENTS, "2023-08-31", "2024-12-31"))
    assert values(stated["is_employed"]) == [("2019-05-01", None, True)]
    assert values(stated["employed_since"]) == [("2019-05-01", None, "2019-05-01")]


def test_the_last_day_there_is_means_no_end() -> None:
    stated = facts((EMPLOYMENTS, '<EndDate xsi:nil="true"/>', "<EndDate>9999-12-31T00:00:00</EndDate>"))
    assert stated["is_employed"].values[-1].effective_until is None
