"""Everything a case file or a scheme may say, as pages read it: written from the declarations, so never out of date."""

from collections.abc import Iterable, Mapping, Sequence

from schakel.engine import term_words
from schakel.engine.benefit import Benefit, Quantity
from schakel.engine.catalogue import BENEFITS
from schakel.engine.derived import DERIVED
from schakel.engine.employee import FACTS, Fact
from schakel.engine.explanation import CHOICES
from schakel.engine.own_steps import STEP_UNITS
from schakel.engine.rounding import ROUNDINGS, SIZES, WAYS
from schakel.engine.rule import Rule
from schakel.engine.scheme import KEYS, KINDS, Term
from schakel.engine.shared_terms import BASE, TIME, WAGE
from schakel.engine.to_date import to_date_leaves
from schakel.engine.units import UNITS

GROUPS: Mapping[str, tuple[Term, ...]] = {"time": TIME, "wage": WAGE, "base": BASE}
"""Terms that many benefits share; their tables stand in bases.md."""

GROUP_IS: Mapping[str, str] = {
    "time": "when things count",
    "wage": "the wage that counts",
    "base": "the pension base",
}

UNIT_IS: Mapping[str, str] = {
    "euros": "euros; the amount of a wage period, a day, or once",
    "euros_per_year": "euros a year",
    "euros_per_wage_period": "euros a wage period, before it becomes a year's amount",
    "fine_euros_per_year": "euros a year before they are spread over wage periods: nothing is rounded yet",
    "finest_euros_per_year": "the same after a share is taken of it once more",
    "euros_per_hour": "euros an hour",
    "euros_per_kilometre": "euros a kilometre",
    "share": "a share: 0.05 is 5 %",
    "part": "a share in whole hundredths of a percent, where finer does not fit",
    "hours": "hours",
    "days": "days",
    "kilometres": "kilometres",
    "count": "a count, also of months or years",
    "months": "months of an age or a term",
    "multiple": "times an amount",
    "yes_no": "true or false",
    "date": "a day",
}

FUNCTION_IS: Mapping[str, tuple[str, str]] = {
    "lowest": ("lowest(a, b, …)", "the lowest of them"),
    "highest": ("highest(a, b, …)", "the highest of them"),
    "not_below_zero": ("not_below_zero(a)", "a, or zero when it is less; needed before a difference is divided"),
    "choose": ("choose(statement, a, b)", "a when the statement holds, else b; also written `a if statement else b`"),
    "look_up": ("look_up(table, key)", "the entry of a table for the key; also written `table[key]`"),
    "over_tranches": ("over_tranches(amount, tranches)", "each part of the amount times its own percentage, added up"),
    "is_given": ("is_given(term)", "whether a term that may be left out is said"),
    "says": ('says(term, "word")', "whether a term was given this word, or one of these words"),
    "rounded_to": ('rounded_to(a, "cent_half_up")', "a rounded, in the midst of a formula"),
}  # fmt: skip

KIND_IS: Mapping[str, tuple[str, str]] = {
    "percent": ("26.5", "a percentage; a formula counts with 0.265"),
    "per_mille": ("0.9", "per thousand"),
    "class_percent": ("28.50", "a percentage of a class or a share of a contribution"),
    "euros": ("19172.00", "euros, a year unless the name says otherwise"),
    "euros_a_period": ("250.00", "euros a wage period"),
    "euros_a_day": ("2.45", "euros a day"),
    "euros_an_hour": ("9.7024", "euros an hour"),
    "euros_a_km": ("0.25", "euros a kilometre"),
    "times": ("2.5", "times an amount"),
    "years": ("18", "an age or a time in years; a formula counts in months"),
    "months": ("26", "months"),
    "count": ("3", "a number of persons or things"),
    "hours": ("38", "hours"),
    "days": ("2", "days"),
}
OTHER_KINDS: Mapping[str, tuple[str, str]] = {
    "date": ("2026-01-01", "a day"),
    "yes_no": ("true", "true or false"),
    "word": ("flat", "one of the words that the term lists"),
    "rounding": ("cent_half_up", "one of the [roundings](#roundings)"),
    "<kind>_by_<key>": ("{18: 5.7, 25: 6.9}", "a table: each entry holds from its key up to the next"),
    "percent_tranches": ("[{up_to: 20000, percent: 4}, {percent: 8}]", "a percentage for each part of an amount"),
}  # fmt: skip

