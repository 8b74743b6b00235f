"""Small rooms: a module fits in a head, a function on a screen, and both say what they are."""

import ast

import pytest
from tests.house.sources import Module, modules

MODULE_LINES, FUNCTION_LINES = 400, 50


def functions(module: Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [
        node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.name)
def test_a_module_is_small_and_opens_with_what_lives_in_it(module: Module) -> None:
    assert len(module.text.splitlines()) <= MODULE_LINES
    assert ast.get_docstring(module.tree), "every module opens with one to five lines"
    long = {
        function.name: lines
        for function in functions(module)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    }
    assert long == {}
