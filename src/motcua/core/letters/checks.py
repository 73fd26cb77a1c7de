"""What a template must pass before it comes into force: each check by name, each fault by line."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.core.letters.child import ENVELOPE
from motcua.core.letters.declared import Letter, Part
from motcua.core.letters.faults import fault
from motcua.core.letters.kinds import Kind, kinds
from motcua.core.letters.rules import source_faults
from motcua.core.letters.sandbox import Bounds, Made, Setting, run
from motcua.core.letters.setting import given
from motcua.core.letters.sources import SHARED, Sources
from motcua.kernel.flow.faults import Fault

AT = datetime.datetime(2027, 2, 5, 7, 20, tzinfo=datetime.UTC)
"""When every trial is set: equal drafts get equal verdicts."""

CHECKS: Mapping[str, tuple[str, ...]] = {
    "source": ("too_long", "control", "forbidden"),
    "sets": (
        "variable",
        "no_key",
        "unclosed",
        "unexpected",
        "argument",
        "other",
        "file",
        "package",
    ),
    "bounds": ("memory", "seconds", "depth", "crash", "endless", "pages", "edge", "bytes"),
    "archive": ("standard",),
    "parts": ("part_missing", "part_small"),
}
"""The checks in their order, and the faults by which each fails."""

TRIAL = Bounds(seconds=30, wait=60, pages=60, bytes=4 * 1024 * 1024)
_TOGETHER = 8
_MOST_SHOWN = 60  # signs of a value that is looked for: its beginning tells it apart
_LEAST_PT = 6.0
_SPECIAL = re.compile(r"[\\.+*?()|\[\]{}^$#&~-]")  # escaped `<` and `>` would be ends of words
_VALUE = re.compile(r"\{([a-z_.*]+)\}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the checks found; `tried` is how many kinds of data the template was set with."""

    faults: tuple[Fault, ...]
    tried: int

    def of(self, check: str) -> tuple[Fault, ...]:
        """Give the faults by which a check failed."""
        codes = {f"letters.{one}" for one in CHECKS[check]}
        return tuple(one for one in self.faults if one.code in codes)


@dataclass(frozen=True, slots=True)
class _Wanted:
    part: Part
    says: str


def checked(letter: Letter, sources: Sources) -> Verdict:
    """Try a template with every kind of data that it will meet."""
    if found := tuple(_in_source(sources)):
        return Verdict(found, 0)
    faults: dict[tuple[str, str], Fault] = {}
    tried = 0
    wanted = kinds(letter)
    for first in range(0, len(wanted), _TOGETHER):
        some = wanted[first : first + _TOGETHER]
        made = run([_probe(letter, sources, kind) for kind in some], "parts", bounds=TRIAL)
        tried += len(made)
        for kind, one in zip(some, made, strict=False):
            for told in (*one.faults, *_parts_lacking(letter, kind, one)):
                faults.setdefault((told.code, told.where or told.vi), told)
        if len(made) < len(some) or any(one.faults for one in made):
            break  # what breaks over one kind of data is mended before others are tried
    return Verdict(tuple(faults.values()), tried)


def _in_source(sources: Sources) -> Iterator[Fault]:
    for text, prefix in ((sources.text, ""), (sources.shared, f"{SHARED}:")):
        for code, line, details in source_faults(text):
            yield fault(code, f"{prefix}{line}" if line or prefix else "", **details)


def _parts_lacking(letter: Letter, kind: Kind, made: Made) -> Iterator[Fault]:
    if made.value is None:
        return
    found: dict[tuple[str, int], float] = {}
    for one in made.value["parts"]:
        if "part" not in one:  # what a template of official documents names
            continue
        place = one["part"], one["says"]
        found[place] = max(found.get(place, 0.0), one["size"])
    for part in letter.parts:
        for number, says in enumerate(_said(part, kind.data)):
            size, unit, least = found.get((part.key, number)), "pt", _LEAST_PT
            yield from _judged(part, says, size, (unit, least), kind)
        if part.draws and kind.data.get(part.draws):
            size = found.get((part.key, 0))
            yield from _judged(part, part.draws, size, ("mm", float(part.least)), kind)


