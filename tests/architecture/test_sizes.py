"""Small things stay small: 500 lines a file, 60 lines a function."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.tree import place, products, sources, syntax

_FILE_LINES = 500
_FUNCTION_LINES = 60


def long_functions(tree: ast.AST) -> list[str]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = [node for node in ast.walk(tree) if isinstance(node, functions)]
    return [f.name for f in found if (f.end_lineno or f.lineno) - f.lineno + 1 > _FUNCTION_LINES]


@pytest.mark.parametrize(("lines", "found"), [(60, []), (61, ["f"])])
def test_a_long_function_is_seen(lines, found):
    assert long_functions(ast.parse("def f():\n" + "    x = 1\n" * (lines - 1))) == found


def test_no_function_is_longer_than_a_page():
    found = {place(path): names for path in sources() if (names := long_functions(syntax(path)))}
    assert found == {}


def test_no_file_is_longer_than_a_reader_bears():
    sizes = {place(path): path.read_text().count("\n") for path in sources()}
    assert {path: size for path, size in sizes.items() if size > _FILE_LINES} == {}


def test_every_module_says_what_it_is():
    silent = [place(path) for path in products() if not ast.get_docstring(syntax(path))]
    assert silent == []
