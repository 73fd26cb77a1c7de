"""Checks of linked procedures: each part can be opened, filled in and waited for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from motcua.core.procedures.declaration import Declaration, PartRule
from motcua.core.procedures.faults import fault
from motcua.kernel.flow.definition import Kind
from motcua.kernel.flow.faults import Fault


def part_faults(
    declaration: Declaration, published: Mapping[str, Declaration]
) -> tuple[Fault, ...]:
    """Find parts that no procedure in force answers, or whose form and papers cannot be filled.

    ``published`` are the procedures in force that parts name, by code.
    """
    return tuple(
        found for rule in declaration.parts for found in _faults(declaration, rule, published)
    )


def _faults(
    whole: Declaration, rule: PartRule, published: Mapping[str, Declaration]
) -> Iterator[Fault]:
    where = f"parts.{rule.key}"
    if not _is_agency(rule.agency):
        yield fault("procedure.part_agency", f"{where}.agency", agency=rule.agency)
    yield from _order_faults(whole, rule, where)
    part = published.get(rule.procedure)
    if part is None or part.complaint or part.parts or "dossier" not in part.channels:
        yield fault("procedure.part_procedure", f"{where}.procedure", procedure=rule.procedure)
        return
    yield from _form_faults(whole, rule, part, where)
    yield from _paper_faults(whole, rule, part, where)


def _is_agency(rule: str) -> bool:
    return rule in {"receiving", "superior"} or rule.startswith("code:")


def _order_faults(whole: Declaration, rule: PartRule, where: str) -> Iterator[Fault]:
    """What a part follows stands before it, so that no two wait for each other."""
    earlier = [one.key for one in whole.parts[: whole.parts.index(rule)]]
    if rule.after and rule.after not in earlier:
        yield fault("procedure.part_after", f"{where}.after", part=rule.after)
    move = whole.flow.move.get(rule.before)
    if rule.before and (move is None or move.kind is not Kind.FORWARD or move.gives_code):
        yield fault("procedure.part_before", f"{where}.before", move=rule.before)


def _form_faults(
    whole: Declaration, rule: PartRule, part: Declaration, where: str
) -> Iterator[Fault]:
    ours = {one.key: one for one in whole.fields}
    theirs = {one.key: one for one in part.fields}
    for theirs_key, ours_key in rule.fields.items():
        one, from_ = theirs.get(theirs_key), ours.get(ours_key)
        if one is None or from_ is None or one.type is not from_.type:
            yield fault("procedure.part_field", f"{where}.fields.{theirs_key}", field=ours_key)
        elif one.required and not from_.required:
            yield fault("procedure.part_unfilled", f"{where}.fields", field=theirs_key)
    for key in rule.answers.keys() - theirs.keys():
        yield fault("procedure.part_field", f"{where}.answers.{key}", field=key)
    for one in part.fields:
        if one.required and one.key not in rule.fields.keys() | rule.answers.keys():
            yield fault("procedure.part_unfilled", f"{where}.fields", field=one.key)


def _paper_faults(
    whole: Declaration, rule: PartRule, part: Declaration, where: str
) -> Iterator[Fault]:
    ours = {one.key: one for one in whole.evidence}
    theirs = {one.key: one for one in part.evidence}
    for theirs_key, ours_key in rule.papers.items():
        if theirs_key not in theirs or ours_key not in ours:
            yield fault("procedure.part_field", f"{where}.papers.{theirs_key}", field=ours_key)
    for one in part.evidence:
        given = ours.get(rule.papers.get(one.key, ""))
        if one.required and (given is None or not given.required):
            yield fault("procedure.part_unfilled", f"{where}.papers", field=one.key)
