"""Only the place where jobs run may catch everything: elsewhere a fault of ours crashes, and is seen."""

import ast

from tests.house.sources import modules

MAY = {"schakel/chain/jobs.py"}
EVERYTHING = {"Exception", "BaseException"}


def catches_everything(handler: ast.ExceptHandler) -> bool:
    caught = handler.type
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(name is None or (isinstance(name, ast.Name) and name.id in EVERYTHING) for name in names)


def test_nobody_else_catches_everything() -> None:
    found = {
        f"{module.name}:{node.lineno}"
        for module in modules()
        if module.name not in MAY
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and catches_everything(node)
    }
    assert found == set()


def test_the_one_place_is_still_there() -> None:
    jobs = [module for module in modules() if module.name in MAY]
    handlers = [
        node for module in jobs for node in ast.walk(module.tree) if isinstance(node, ast.ExceptHandler)
    ]
    assert any(catches_everything(handler) for handler in handlers)
