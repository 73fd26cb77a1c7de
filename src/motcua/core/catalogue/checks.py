"""What an edition lacks before it is published: the parts that a published procedure must have.

Decree 63/2010/NĐ-CP and index 1.3 of Decision 766/QĐ-TTg name the parts; those that a compiled
list can have are asked of it, all of them of the national database's page. A value that only
memory vouches for is a gap like one that is missing: it is shown, and nobody publishes it.
"""

from __future__ import annotations

from collections.abc import Iterator

from motcua.core.catalogue import reading
from motcua.core.catalogue.content import Content, Form, Value
from motcua.core.catalogue.faults import fault
from motcua.core.catalogue.names import name_of
from motcua.core.procedures.declaration import Mark
from motcua.kernel.codes import ProcedureCode, ProcedureCodeMalformed
from motcua.kernel.flow.faults import Fault

_ALWAYS = ("name", "level", "decided_by", "result", "legal_basis")
REQUIRED = {
    Form.FACTS: (*_ALWAYS, "time_limit", "evidence", "fee"),
    Form.NATIONAL: (*_ALWAYS, "sequence", "subjects", "carried_out_by", "filing"),
}
_SHORT = 120


def gaps(content: Content) -> tuple[Fault, ...]:
    """List everything that forbids publishing."""
    required = REQUIRED[content.form]
    return (
        *_code_gaps(content),
        *(gap for name in required for gap in _gaps_of(name, content.values.get(name))),
        *_limit_gaps(content),
    )


def _code_gaps(content: Content) -> Iterator[Fault]:
    code = content.text("code")
    if not code:
        yield fault("catalogue.no_code", "code")
        return
    try:
        ProcedureCode.parse(code)
    except ProcedureCodeMalformed:
        yield fault("catalogue.bad_code", "code", text=code[:60])
    yield from _gaps_of("code", content.values["code"])


def _gaps_of(name: str, value: Value | None) -> Iterator[Fault]:
    called = name_of(name)
    names = {"name": called.vi, "name_en": called.en}
    if value is None or _empty(value.said):
        yield fault("catalogue.missing", name, **names)
    elif value.mark is Mark.UNCONFIRMED:
        yield fault("catalogue.unconfirmed", name, **names, said=_briefly(value.said))
    elif value.mark is Mark.CONFIRMED and not value.source.strip():
        yield fault("catalogue.no_source", name, **names)


def _empty(said: object) -> bool:
    return not reading.shown(said) if isinstance(said, str) else not said


def _briefly(said: object) -> str:
    """Give what is said in one short line."""
    if isinstance(said, list):
        said = "; ".join(_briefly(one) for one in said)
    elif isinstance(said, dict):
        said = ", ".join(_briefly(one) for one in said.values())
    text = " ".join(str(said).split())
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"


def _limit_gaps(content: Content) -> Iterator[Fault]:
    """A limit is stated, or said not to be prescribed; numbers without a unit state nothing."""
    where = "time_limit" if content.form is Form.FACTS else "filing"
    if where in content.values and not reading.limits(content):
        yield fault("catalogue.limit_unstated", where)
    if reading.guesses_unit(content):
        yield fault("catalogue.unit_guessed", where)
