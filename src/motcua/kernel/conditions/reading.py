"""Reading a condition from its text, against the kinds of the fields that it may name.

``handed_over_on >= started_on + 30 days and (kind in ["duct", "trench"] or depth is blank)``
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import NamedTuple

from motcua.kernel.conditions.tree import (
    Among,
    Blank,
    Compared,
    Count,
    Every,
    Field,
    Kind,
    Literal,
    Moved,
    Node,
    Not,
    Plain,
    Some,
    Sum,
    Today,
)
from motcua.kernel.errors import Refused

LONGEST = 500
_DEEPEST = 20
_WORD = re.compile(
    r"\s*(?:(?P<day>\d{4}-\d{2}-\d{2})|(?P<number>\d{1,15})|(?P<text>\"[^\"]*\")"
    r"|(?P<name>[a-z][a-z0-9_]*)|(?P<sign><=|>=|!=|[=<>()\[\],+-]))"
)
_SIGNS = frozenset({"=", "!=", "<", "<=", ">", ">="})
_OF_ORDER = frozenset({Kind.NUMBER, Kind.DAY})
_RESERVED = frozenset(
    {"and", "or", "not", "in", "is", "blank", "count", "sum", "today", "days", "months"}
)
_FLAGS = {"true": True, "false": False}


class ConditionUnreadable(Refused):
    """The text is no condition over these fields."""

    code = "conditions.unreadable"
    vi = "Không đọc được điều kiện ở vị trí {position}: {problem}."
    en = "The condition cannot be read at {position}: {problem}."


class _Word(NamedTuple):
    kind: str
    text: str
    at: int


class _Typed(NamedTuple):
    node: Node
    kind: Kind


def read(text: str, kinds: Mapping[str, Kind]) -> Node:
    """Read a condition; raises `ConditionUnreadable` with the place and what is wrong there."""
    if len(text) > LONGEST:
        raise ConditionUnreadable(position=LONGEST, problem=f"> {LONGEST}")
    reading = _Reading(_words(text), kinds)
    told = reading.some()
    if reading.here.kind != "end":
        raise reading.wrong(reading.here.text)
    if told.kind is not Kind.FLAG:
        raise ConditionUnreadable(position=1, problem=told.kind)
    return told.node


def _words(text: str) -> list[_Word]:
    found, at = list[_Word](), 0
    while text[at:].strip():
        word = _WORD.match(text, at)
        if word is None:
            raise ConditionUnreadable(position=at + 1, problem=text[at : at + 10].strip())
        kind = word.lastgroup
        assert kind is not None
        found.append(_Word(kind, word[kind], word.start(kind)))
        at = word.end()
    return [*found, _Word("end", "", len(text))]


class _Reading:
    """The words of a condition and how far they are read."""

    def __init__(self, words: list[_Word], kinds: Mapping[str, Kind]) -> None:
        self._words, self._kinds, self._at, self._depth = words, kinds, 0, 0

    @property
    def here(self) -> _Word:
        return self._words[self._at]

    def wrong(self, problem: str) -> ConditionUnreadable:
        return ConditionUnreadable(position=self.here.at + 1, problem=problem or "…")

    def take(self, *texts: str) -> str:
        """Take the next word if it is one of these, else give nothing."""
        if self.here.kind in {"name", "sign"} and self.here.text in texts:
            self._at += 1
            return self._words[self._at - 1].text
        return ""

    def need(self, text: str) -> None:
        if not self.take(text):
            raise self.wrong(f"{text} …")

    def some(self) -> _Typed:
        """Read parts with ``or`` between them."""
        parts = [self.every()]
        while self.take("or"):
            parts.append(self.every())
        return parts[0] if len(parts) == 1 else self._joined(Some, parts)

    def every(self) -> _Typed:
        """Read parts with ``and`` between them."""
        parts = [self.negated()]
        while self.take("and"):
            parts.append(self.negated())
        return parts[0] if len(parts) == 1 else self._joined(Every, parts)

    def _joined(self, of: type[Some] | type[Every], parts: list[_Typed]) -> _Typed:
        if any(part.kind is not Kind.FLAG for part in parts):
            raise self.wrong(Kind.FLAG)
        return _Typed(of(tuple(part.node for part in parts)), Kind.FLAG)

    def negated(self) -> _Typed:
        """Read a part with or without ``not``."""
        if not self.take("not"):
            return self.compared()
        self._deeper()
        part = self.negated()
        self._depth -= 1
        if part.kind is not Kind.FLAG:
            raise self.wrong(Kind.FLAG)
        return _Typed(Not(part.node), Kind.FLAG)

    def compared(self) -> _Typed:
        """Read a value and what is said of it, if anything."""
        left = self.moved()
        if self.take("in"):
            return _Typed(Among(left.node, self._listed(left.kind)), Kind.FLAG)
        if self.take("is"):
            return self._blank(left.node)
        sign = self.take(*_SIGNS)
        if not sign:
            return left
        right = self.moved()
        if right.kind is not left.kind or (sign[0] in "<>" and left.kind not in _OF_ORDER):
            raise self.wrong(f"{left.kind} {sign} {right.kind}")
        return _Typed(Compared(sign, left.node, right.node), Kind.FLAG)

    def _blank(self, node: Node) -> _Typed:
        is_not = bool(self.take("not"))
        self.need("blank")
        if not isinstance(node, Field):
            raise self.wrong("blank")
        told = Blank(node.key)
        return _Typed(Not(told) if is_not else told, Kind.FLAG)

    def _listed(self, kind: Kind) -> tuple[Plain, ...]:
        self.need("[")
        found = [self._literal(kind)]
        while self.take(","):
            found.append(self._literal(kind))
        self.need("]")
        return tuple(found)

    def _literal(self, kind: Kind) -> Plain:
        told = self.value()
        if not isinstance(told.node, Literal) or told.kind is not kind:
            raise self.wrong(kind)
        return told.node.value

    def moved(self) -> _Typed:
        """Read a value; a day may be moved by days or months, once or several times."""
        told = self.value()
        while sign := self.take("+", "-"):
            if told.kind is not Kind.DAY:
                raise self.wrong(f"{told.kind} {sign}")
            count = int(self._number()) * (1 if sign == "+" else -1)
            unit = self.take("days", "months")
            if not unit:
                raise self.wrong("days | months")
            days, months = (count, 0) if unit == "days" else (0, count)
            told = _Typed(Moved(told.node, days, months), Kind.DAY)
        return told

    def _number(self) -> str:
        word = self.here
        if word.kind != "number" or len(word.text) > 6:  # no date is so far off
            raise self.wrong(word.text)
        self._at += 1
        return word.text

    def value(self) -> _Typed:
        """Read a literal, a field, a count, a sum, today, or a condition in brackets."""
        word = self.here
        if self.take("("):
            self._deeper()
            told = self.some()
            self._depth -= 1
            self.need(")")
            return told
        self._at += word.kind != "end"
        match word.kind:
            case "number":
                return _Typed(Literal(int(word.text)), Kind.NUMBER)
            case "text":
                return _Typed(Literal(word.text[1:-1]), Kind.TEXT)
            case "day":
                return _Typed(Literal(self._day(word)), Kind.DAY)
            case "name":
                return self._named(word)
        raise ConditionUnreadable(position=word.at + 1, problem=word.text or "…")

    def _day(self, word: _Word) -> datetime.date:
        try:
            return datetime.date.fromisoformat(word.text)
        except ValueError as wrong:
            raise ConditionUnreadable(position=word.at + 1, problem=word.text) from wrong

    def _named(self, word: _Word) -> _Typed:
        match word.text:
            case "today":
                return _Typed(Today(), Kind.DAY)
            case "true" | "false":
                return _Typed(Literal(_FLAGS[word.text]), Kind.FLAG)
            case "count":
                return _Typed(Count(self._keys(None)), Kind.NUMBER)
            case "sum":
                return _Typed(Sum(self._keys(Kind.NUMBER)), Kind.NUMBER)
        if word.text in _RESERVED or word.text not in self._kinds:
            raise ConditionUnreadable(position=word.at + 1, problem=word.text)
        return _Typed(Field(word.text), self._kinds[word.text])

    def _keys(self, kind: Kind | None) -> tuple[str, ...]:
        self.need("(")
        keys = [self._key(kind)]
        while self.take(","):
            keys.append(self._key(kind))
        self.need(")")
        return tuple(keys)

    def _key(self, kind: Kind | None) -> str:
        word = self.here
        known = self._kinds.get(word.text) if word.kind == "name" else None
        if known is None or kind not in {None, known}:
            raise self.wrong(word.text)
        self._at += 1
        return word.text

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self.wrong("(((…")
