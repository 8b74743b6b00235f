"""What an employer may choose for conventional sickness absence insurance."""

from schakel.engine.scheme import Term
from schakel.engine.shared_terms import PAYS, TIME, WAGE, euros, percent

TERMS: tuple[Term, ...] = (
    percent(
        "premium_rate",
        "premiepercentage over de verzekerde loonsom",
        "premium rate over the insured wage sum",
        "3.2",
        "30",
    ),
    percent("employee_rate", "werknemerspercentage", "employee rate", "0", "30", default="0"),
    euros(
        "highest_wage_per_person",
        "hoogste verzekerde loon per persoon",
        "highest insured wage of a person",
        "80000",
        is_optional=True,
    ),
    Term(
        "cover_first_year",
        "class_percent",
        "dekking eerste ziektejaar",
        "cover in the first year of illness",
        "100",
        "100",
        "0",
        "100",
    ),
    Term(
        "cover_second_year",
        "class_percent",
        "dekking tweede ziektejaar",
        "cover in the second year of illness",
        "70",
        "70",
        "0",
        "100",
    ),
    Term("employer_charges", "class_percent", "werkgeverslasten", "employer's charges", "20", "0", "0", "50"),
    Term(
        "own_risk_days",
        "days",
        "eigen risico in werkdagen",
        "own risk in working days",
        "10",
        "10",
        "0",
        "520",
    ),
    Term(
        "deducts_state_benefit",
        "yes_no",
        "vangnetuitkering gaat af",
        "safety-net benefit is deducted",
        "true",
        True,
    ),
    PAYS,
    *WAGE,
    *TIME,
)
