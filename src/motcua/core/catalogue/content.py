"""What one edition says: values by name, each as it was read, with its source and how sure it is.

A value is kept in the words and the shape of its source, so that nothing is lost; `reading` tells
what can be read in it. Two forms of source exist: compiled facts, where each value has a source of
its own, and the national database's page of a procedure, which is one source for all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from motcua.core.procedures.declaration import Mark


class Form(StrEnum):
    """The form of the file that a content was read from, and can be given back in."""

    FACTS = "facts"
    NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class Value:
    """One value: what the source says, how sure it is (None: a label of our own), and where."""

    said: Any
    mark: Mark | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that an edition says of a procedure."""

    form: Form
    values: Mapping[str, Value]

    def said(self, name: str) -> Any:  # noqa: ANN401 - what the source says
        """Give what is said under a name, None where nothing is."""
        value = self.values.get(name)
        return value.said if value else None

    def text(self, name: str) -> str:
        """Give the words under a name; empty where there are none."""
        said = self.said(name)
        return said.strip() if isinstance(said, str) else ""


def body_of(content: Content) -> str:
    """Write a content as JSON text: equal contents give equal text, and no letter is changed."""
    values = {
        name: {"said": one.said, "mark": one.mark, "source": one.source}
        for name, one in content.values.items()
    }
    told = {"form": content.form, "values": values}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_of(body: str) -> Content:
    """Read back what `body_of` wrote."""
    told = json.loads(body)
    values = {
        name: Value(one["said"], Mark(one["mark"]) if one["mark"] else None, one["source"])
        for name, one in told["values"].items()
    }
    return Content(Form(told["form"]), values)


def digest_of(body: str) -> bytes:
    """Give the SHA-256 of a body."""
    return hashlib.sha256(body.encode()).digest()
