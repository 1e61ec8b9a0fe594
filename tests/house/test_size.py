"""No file and no function of the house grows beyond what one can see at a glance."""

import ast
import statistics
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "partnermcda"
FILES = sorted(SOURCE.rglob("*.py"))


def body_lines(function):
    """Lines a function's body takes, its docstring left out."""
    body = function.body[1:] if ast.get_docstring(function, clean=False) else function.body
    return body[-1].end_lineno - body[0].lineno + 1 if body else 0


def functions():
    """Every function of the package, as where it stands and how long it is."""
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{file.relative_to(SOURCE)}:{node.lineno} {node.name}", body_lines(node)


def test_no_file_is_longer_than_300_lines():
    lengths = {
        str(f.relative_to(SOURCE)): len(f.read_text(encoding="utf-8").splitlines()) for f in FILES
    }
    assert {name: length for name, length in lengths.items() if length > 300} == {}


def test_no_function_body_is_longer_than_60_lines():
    assert {where: length for where, length in functions() if length > 60} == {}


def test_function_bodies_are_short_as_a_rule():
    lengths = sorted(length for _, length in functions())
    assert statistics.median(lengths) <= 10
    assert statistics.quantiles(lengths, n=10)[-1] <= 25


def test_the_docstring_is_not_counted():
    documented = ast.parse(
        'def f():\n    """One.\n\n    Two.\n    """\n    return (\n        1\n    )'
    )
    assert body_lines(documented.body[0]) == 3