KEY_IS: Mapping[str, str] = {
    "age": "age in years, 0 … 130",
    "incapacity": "percentage incapacity, 0 … 100",
    "class": "the employee's class, 0 … 99",
    "service": "years of service, 0 … 70",
    "ages": "both ages, written `40/38`: the employee's and the partner's",
    "months": "whole months that went by, 0 … 120",
    "registration_year": "calendar year in which a car was first registered",
    "employees": "number of employees, 0 … 1000; the last entry goes for more",
    "available_years": "years of wage sums that are known, 0 … 4; with five nothing is corrected",
}

Row = Sequence[str]


def table(heads: Row, rows: Iterable[Row]) -> str:
    """A table in Markdown."""
    lines = ["| " + " | ".join(row) + " |" for row in (heads, *rows)]
    return "\n".join([lines[0], "|" + "---|" * len(heads), *lines[1:]])


def terms_table(terms: Iterable[Term]) -> str:
    """Each term with its meaning, what is allowed, and what holds when it is not said."""
    rows = [(f"`{one.name}`", f"{one.en} ({one.nl})", _allowed(one), _when_not_said(one)) for one in terms]
    return table(("term", "meaning", "allowed", "when not said"), rows)


def _allowed(term: Term) -> str:
    if term.kind == "rounding":
        return "a [rounding](vocabulary.md#roundings)"
    return term.allowed().replace("|", "\\|")


def _when_not_said(term: Term) -> str:
    if term.default is None:
        return "does not count" if term.is_optional else "must be said"
    return f"`{str(term.default).lower() if isinstance(term.default, bool) else term.default}`"


def groups_of(one: Benefit) -> tuple[str, ...]:
    """The shared groups that a benefit takes whole."""
    terms = one.terms.values()
    return tuple(name for name, group in GROUPS.items() if all(term in terms for term in group))


def terms_block(one: Benefit) -> str:
    """What stands between the markers of a benefit's page."""
    groups = groups_of(one)
    shared = {term.name for name in groups for term in GROUPS[name]}
    own = [term for term in one.terms.values() if term.name not in shared]
    parts = [terms_table(own)] if own else []
    if groups:
        links = ", ".join(f"[{GROUP_IS[name]}](bases.md#terms-{name})" for name in groups)
        parts.append(f"Further the terms that benefits share: {links}.")
    parts.append(
        "A scheme may add [figures and steps of its own](case-files.md#figures-and-steps-of-its-own)."
    )
    return "\n\n".join(parts)


def group_block(name: str) -> str:
    """What stands between the markers of a shared group in bases.md."""
    return terms_table(GROUPS[name])


def index() -> str:
    """What stands between the markers of README.md: every benefit with its page, by line."""
    lines = dict.fromkeys(one.line for one in BENEFITS)
    rows = [
        (line.replace("_", " "), f"[{one.en}]({one.name}.md)", one.nl)
        for line in lines
        for one in BENEFITS
        if one.line == line
    ]
    return table(("line", "benefit", "in Dutch"), rows)


def reference() -> str:
    """What stands between the markers of vocabulary.md."""
    sections = {
        "Benefits": benefits_table(),
        "Facts": facts_table(),
        "Derived quantities": derived_table(),
        "Sums over the year so far": to_date_table(),
        "Kinds of terms and figures": kinds_table(),
        "Keys of tables": table(("key", "what it is"), ((f"`{one}`", KEY_IS[one]) for one in KEYS)),
        "Units of steps": units_table(),
        "Roundings": roundings_text(),
        "Functions of formulas": functions_text(),
        "Words": words_table(),
        "Shared rules": rules_table(shared_rules()),
        "Rules of each benefit": benefit_rules(),
    }
    return "\n\n".join(f"## {title}\n\n{text}" for title, text in sections.items())


def benefits_table() -> str:
    rows = [
        (
            f"[`{one.name}`]({one.name}.md)",
            f"{one.en} ({one.nl})",
            "<br>".join(_quantity(quantity) for quantity in one.quantities),
            "<br>".join(f"`{condition}`" for condition in one.conditions) or "the employer as a whole",
        )
        for one in BENEFITS
    ]
    return table(("benefit", "meaning", "amounts", "who takes part"), rows)


def _quantity(one: Quantity) -> str:
    return f"`{one.name}` {one.en} ({one.nl}), {one.kind}"


