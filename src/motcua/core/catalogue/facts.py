"""Compiled facts: a row whose every value has a source and a mark, read and given back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from motcua.core.catalogue.content import Content, Form, Value
from motcua.core.catalogue.faults import fault
from motcua.core.procedures.declaration import Mark
from motcua.kernel.flow.faults import Fault

MARKS = {"[F]": Mark.CONFIRMED, "(memory)": Mark.UNCONFIRMED}
_WRITTEN = {mark: word for word, mark in MARKS.items()}
_SOURCED = {"value", "mark", "source"}
_OURS = "group"  # a label of whoever compiled the list: it has no source


def read_facts(row: Mapping[str, Any], faults: list[Fault]) -> Content:
    """Read a row; what is wrong with it is added to the faults."""
    values: dict[str, Value] = {}
    for name, told in row.items():
        if name == _OURS and isinstance(told, str):
            values[name] = Value(told)
        elif not isinstance(told, dict) or set(told) != _SOURCED:
            faults.append(fault("catalogue.wrong_type", name, key=name, wanted="value+mark+source"))
        elif told["mark"] not in MARKS:
            faults.append(fault("catalogue.unknown_mark", name, key=name, mark=told["mark"]))
        elif not isinstance(told["source"], str):
            faults.append(fault("catalogue.wrong_type", name, key=f"{name}.source", wanted="text"))
        else:
            values[name] = Value(told["value"], MARKS[told["mark"]], told["source"])
    return Content(Form.FACTS, values)


def written_facts(content: Content) -> dict[str, Any]:
    """Give the row back."""
    return {
        name: one.said
        if one.mark is None
        else {"value": one.said, "mark": _WRITTEN[one.mark], "source": one.source}
        for name, one in content.values.items()
    }
