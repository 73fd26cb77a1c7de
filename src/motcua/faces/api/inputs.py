"""What is wrong with one value of a request, by the kind of fault that pydantic found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from motcua.kernel.errors import Refused


class InputMissing(Refused):
    """A required value is absent."""

    code = "input.missing"
    vi = "Thiếu giá trị bắt buộc này."
    en = "This value is required."


class InputUnknown(Refused):
    """The API knows no value of this name."""

    code = "input.unknown"
    vi = "API không có mục này; hãy kiểm tra lại tên."
    en = "The API has nothing of this name; check the spelling."


class InputTwice(Refused):
    """A value that is one came several times; no two readers agree on which of them counts."""

    code = "input.twice"
    vi = "Mục này được gửi nhiều lần; hãy gửi đúng một giá trị."
    en = "This came several times; send one value."


class InputType(Refused):
    """A value of the wrong JSON type."""

    code = "input.type"
    vi = "Kiểu dữ liệu không đúng; cần {wanted}."
    en = "This is of the wrong type; needed: {wanted}."


class InputLength(Refused):
    """Too short or too long."""

    code = "input.length"
    vi = "Độ dài không đúng; giới hạn là {limit}."
    en = "This is too short or too long; the limit is {limit}."


class InputRange(Refused):
    """A number out of range."""

    code = "input.range"
    vi = "Giá trị nằm ngoài khoảng cho phép; giới hạn là {limit}."
    en = "This is out of range; the limit is {limit}."


class InputChoice(Refused):
    """None of the allowed words."""

    code = "input.choice"
    vi = "Giá trị phải là một trong: {allowed}."
    en = "This must be one of: {allowed}."


class InputWrong(Refused):
    """A value that does not have the form asked for."""

    code = "input.wrong"
    vi = "Giá trị không đúng dạng mà API mô tả."
    en = "This does not have the form that the API describes."


_LIMITS = ("min_length", "max_length", "ge", "le", "gt", "lt")
_WORDS = {
    "scalar": "string | boolean | integer | null",
    "int": "integer",
    "bool": "boolean",
    "dict": "object",
    "model": "object",
    "list": "array",
}
_NUMBERS = ("greater_than", "greater_than_equal", "less_than", "less_than_equal")


def fault(found: Mapping[str, Any]) -> Refused:
    """Name what pydantic found (one row of its `errors()`)."""
    kind, context = str(found["type"]), found.get("ctx", {})
    limit = next((context[name] for name in _LIMITS if name in context), "")
    if kind == "missing":
        return InputMissing()
    if kind == "extra_forbidden":
        return InputUnknown()
    if kind == "literal_error":
        return InputChoice(allowed=context.get("expected", ""))
    if kind.endswith(("too_short", "too_long")):
        return InputLength(limit=limit)
    if kind in _NUMBERS:
        return InputRange(limit=limit)
    return _by_type(kind)


def _by_type(kind: str) -> Refused:
    name, _, what = kind.partition("_")
    if what not in {"type", "parsing", "attributes_type"}:
        return InputWrong()
    return InputType(wanted=_WORDS.get(name, name))