def facts_table() -> str:
    rows = [
        (f"`{one.name}`", f"{one.en} ({one.nl})", one.unit.name, written_range(one), _moment(one))
        for one in FACTS.values()
        if one.name != "wage_period_kind"
    ]
    return table(("fact", "meaning", "unit", "allowed", "read on"), rows)


def _moment(one: Fact) -> str:
    moments = {"salary": "`reference_date`", "part_time": "`part_time_moment`", "": "each change"}
    return moments[one.moment]


def written_range(one: Fact) -> str:
    """What a fact may be, as a case file writes it."""
    if one.choices:
        return ", ".join(f"`{word}`" for word in one.choices)
    if one.unit.name == "yes_no":
        return "true, false"
    if one.unit.name in {"date", "dates"}:
        return {"date": "2026-01-01", "dates": "[2015-03-01, 2018-11-20]"}[one.unit.name]
    return one.range


def derived_table() -> str:
    rows = [
        (f"`{name}`", f"{one.en} ({one.nl})", ", ".join(f"`{fact}`" for fact in one.facts) or "the calendar")
        for name, one in DERIVED.items()
    ]
    return table(("quantity", "meaning", "worked out from"), rows)


def to_date_table() -> str:
    rows = [
        (
            f"`{name}`",
            ", ".join(f"`{fact}`" for fact in leaf.facts) or "wage periods in service",
            leaf.unit.name,
        )
        for name, leaf in to_date_leaves().items()
    ]
    return table(("sum", "of", "unit"), rows)


def kinds_table() -> str:
    told = {name: KIND_IS[name] for name in KINDS} | dict(OTHER_KINDS)
    rows = [(f"`{name}`", f"`{example}`", meaning + _fine(name)) for name, (example, meaning) in told.items()]
    return table(("kind", "example", "what it is"), rows)


def _fine(kind: str) -> str:
    """How many decimals a number of a kind may have."""
    decimals = KINDS[kind].decimals if kind in KINDS else 0
    return f", {decimals} decimals" if decimals else ""


def units_table() -> str:
    rows = [
        (f"`{name}`", UNIT_IS[name], "whole" if UNITS[name].scale == 1 else f"1/{UNITS[name].scale:,}")
        for name in STEP_UNITS
    ]
    return table(("unit", "what it is", "finest"), rows)


def roundings_text() -> str:
    sizes = [(f"`{size}`", _both(term_words.SIZES[size])) for size in SIZES]
    ways = [(f"`{way}`", _both(term_words.WAYS[way])) for way in WAYS]
    return (
        f"`none`, or a size and a way with `_` between them: `{ROUNDINGS[10]}`. A half goes up under `half_up`.\n\n"
        f"{table(('size', 'rounds to'), sizes)}\n\n{table(('way', 'which way'), ways)}"
    )


def _both(words: tuple[str, str]) -> str:
    nl, en = words
    return f"{en} ({nl})"


def functions_text() -> str:
    rows = [(f"`{form}`", meaning) for form, meaning in FUNCTION_IS.values()]
    return (
        f"{table(('function', 'what it gives'), rows)}\n\n"
        "Further numbers, names, `+ - * /`, comparisons `< <= > >= == !=`, `and`, `or`, `not`."
    )


def words_table() -> str:
    facts = {word: (said["nl"], said["en"]) for word, said in CHOICES.items()}
    rows = [(f"`{word}`", en, nl) for word, (nl, en) in sorted((facts | dict(term_words.WORDS)).items())]
    return table(("word", "English", "Dutch"), rows)


def rules_table(rules: Mapping[str, Rule]) -> str:
    rows = [(f"`{one.name}`", one.en.replace("|", "\\|"), one.unit.name) for one in rules.values()]
    return table(("rule", "meaning", "unit"), rows)


def shared_rules() -> dict[str, Rule]:
    """The rules that more than one benefit has."""
    shared: dict[str, Rule] = {}
    for one in BENEFITS:
        for name, rule in one.rules.items():
            if any(
                name in other.rules and other.rules[name] is rule for other in BENEFITS if other is not one
            ):
                shared[name] = rule
    return shared


def benefit_rules() -> str:
    shared = shared_rules()
    parts = []
    for one in BENEFITS:
        own = {name: rule for name, rule in one.rules.items() if shared.get(name) is not rule}
        if own:
            parts.append(f"### {one.en}\n\n{rules_table(own)}")
    return "\n\n".join(parts)
