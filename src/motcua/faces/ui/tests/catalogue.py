"""Which sentences an app says, and which its English catalogue translates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

_CALLS = {"_", "gettext", "gettext_lazy", "ngettext"}
_SAID = re.compile(r"n?gettext\(u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")")


def said_by(app: Path) -> set[str]:
    """Give every sentence that the templates and the code of an app mark for translation."""
    pages = [path for path in app.rglob("*.html") if "tests" not in path.parts]
    code = [path for path in app.rglob("*.py") if "tests" not in path.parts]
    found = {text for path in pages for text in _of_page(path.read_text())}
    return found | {text for path in code for text in _of_code(ast.parse(path.read_text()))}


def translated_in(app: Path) -> set[str]:
    """Give every sentence that the English catalogue of an app has words for."""
    with (app / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        entries = list(read_po(file, locale="en"))
    full = [entry for entry in entries if entry.id and _complete(entry.string)]
    return {entry.id[0] if isinstance(entry.id, tuple) else str(entry.id) for entry in full}


def _complete(string: object) -> bool:
    return all(string) if isinstance(string, list | tuple) else bool(string)


def _of_page(text: str) -> Iterator[str]:
    for match in _SAID.finditer(templatize(text)):
        yield ast.literal_eval(match[1])


def _of_code(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in _CALLS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value
