"""The sandbox from inside: a process that sets templates and can do nothing else.

`python -I -B -m motcua.core.letters.child` reads one order (JSON) from its input and writes one
answer (JSON). Before it looks at a template it gives up for good what a template must not have:
memory and processor time beyond the order's bounds, and every further file descriptor. A process
that can open none reads no file, loads no package, reaches no network and starts no other one,
whatever the template says. Imports nothing of the house but this module's package.
"""

from __future__ import annotations

import base64
import json
import os
import resource
import sys
from collections.abc import Callable, Mapping
from typing import Any

import typst

PDF_STANDARDS = ["a-2b", "ua-1"]
"""For the archive (ISO 19005-2) and for readers aloud (ISO 14289-1)."""

MARK, LAST = "<motcua-part>", "<motcua-last>"
"""Labels under which a probe tells what it found: parts of a letter, and its pages."""

Answer = dict[str, Any]
_compile: Any = typst.compile  # its stubs know paths only, it takes files by name too
_query: Any = typst.query


class OverBounds(Exception):
    """The template makes more than a letter may have."""


def main() -> None:
    """Carry out one order."""
    order = json.loads(sys.stdin.buffer.read())
    bounds = order["bounds"]
    _compile({"main.typ": b""}, ignore_system_fonts=True, format="pdf")  # loads fonts and threads
    _give_up(bounds)
    for one in order["settings"]:
        told = json.dumps(_answer(one, order["form"], bounds), ensure_ascii=False)
        sys.stdout.write(told + "\n")
        sys.stdout.flush()


def _give_up(bounds: Mapping[str, int]) -> None:
    """Take on the bounds; no process gets back what it gave up so."""
    for limit, value in (
        (resource.RLIMIT_AS, bounds["memory"]),
        (resource.RLIMIT_CPU, bounds["seconds"]),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _next_descriptor()),
    ):
        resource.setrlimit(limit, (value, value))


def _next_descriptor() -> int:
    """Give the lowest number that no open descriptor has: with it as limit none is opened."""
    number = os.dup(0)
    os.close(number)
    return number


def _answer(one: Mapping[str, Any], form: str, bounds: Mapping[str, int]) -> Answer:
    files = {name: text.encode() for name, text in one["files"].items()}
    try:
        return {"made": _FORMS[form](files, one["at"], bounds)}
    except OverBounds as finding:
        return {"over": str(finding)}
    except typst.TypstError as error:
        return {"fault": error.message, "where": str(error.diagnostic)}
    except MemoryError:
        return {"over": "memory"}
    except Exception as error:  # noqa: BLE001 - Typst's own faults come as plain exceptions
        return {"fault": str(error), "where": ""}


def _pdf(files: dict[str, bytes], at: int, bounds: Mapping[str, int]) -> list[str]:
    pressed = _pressed(files, at, bounds)  # first: it tells the lines of what is wrong
    _measured(files, bounds)
    return [pressed]


def _pressed(files: dict[str, bytes], at: int, bounds: Mapping[str, int]) -> str:
    made = _compile(
        files, ignore_system_fonts=True, timestamp=at, format="pdf", pdf_standards=PDF_STANDARDS
    )
    if len(made) > bounds["bytes"]:
        raise OverBounds("bytes")
    return base64.b64encode(made).decode()


def _png(files: dict[str, bytes], at: int, bounds: Mapping[str, int]) -> list[str]:
    _pdf(files, at, bounds)
    made = _compile(files, ignore_system_fonts=True, timestamp=at, format="png", ppi=110.0)
    pages = made if isinstance(made, list) else [made]
    if sum(map(len, pages)) > bounds["bytes"]:
        raise OverBounds("bytes")
    return [base64.b64encode(page).decode() for page in pages]


def _found(files: dict[str, bytes], at: int, bounds: Mapping[str, int]) -> Answer:
    """Give what the letter shows of the parts that its probe looks for, once it was set."""
    pressed = _pressed({**files, "main.typ": files["letter.typ"]}, at, bounds)
    pages = _measured(files, bounds)
    parts = json.loads(_query(files, MARK, ignore_system_fonts=True, field="value"))
    return {"parts": parts, "pages": pages, "bytes": len(pressed) * 3 // 4}


def _measured(files: dict[str, bytes], bounds: Mapping[str, int]) -> int:
    """Give the number of pages; refuse too many, or one that no printer of an office holds."""
    probe = files if "letter.typ" in files else {**files, **_measuring(files)}
    last = json.loads(_query(probe, LAST, ignore_system_fonts=True, field="value"))
    if last[0]["pages"] > bounds["pages"]:
        raise OverBounds("pages")
    if max(last[0]["edges"], default=0) > bounds["edge"]:
        raise OverBounds("edge")
    return int(last[0]["pages"])


def _measuring(files: dict[str, bytes]) -> dict[str, bytes]:
    return {"letter.typ": files["main.typ"], "main.typ": ENVELOPE.encode()}


ENVELOPE = """
#set page(foreground: context [#metadata((page.width.mm(), page.height.mm()))<motcua-edge>])
#include "letter.typ"
#context [#metadata((
  pages: here().page(),
  edges: query(<motcua-edge>).map(one => one.value).flatten(),
))<motcua-last>]
"""
"""A letter within what measures it: its last page, and the edges of all, in mm."""

_FORMS: dict[str, Callable[[dict[str, bytes], int, Mapping[str, int]], Any]] = {
    "pdf": _pdf,
    "png": _png,
    "parts": _found,
}

if __name__ == "__main__":
    main()
