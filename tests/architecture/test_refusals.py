"""How Motcua says no: every refusal has its own code and the same sentence in both languages."""

from __future__ import annotations

import importlib
import re
from collections import Counter
from functools import cache
from string import Formatter

import pytest

from motcua.kernel.errors import Refused
from tests.architecture.tree import PACKAGE, products

_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_OWN = ("code", "vi", "en")
_ENDS = (".", "?", "}")  # a sentence may also end with words that are filled in


def _module(path) -> str:
    name = path.relative_to(PACKAGE.parent).with_suffix("").as_posix().replace("/", ".")
    return name.removesuffix(".__init__")


def _below(kind: type[Refused]) -> set[type[Refused]]:
    return {kind}.union(*(_below(child) for child in kind.__subclasses__()))


@cache
def refusals() -> tuple[type[Refused], ...]:
    """Give every refusal that our modules declare, having imported them all.

    A name with an underscore is a shared base that nobody raises.
    """
    for path in products():
        if path.name not in {"settings_test.py", "asgi.py", "wsgi.py", "__main__.py"}:
            importlib.import_module(_module(path))
    ours = [kind for kind in _below(Refused) - {Refused} if kind.__module__.startswith("motcua.")]
    raised = [kind for kind in ours if not kind.__name__.startswith("_")]
    return tuple(kind for kind in raised if ".tests." not in kind.__module__)


def placeholders(sentence: str) -> set[str]:
    """Give the names that a sentence expects to be filled in."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def faults(kind: type[Refused]) -> list[str]:
    """Give what is wrong with a refusal's declaration."""
    lacking = [f"no {name} of its own" for name in _OWN if name not in vars(kind)]
    if not _CODE.fullmatch(kind.code):
        lacking.append(f"code {kind.code!r} is not area.what")
    if placeholders(kind.vi) != placeholders(kind.en):
        lacking.append("the two sentences tell different things")
    if not (kind.vi.endswith(_ENDS) and kind.en.endswith(_ENDS)):
        lacking.append("not a sentence")
    return lacking


@pytest.mark.parametrize(
    ("declared", "fault"),
    [
        ({"code": "a.b", "vi": "Không có {x}.", "en": "There is no {y}."}, "different things"),
        ({"code": "a.b", "vi": "Không có."}, "no en"),
        ({"code": "wrong", "vi": "Không.", "en": "No."}, "area.what"),
        ({"code": "a.b", "vi": "Không", "en": "No."}, "not a sentence"),
    ],
)
def test_a_faulty_refusal_is_seen(declared, fault):
    assert fault in " ".join(faults(type("Faulty", (Refused,), declared)))


def test_every_refusal_is_fit_for_its_reader():
    assert {kind.__qualname__: found for kind in refusals() if (found := faults(kind))} == {}


def test_every_code_belongs_to_one_refusal():
    counted = Counter(kind.code for kind in refusals())
    assert [code for code, times in counted.items() if times > 1] == []
