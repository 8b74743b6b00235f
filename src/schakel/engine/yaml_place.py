"""YAML read as text with line numbers, so that a mistake can be shown where it stands.

Nothing is turned into a number or a date here: 4000.10 stays those seven characters, never a float.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

LONGEST = 500_000  #: characters of a file
DEEPEST = 20  #: lists and fields within each other
OPENS = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
CLOSES = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)


TOLD: tuple[tuple[str, str, str], ...] = (
    (
        r"found character '\\t'",
        "a tab stands here; indent with spaces",
        "hier staat een tab; spring in met spaties",
    ),
    (
        r"found character '(.)'",
        "a text that starts with {0} goes between quotes",
        "een tekst die met {0} begint komt tussen quotes",
    ),
    (
        "mapping values are not allowed",
        "a colon with a space stands within a text; put the text between quotes, or look at the indent",
        "in een tekst staat een dubbele punt met een spatie; zet hem tussen quotes, of kijk naar de inspringing",
    ),
    (
        "could not find expected ':'",
        "a name without a colon stands here or on the line before; write name: value",
        "hier of op de regel ervoor staat een naam zonder dubbele punt; schrijf naam: waarde",
    ),
    (
        r"expected ',' or '(.)', but got",
        "a comma or {0} is missing here or before",
        "hier of ervoor ontbreekt een komma of {0}",
    ),
    (
        "but found another document",
        "a file is one case; leave out ---",
        "een bestand is één casus; laat --- weg",
    ),
)
"""What the parser says, and what to do about it."""


class NoCaseYaml(Exception):
    """The text is no YAML, or more of YAML than a case takes; told with the line, in English and Dutch."""

    def __init__(self, line: int, en: str, nl: str) -> None:
        self.line, self.en, self.nl = line, en, nl
        super().__init__(en)


@dataclass(frozen=True, slots=True)
class Place:
    """One node: a text, a list, or fields; and its line."""

    line: int
    text: str | None = None
    entries: tuple["Place", ...] | None = None
    fields: Mapping[str, "Place"] | None = None
    is_quoted: bool = False


def place_of(text: str) -> Place:
    """The top node of a document. Raises NoCaseYaml; also for an alias, which could grow without end."""
    try:
        _check_tokens(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        raise _told(error) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise NoCaseYaml(
            line, f"this is no text: {error.reason}", f"dit is geen tekst: {error.reason}"
        ) from None
    except (ValueError, LookupError, OverflowError):
        # The parser does not catch what it cannot spell, such as a character beyond the last one.
        raise NoCaseYaml(1, *NO_TEXT) from None
    return Place(1) if node is None else _place(node)


def _told(error: yaml.MarkedYAMLError) -> NoCaseYaml:
    line = error.problem_mark.line + 1 if error.problem_mark else 1
    problem = error.problem or "no YAML"
    for pattern, en, nl in TOLD:
        if found := re.search(pattern, problem):
            return NoCaseYaml(line, en.format(*found.groups()), nl.format(*found.groups()))
    return NoCaseYaml(line, f"this is no YAML: {problem}", f"dit is geen YAML: {problem}")


def _check_tokens(text: str) -> None:
    if len(text) > LONGEST:
        raise NoCaseYaml(
            1, f"a file has at most {LONGEST} characters", f"een bestand heeft ten hoogste {LONGEST} tekens"
        )
    depth = 0
    for token in yaml.scan(text):
        line = token.start_mark.line + 1
        if isinstance(token, yaml.AliasToken):
            raise NoCaseYaml(
                line,
                "*names of YAML are not taken; write it out",
                "*namen van YAML kunnen niet; schrijf het uit",
            )
        depth += isinstance(token, OPENS) - isinstance(token, CLOSES)
        if depth > DEEPEST:
            raise NoCaseYaml(
                line,
                f"this nests too deep: at most {DEEPEST} lists and fields within each other",
                f"dit is te diep genest: ten hoogste {DEEPEST} lijsten en velden in elkaar",
            )
        if isinstance(token, yaml.ScalarToken) and any("\ud800" <= one <= "\udfff" for one in token.value):
            raise NoCaseYaml(line, *NO_TEXT)


NO_TEXT = ("something here is no text", "hier staat iets dat geen tekst is")


def _place(node: yaml.Node) -> Place:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return Place(line, text=node.value, is_quoted=node.style is not None)
    if isinstance(node, yaml.SequenceNode):
        return Place(line, entries=tuple(_place(one) for one in node.value))
    fields: dict[str, Place] = {}
    for key, value in node.value:
        on = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise NoCaseYaml(
                on, "this is no name but a list or fields", "dit is geen naam maar een lijst of velden"
            )
        if key.value in fields:
            name = repr(key.value[:60])
            raise NoCaseYaml(
                on, f"{name} stands here twice; keep one", f"{name} staat hier twee keer; houd er één"
            )
        fields[key.value] = _named(_place(value), key)
    return Place(line, fields=fields)


def _named(value: Place, key: yaml.ScalarNode) -> Place:
    """The value, at the line of its name: that is where people look."""
    return Place(key.start_mark.line + 1, value.text, value.entries, value.fields, value.is_quoted)
