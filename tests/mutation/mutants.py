"""Rules with one mistake each: a boundary moved, a sign turned, a branch swapped, a rounding the other way."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
}
OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
SWAPPED = {"lowest": "highest", "highest": "lowest"}
ROUNDS = {"HALF_UP": ("DOWN", "UP"), "DOWN": ("HALF_UP", "UP"), "UP": ("HALF_UP", "DOWN")}
WAYS = {"half_up": "down", "down": "up", "up": "down"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mistake: where it stands, what stood there and what stands there now, and the module with it."""

    rule: str
    was: str
    now: str
    occurrence: int  #: which of the same mistakes in this rule
    source: str

    @property
    def name(self) -> str:
        """How it is told and listed."""
        again = f" (#{self.occurrence})" if self.occurrence > 1 else ""
        return f"{self.rule}: {self.was} → {self.now}{again}"


def mutants(source: str) -> list[Mutant]:
    """Every module that differs from this one by one mistake in one function or one number."""
    tree = ast.parse(source)
    found: list[Mutant] = []
    seen: dict[tuple[str, str, str], int] = {}
    for place, part in enumerate(tree.body):
        name = _named(part)
        if name is None:
            continue
        for path, new in _changes(part):
            changed = copy.deepcopy(tree)
            was = _put(changed.body[place], path, new)
            one = (name, _told(was), _told(new))
            seen[one] = seen.get(one, 0) + 1
            found.append(Mutant(*one, seen[one], ast.unparse(ast.fix_missing_locations(changed))))
    return found


Path = tuple[tuple[str, int | None], ...]


def _named(part: ast.stmt) -> str | None:
    """The name of a function, or of a number that rules share."""
    if isinstance(part, ast.FunctionDef):
        return part.name
    is_number = isinstance(part, ast.Assign) and isinstance(part.value, ast.Constant | ast.Tuple)
    target = part.targets[0] if isinstance(part, ast.Assign) and is_number else None
    return target.id if isinstance(target, ast.Name) else None


def _changes(part: ast.stmt) -> Iterator[tuple[Path, ast.AST]]:
    for path, node in _nodes(part, ()):
        if path[0][0] == "args":
            continue
        if path[0][0] == "decorator_list":
            yield from ((path, new) for new in _roundings_of_a_rule(node, path))
        else:
            yield from ((path, new) for new in _mistakes(node))


def _nodes(node: ast.AST, path: Path) -> Iterator[tuple[Path, ast.AST]]:
    for field, value in ast.iter_fields(node):
        for place, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(child, ast.AST):
                continue
            here = (*path, (field, place))
            yield here, child
            yield from _nodes(child, here)


def _put(node: ast.AST, path: Path, new: ast.AST) -> ast.AST:
    for field, place in path[:-1]:
        node = getattr(node, field) if place is None else getattr(node, field)[place]
    field, place = path[-1]
    if place is None:
        was: ast.AST = getattr(node, field)
        setattr(node, field, new)
    else:
        was = getattr(node, field)[place]
        getattr(node, field)[place] = new
    return was


def _told(node: ast.AST) -> str:
    return ast.unparse(node)


def _roundings_of_a_rule(node: ast.AST, path: Path) -> Iterator[ast.AST]:
    is_way = isinstance(node, ast.Name) and path[-1] == ("value", None)
    for way in ROUNDS.get(node.id, ()) if is_way and isinstance(node, ast.Name) else ():
        yield ast.Attribute(ast.Name("_rounding", ast.Load()), way, ast.Load())


def _mistakes(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for op in COMPARISONS.get(type(node.ops[0]), ()):
            yield ast.Compare(node.left, [op()], node.comparators)
    elif isinstance(node, ast.BinOp):
        for operator in OPERATORS.get(type(node.op), ()):
            yield ast.BinOp(node.left, operator(), node.right)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        yield node.operand
    elif isinstance(node, ast.Constant) and isinstance(node.value, int) and not isinstance(node.value, bool):
        yield ast.Constant(node.value + 1)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from _other_way(node.value)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        yield from _calls(node.func.id, node)


def _other_way(word: str) -> Iterator[ast.AST]:
    for way, other in WAYS.items():
        if word.endswith(f"_{way}"):
            yield ast.Constant(word.removesuffix(way) + other)
            return


def _calls(name: str, node: ast.Call) -> Iterator[ast.AST]:
    if name in SWAPPED:
        yield ast.Call(ast.Name(SWAPPED[name], ast.Load()), node.args, [])
        yield from node.args
    elif name == "choose" and len(node.args) == 3:
        condition, then, otherwise = node.args
        yield ast.Call(node.func, [condition, otherwise, then], [])
    elif name in {"not_below_zero", "rounded_to"}:
        yield node.args[0]
    elif name in {"says", "is_given", "equals"}:
        yield ast.UnaryOp(ast.Invert(), node)
