"""Holds the shape of the project: which room may import which, what every module says, what the wheel ships."""

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {"corpus": set(), "ingest": {"corpus"}, "assistant": {"corpus"}, "evals": {"corpus", "assistant"}}
# Where things are put together, and where reaching across is therefore allowed.
COMPOSITION = {"assistant/web/server.py"}
MAX_MODULE_LINES = 300
MAX_FUNCTION_LINES = 50
MODULES = sorted(path for room in MAY_IMPORT for path in (ROOT / room).rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def rooms_imported(tree: ast.AST) -> set[str]:
    """The rooms that a module imports, also inside functions and through ``import_module("…")``."""
    targets: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            targets += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            targets.append(node.module or "")
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in {"import_module", "__import__"}:
                targets.append(str(node.args[0].value))
    return {target.split(".")[0] for target in targets} & set(MAY_IMPORT)


@pytest.mark.parametrize(
    ("code", "rooms"),
    [
        ("import ingest.plan", {"ingest"}),
        ("def f():\n    from assistant.models import Answer", {"assistant"}),
        ("import importlib\nimportlib.import_module('evals.run')", {"evals"}),
        ("import json\nfrom . import corpus", set()),
    ],
)
def test_imports_of_a_module_are_seen(code: str, rooms: set[str]) -> None:
    assert rooms_imported(ast.parse(code)) == rooms


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_room_imports_only_along_the_arrows(path: Path) -> None:
    if path.name == "__main__.py" or name(path) in COMPOSITION:
        return
    room = name(path).split("/")[0]
    reached = rooms_imported(ast.parse(path.read_text(encoding="utf-8"))) - {room}
    assert reached <= MAY_IMPORT[room], f"{name(path)} imports {sorted(reached - MAY_IMPORT[room])}"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_module_says_what_it_is_and_stays_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), f"{name(path)} has no docstring"
    assert len(text.splitlines()) <= MAX_MODULE_LINES, name(path)
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {f.name: f.end_lineno - f.lineno + 1 for f in functions if f.end_lineno is not None}
    assert {n: lines for n, lines in long.items() if lines > MAX_FUNCTION_LINES} == {}, name(path)


@pytest.mark.parametrize("path", [p for p in MODULES if p.name == "__init__.py"], ids=name)
def test_no_logic_in_init(path: Path) -> None:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    allowed = ast.Expr | ast.Import | ast.ImportFrom | ast.Assign
    assert [type(node).__name__ for node in body if not isinstance(node, allowed)] == []


def test_every_package_is_shipped() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = {name(p.parent).replace("/", ".") for p in MODULES if p.name == "__init__.py"}
    assert set(project["tool"]["setuptools"]["packages"]) == packages


def test_every_module_is_in_a_package() -> None:
    assert [name(p) for p in MODULES if not (p.parent / "__init__.py").is_file()] == []
