"""What an employer may choose for orphan pension on risk basis: a share of salary, or of the reachable pension."""

from schakel.engine.choices import Choices
from schakel.engine.scheme import Term
from schakel.engine.shared_terms import BASE, EMPLOYEE, EMPLOYEE_NEEDS, TIME, WAGE, word
from schakel.engine.survivor_terms import COVER as PARTNER_COVER
from schakel.engine.survivor_terms import refuse_part_of_nobody

SERVICE = tuple(one for one in PARTNER_COVER if one.name not in {"partner_share", "reachable_share"})
"""Form of the cover and years of service, as with partner pension."""

TERMS: tuple[Term, ...] = (
    *SERVICE,
    # At most 20 %, full orphans 40 %: Wet LB 1964 art. 18c; secondary (scildon.nl).
    Term(
        "orphan_share",
        "percent",
        "percentage van het salaris",
        "share of salary",
        "15",
        None,
        "0",
        "20",
        is_optional=True,
    ),
    # 14 % of the retirement pension before the Wtp: a fifth of a partner pension of 70 % (unverified).
    Term(
        "reachable_share",
        "class_percent",
        "deel van het bereikbare pensioen",
        "share of the reachable pension",
        "14",
        "14",
        "0",
        "100",
    ),
    Term(
        "insures_full_orphans",
        "yes_no",
        "apart bedrag voor volle wezen",
        "a sum of its own for full orphans",
        "true",
        False,
    ),
    Term(
        "full_orphan_times",
        "times",
        "volle wees: maal het wezenpensioen",
        "full orphan: times the orphan pension",
        "2",
        "2",
        "1",
        "2",
    ),
    word(
        "child_end_age",
        "eindleeftijd kind",
        "child's end age",
        "until_18",
        "until_21",
        "until_25",
        "until_27",
        "until_30",
        default="until_25",
    ),
    Term("requires_child", "yes_no", "alleen met kind", "only with a child", "false", False),
    word("premium_per", "premie per", "premium for each", "employee", "child"),
    Term(
        "highest_children",
        "count",
        "hoogste aantal kinderen dat telt",
        "highest number of children that counts",
        "5",
        "20",
        "1",
        "20",
    ),
    word(
        "premium_form",
        "vorm van de premie",
        "form of the premium",
        "of_salary",
        "of_base",
        "of_sum",
        "own_age",
    ),
    Term(
        "premium_rate",
        "percent",
        "risicopremie",
        "risk premium rate",
        "0.06",
        None,
        "0",
        "5",
        is_optional=True,
    ),
    Term(
        "rates_by_age",
        "per_mille_by_age",
        "promille van het verzekerde pensioen naar leeftijd",
        "per mille of the insured pension by age",
        "{18: 0.6, 40: 2.4, 60: 0.9}",
        None,
        "0",
        "50",
        is_optional=True,
    ),
    Term("employee_pays", "yes_no", "werknemer betaalt mee", "employee pays a part", "true", False),
    *EMPLOYEE,
    *BASE,
    *WAGE,
    *TIME,
)

NEEDS = {
    ("cover_form", "share_of_salary"): ("orphan_share",),
    ("cover_form", "reachable"): ("accrual_rate",),
    ("premium_form", "of_salary"): ("premium_rate",),
    ("premium_form", "of_base"): ("premium_rate",),
    ("premium_form", "of_sum"): ("premium_rate",),
    ("premium_form", "own_age"): ("rates_by_age",),
    **EMPLOYEE_NEEDS,
}
"""What must be said with a form."""


def check(choices: Choices) -> None:
    """Forms have what they need. Raises MissingTerms, WrongTerms."""
    choices.require(NEEDS)
    refuse_part_of_nobody(choices)
