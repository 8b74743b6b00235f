"""What the tests of the house look at: every module, read once."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src"

# Where the vendor's own words are spoken, because the vendor is spoken to.
VENDOR = ("schakel/connectors/payroll/nmbrs_soap/", "schakel_simulators/nmbrs/")


@dataclass(frozen=True, slots=True)
class Module:
    """One Python file of the product or of the simulators."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.relative_to(SOURCES).as_posix()

    @property
    def is_vendors(self) -> bool:
        return self.name.startswith(VENDOR)


@cache
def modules() -> tuple[Module, ...]:
    """Every module that a person wrote; migrations are written by Django."""
    paths = sorted(path for path in SOURCES.rglob("*.py") if "migrations" not in path.parts)
    return tuple(Module(path, text, ast.parse(text)) for path in paths for text in [path.read_text()])


@cache
def identifiers(module: Module) -> tuple[tuple[str, int], ...]:
    """Every name this module gives to something, and the line it stands on."""
    return tuple(_given_names(module))


def _given_names(module: Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(module.tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield node.name, node.lineno
            case ast.Name(id=name, ctx=ast.Store()):
                yield name, node.lineno
            case ast.arg(arg=name):
                yield name, node.lineno
            case ast.Attribute(attr=name, ctx=ast.Store()):
                yield name, node.lineno


@cache
def words(identifier: str) -> tuple[str, ...]:
    """The words of a name: `EmployerGroup` and `employer_group` have the same two."""
    return tuple(word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", identifier))
