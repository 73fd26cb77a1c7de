"""Checks of names: keys, references, posts, agency rules and numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from motcua.kernel.flow.definition import Definition, Kind, Move
from motcua.kernel.flow.engine import FROM_ENDS
from motcua.kernel.flow.faults import Fault, fault

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
AGENCY_RULE = re.compile(r"receiving|same|superior|code:[A-Za-z0-9]+([.-][A-Za-z0-9]+)*")
NOT_POSTS = frozenset({"holder", "applicant", "house"})


def name_faults(definition: Definition, known_posts: Collection[str] | None) -> Iterator[Fault]:
    """Find keys, references and numbers that are wrong in themselves."""
    yield from _key_faults(definition)
    if definition.start not in definition.step:
        yield fault("flow.start_not_step", "start", key=definition.start)
    for move in definition.moves:
        yield from _reference_faults(definition, move)
    yield from _agency_faults(definition)
    yield from _number_faults(definition)
    if known_posts is not None:
        yield from _post_faults(definition, known_posts)


def _key_faults(definition: Definition) -> Iterator[Fault]:
    places = [("steps", step.key) for step in definition.steps]
    places += [("ends", end.key) for end in definition.ends]
    for group in (
        places,
        [("moves", move.key) for move in definition.moves],
        [("legs", leg.key) for leg in definition.legs],
    ):
        seen: set[str] = set()
        for part, key in group:
            if not KEY.fullmatch(key):
                yield fault("flow.key_form", f"{part}.{key}", key=key)
            if key in seen:
                yield fault("flow.key_twice", f"{part}.{key}", key=key)
            seen.add(key)


def _reference_faults(definition: Definition, move: Move) -> Iterator[Fault]:
    where = f"moves.{move.key}"
    if not move.sources:
        yield fault("flow.no_source", where)
    for key in move.sources:
        code = _source_slip(definition, move, key)
        if code is not None:
            yield fault(code, where, key=key)
    target = move.target
    if target is not None and target not in definition.step and target not in definition.end:
        yield fault("flow.unknown_target", where, key=target)
    for key in move.legs:
        if key not in definition.leg:
            yield fault("flow.unknown_leg", where, key=key)


def _source_slip(definition: Definition, move: Move, key: str) -> str | None:
    if key in definition.end:
        return None if move.kind in FROM_ENDS else "flow.end_has_move"
    if move.kind is Kind.REOPEN:
        return "flow.reopen_from_step"
    return None if key in definition.step else "flow.unknown_step"


def _agency_faults(definition: Definition) -> Iterator[Fault]:
    rules = [(f"steps.{step.key}", step.agency) for step in definition.steps]
    rules += [(f"legs.{leg.key}", leg.agency) for leg in definition.legs]
    for where, rule in rules:
        if not AGENCY_RULE.fullmatch(rule):
            yield fault("flow.agency_rule", where, rule=rule)


def _number_faults(definition: Definition) -> Iterator[Fault]:
    numbers = [(f"steps.{step.key}", step.minutes) for step in definition.steps]
    numbers += [(f"moves.{move.key}", move.at_most) for move in definition.moves]
    numbers += [(f"legs.{leg.key}", leg.minutes) for leg in definition.legs]
    for where, number in numbers:
        if number < 0:
            yield fault("flow.limit_negative", where)


def _post_faults(definition: Definition, known: Collection[str]) -> Iterator[Fault]:
    posts = [(f"steps.{step.key}", step.post) for step in definition.steps]
    posts += [
        (f"moves.{move.key}", who)
        for move in definition.moves
        for who in move.by
        if who not in NOT_POSTS
    ]
    posts += [(f"legs.{leg.key}", leg.post) for leg in definition.legs]
    for where, post in posts:
        if post not in known:
            yield fault("flow.unknown_post", where, post=post)