def _judged(
    part: Part, says: str, size: float | None, measure: tuple[str, float], kind: Kind
) -> Iterator[Fault]:
    unit, least = measure
    names = {
        "name": part.name.vi,
        "name_en": part.name.en,
        "kind": kind.name.vi,
        "kind_en": kind.name.en,
    }
    if size is None:
        yield fault("letters.part_missing", part.key, says=says, basis=part.basis, **names)
    elif size < least:
        told = {"size": f"{size:g} {unit}", "least": f"{least:g} {unit}"}
        yield fault("letters.part_small", part.key, **told, **names)


def _probe(letter: Letter, sources: Sources, kind: Kind) -> Setting:
    """Give the letter within rules that note each obligatory part as it is laid out."""
    rules = [
        _NOTE_PICTURE.format(data=json.dumps(one.draws), part=json.dumps(one.key))
        for one in letter.parts
        if one.draws
    ]
    words = [
        (says, part.key, number)
        for part in letter.parts
        for number, says in enumerate(_said(part, kind.data))
    ]
    # The rule that stands last is asked first: the longest words, as shorter ones may lie in them.
    for says, part, number in sorted(words, key=lambda one: len(one[0])):
        pattern = _string(_pattern(says))
        rules.append(_NOTE_WORDS.format(pattern=pattern, part=json.dumps(part), number=number))
    files = {
        "main.typ": "\n".join([*rules, ENVELOPE]),
        "letter.typ": sources.text,
        f"{SHARED}.typ": sources.shared,
        "data.json": given(kind.data),
    }
    return Setting(files, int(AT.timestamp()))


_NOTE_WORDS = (
    "#show regex({pattern}): it => [#context [#metadata((part: {part}, says: {number},"
    " size: text.size.pt()))<motcua-part>]#it]"
)
_NOTE_PICTURE = (
    '#show image: it => [#if it.source == bytes(json("data.json").at({data}, default: ""))'
    " [#context [#metadata((part: {part}, says: 0, size: measure(it).width.mm()))"
    "<motcua-part>]]#it]"
)


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _pattern(says: str) -> str:
    """Write words as a pattern: any case, any white space, breaks that long words may have."""
    signs = (r"\s+" if word.isspace() else _word(word) for word in re.split(r"(\s+)", says.strip()))
    return "(?i)" + "".join(signs)


def _word(word: str) -> str:
    return "\\u{200b}*".join(_SPECIAL.sub(r"\\\g<0>", sign) for sign in word)


def _said(part: Part, data: Mapping[str, Any]) -> list[str]:
    """Give the words that a part says of these data; what is empty says nothing."""
    told = json.loads(given(data))
    found: list[str] = []
    for says in part.says:
        values = {path: _at(told, path.split(".")) for path in _VALUE.findall(says)}
        if says in {f"{{{path}}}" for path in values}:
            found.extend(*values.values())
        elif all(values.values()):
            for path, texts in values.items():
                says = says.replace(f"{{{path}}}", texts[0])  # noqa: PLW2901 - filled in
            found.append(says)
    return [_beginning(one) for one in dict.fromkeys(found) if one.strip()]


def _beginning(says: str) -> str:
    says = says.replace("\u200b", "")
    return says if len(says) <= _MOST_SHOWN else says[:_MOST_SHOWN].rpartition(" ")[0]


def _at(data: Any, path: Sequence[str]) -> list[str]:  # noqa: ANN401 - JSON data
    """Give the texts at a path; `*` stands for each item of a list."""
    if not path:
        return [data] if isinstance(data, str) and data else []
    if path[0] == "*":
        return [text for one in data for text in _at(one, path[1:])]
    return _at(data.get(path[0], ""), path[1:]) if isinstance(data, dict) else []
