"""YAML read as text with line numbers, so that a mistake can be shown where it stands.

Nothing is turned into a number or a date here: 4000.10 stays those seven characters, never a float.
"""

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


@dataclass(frozen=True, slots=True)
class Place:
    """One node: a text, a list, or fields; and its line."""

    line: int
    text: str | None = None
    entries: tuple["Place", ...] | None = None
    fields: Mapping[str, "Place"] | None = None
    is_quoted: bool = False


def place_of(text: str) -> Place:
    """The top node of a document. Raises yaml.MarkedYAMLError; also for an alias, which could grow without end."""
    try:
        _check_tokens(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.MarkedYAMLError, yaml.reader.ReaderError):
        raise
    except (ValueError, LookupError, OverflowError):
        # The parser does not catch what it cannot spell, such as a character beyond the last one.
        raise yaml.MarkedYAMLError(problem="something here is no text") from None
    return Place(1) if node is None else _place(node)


def _check_tokens(text: str) -> None:
    if len(text) > LONGEST:
        raise yaml.MarkedYAMLError(problem=f"a file has at most {LONGEST} characters")
    depth = 0
    for token in yaml.scan(text):
        if isinstance(token, yaml.AliasToken):
            raise _refused("write it out; *names are not taken", token)
        depth += isinstance(token, OPENS) - isinstance(token, CLOSES)
        if depth > DEEPEST:
            raise _refused("this nests too deep", token)
        if isinstance(token, yaml.ScalarToken) and any("\ud800" <= one <= "\udfff" for one in token.value):
            raise _refused("something here is no text", token)


def _refused(problem: str, token: yaml.Token) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=token.start_mark)


def _place(node: yaml.Node) -> Place:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return Place(line, text=node.value, is_quoted=node.style is not None)
    if isinstance(node, yaml.SequenceNode):
        return Place(line, entries=tuple(_place(one) for one in node.value))
    fields: dict[str, Place] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value in fields:
            raise yaml.MarkedYAMLError(
                problem="a name stands here twice, or is no name", problem_mark=key.start_mark
            )
        fields[key.value] = _named(_place(value), key)
    return Place(line, fields=fields)


def _named(value: Place, key: yaml.ScalarNode) -> Place:
    """The value, at the line of its name: that is where people look."""
    return Place(key.start_mark.line + 1, value.text, value.entries, value.fields, value.is_quoted)
