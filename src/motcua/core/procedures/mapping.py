"""Maps between versions of a procedure: reading one, what forbids it, and a draft to start from.

The file names the procedure, two of its versions, and in `[steps]`, `[legs]`, `[moves]` and
`[fields]` what everything of the old one becomes in the new. Papers, letters and fees keep their
keys: rows and receipts that are there already name them. An answer is never dropped, so each field
of the old version has one of the same type in the new.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.faults import MapFaulty, fault
from motcua.core.procedures.table import parse
from motcua.kernel.flow.faults import Fault
from motcua.kernel.flow.mapping import FlowMap, map_faults, name_faults

FORMAT = 1


@dataclass(frozen=True, slots=True)
class VersionMap:
    """What a map file says: from one version of a procedure to another, by their numbers."""

    procedure: str
    source: int
    target: int
    flow: FlowMap
    fields: Mapping[str, str]

    def answers(self, values: Mapping[str, object]) -> dict[str, object]:
        """Give the answers of a dossier under the names of the new version."""
        return {self.fields[key]: value for key, value in values.items()}


def read_map(text: str) -> VersionMap:
    """Read a map file; raises `MapFaulty` with every place that cannot be read."""
    faults: list[Fault] = []
    table = parse(text, faults)
    if not faults:
        if table.whole("format", FORMAT) != FORMAT:
            table.note("procedure.not_one_of", "format", value="format", allowed=FORMAT)
        told = VersionMap(
            procedure=table.text("procedure", limit=40),
            source=table.count("from"),
            target=table.count("to"),
            flow=FlowMap(table.pairs("steps"), table.pairs("legs"), table.pairs("moves")),
            fields=table.pairs("fields"),
        )
        table.close()
    if faults:
        raise MapFaulty(faults)
    return told


def faults_of(told: VersionMap, old: Declaration, new: Declaration) -> tuple[Fault, ...]:
    """List all that forbids publishing the map, first what of the flow, then of the form."""
    return (
        *map_faults(old.flow, new.flow, told.flow),
        *_field_faults(told, old, new),
        *_gone("evidence", {one.key for one in old.evidence}, {one.key for one in new.evidence}),
        *_gone("letters", {one.key for one in old.letters}, {one.key for one in new.letters}),
        *_gone("fees", {one.key for one in old.fees}, {one.key for one in new.fees}),
    )


def draft_of(procedure: str, source: int, target: int, old: Declaration) -> str:
    """Write a map file in which everything keeps its name, to be corrected by hand."""
    counted = [move.key for move in old.flow.moves if move.at_most]
    parts = {
        "steps": [step.key for step in old.flow.steps],
        "legs": [leg.key for leg in old.flow.legs],
        "moves": counted,
        "fields": [rule.key for rule in old.fields],
    }
    lines = [f"format = {FORMAT}", f'procedure = "{procedure}"', f"from = {source}"]
    lines.append(f"to = {target}")
    for part, keys in parts.items():
        lines += ["", f"[{part}]", *(f'{key} = "{key}"' for key in keys)]
    return "\n".join(lines) + "\n"


def _field_faults(told: VersionMap, old: Declaration, new: Declaration) -> Iterator[Fault]:
    types = {rule.key: rule.type for rule in old.fields}
    there = {rule.key: rule.type for rule in new.fields}

    def fits(source: str, target: str) -> bool:
        return there.get(target) is types[source]

    yield from name_faults("fields", told.fields, types, fits)
    becomes: dict[str, str] = {}
    for key, target in told.fields.items():
        if target in becomes:
            other = becomes[target]
            yield fault("procedure.map_merge", f"fields.{key}", key=key, other=other)
        becomes[target] = key


def _gone(part: str, old: Collection[str], new: Collection[str]) -> Iterator[Fault]:
    for key in sorted({*old} - {*new}):
        yield fault("procedure.map_gone", f"{part}.{key}", key=key)
