"""What a formula or rule can have wrong when it is traced: in English and Dutch, and what to write instead."""

from collections.abc import Iterable

from schakel.engine.errors import nearest


class TraceError(Exception):
    """A rule was written in a way that cannot be traced; the text says how to write it."""

    def __init__(self, en: str, nl: str = "") -> None:
        self.nl = nl or en  # of what only a programmer can write, English is enough
        super().__init__(en)

    def within(self, rule: str) -> "TraceError":
        """The same, told with the rule it is in."""
        return TraceError(f"{rule}: {self}", f"{rule}: {self.nl}")


MAY_BE_ZERO = (
    "the divisor may be zero; give the figure a `lowest` above zero, or divide by highest(…, 1)",
    "de deler kan nul zijn; geef het cijfer een `lowest` boven nul, of deel door highest(…, 1)",
)
MAY_BE_NEGATIVE = (
    "only what is proved not negative is divided or rounded; put not_below_zero( ) around the difference",
    "alleen wat aantoonbaar niet negatief is wordt gedeeld of afgerond; zet not_below_zero( ) om het verschil",
)
NOT_EXACT = (
    "the result does not fit its unit exactly: name a rounding and its source",
    "de uitkomst past niet precies in haar eenheid: noem een afronding en de bron",
)
MONEY_TIMES_MONEY = ("money times money is no amount", "geld maal geld is geen bedrag")
MONEY_AND_NUMBER = (
    "money and a plain number cannot be added or compared",
    "geld en een gewoon getal kunnen niet worden opgeteld of vergeleken",
)
NO_STATEMENT = (
    "the unit is yes_no, but this is no statement; write for example service_months >= 2",
    "de eenheid is yes_no, maar dit is geen bewering; schrijf bijvoorbeeld service_months >= 2",
)
NO_STATEMENT_TO_CHOOSE = (
    "choose asks a statement first, for example salary > franchise",
    "choose vraagt eerst een bewering, bijvoorbeeld salary > franchise",
)
NO_STATEMENT_TO_TURN = (
    "not turns a statement round, not an amount",
    "not keert een bewering om, geen bedrag",
)
RATIO_BEFORE_SUM = (
    "a division by a quantity is rounded first: give it a step of its own",
    "een deling door een grootheid wordt eerst afgerond: geef haar een eigen stap",
)
TABLE_AS_NUMBER = (
    "a table is no number: look up one of its entries first, table[age_years], or its tranches with over_tranches",
    "een tabel is geen getal: zoek eerst een regel op, table[age_years], of de schijven met over_tranches",
)
DATES_AS_NUMBER = (
    "dates are no number; read how many are below an age, for example children_under_18",
    "data zijn geen getal; lees hoeveel er jonger zijn dan een leeftijd, bijvoorbeeld children_under_18",
)
WORD_AS_NUMBER = (
    'a word is no number: ask for it with says(…, "word")',
    'een woord is geen getal: vraag ernaar met says(…, "woord")',
)
NO_WORD = (
    "says asks for a word; of a number write for example employee_class == 2",
    "says vraagt naar een woord; schrijf van een getal bijvoorbeeld employee_class == 2",
)
NUMBER_AS_TABLE = ("this is no table but one number", "dit is geen tabel maar één getal")
KEY_NOT_WHOLE = (
    "a table is looked up with a whole count, for example age_years",
    "een tabel wordt opgezocht met een heel aantal, bijvoorbeeld age_years",
)
NO_TRANCHES = (
    "these are no tranches: a list of {up_to, percent}, up_to rising, the last without it",
    "dit zijn geen schijven: een lijst van {up_to, percent}, up_to oplopend, de laatste zonder",
)


def too_large(op: str, reach: int) -> TraceError:
    """Numbers are counted exactly in 64 bits, for the most that every operand can be."""
    return TraceError(
        "this may become too large to count exactly; say how high it can be: a `highest` at a figure, "
        f"lowest(…, 1000000) around an amount, or a rounding in a step of its own ({op} may reach {reach})",
        "dit kan te groot worden om precies te tellen; zeg hoe hoog het kan zijn: een `highest` bij een cijfer, "
        f"lowest(…, 1000000) om een bedrag, of een afronding in een eigen stap ({op} kan {reach} worden)",
    )


def unknown_name(step: str, name: str, known: Iterable[str]) -> TraceError:
    """A formula reads what is not there: mostly misspelled, or a figure of the law by itself."""
    near = nearest(name, known)
    return TraceError(
        f"{step} reads “{name}”, which is no fact, term, figure, step or rule; "
        + (
            f"probably {near}" if near else "a figure of the law is first named under figures, with statutory"
        ),
        f"{step} leest “{name}”, en dat is geen feit, voorwaarde, cijfer, stap of regel; "
        + (
            f"waarschijnlijk {near}"
            if near
            else "een cijfer van de wet komt eerst onder figures, met statutory"
        ),
    )
