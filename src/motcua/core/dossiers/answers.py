"""The answers of a form as their column holds them: JSON, with secret ones sealed one by one.

A sealed answer is an object `{"sealed": …}` (base64 of what `people.numbers.seal_number` gives),
which no answer in clear can be. The ledger commits to the answers themselves.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping

from motcua.core.people.numbers import open_number, seal_number
from motcua.core.procedures.declaration import Declaration, FieldRule, Grade

Answers = dict[str, str | int | bool]
_SEALED = "sealed"


def written(declaration: Declaration, values: Mapping[str, object]) -> str:
    """Write the answers to a procedure's form for their column."""
    return written_fields(declaration.fields, values)


def written_fields(rules: Iterable[FieldRule], values: Mapping[str, object]) -> str:
    """Write values for their column; those of grade `secret` are encrypted."""
    secret = {rule.key for rule in rules if rule.grade is Grade.SECRET}
    kept = {
        key: {_SEALED: b64encode(seal_number(str(value))).decode()} if key in secret else value
        for key, value in values.items()
    }
    return json.dumps(kept, ensure_ascii=False)


def read(text: str) -> Answers:
    """Read the answers of a column; raises `NumberUnreadable` where a sealed one does not open."""
    return {key: _opened(value) for key, value in json.loads(text).items()}


def _opened(value: str | int | bool | dict[str, str]) -> str | int | bool:  # noqa: FBT001
    return open_number(b64decode(value[_SEALED])) if isinstance(value, dict) else value
