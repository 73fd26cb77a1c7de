"""Every check of a reviewer that can be made is made by a test that is there."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.browser.reviewer import CHECKS, WAITING

ROOT = Path(__file__).parents[2]


def test_there_is_an_answer_to_each_of_the_fifteen():
    assert sorted([*CHECKS, *WAITING]) == list(range(1, 16))
    assert all(CHECKS.values())


@pytest.mark.parametrize("named", sorted({one for tests in CHECKS.values() for one in tests}))
def test_what_the_table_names_is_a_test(named):
    file, _, name = named.partition("::")
    tree = ast.parse((ROOT / file).read_text())
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
