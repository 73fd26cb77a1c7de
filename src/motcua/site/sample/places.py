"""Where made-up applicants file: the tier fits, and every post of the way is held."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from motcua.core.agencies.queries import Holder, Node, holders_of, tree
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.queries import offered
from motcua.site.sample.city import receives
from motcua.site.sample.coming import Place, Stretch
from motcua.site.sample.former import end_of, former_city

COMMUNE = "commune"
_CODE = "code:"
_BUSY, _AT_ONCE = 5.0, 3.0


def places(stretch: Stretch) -> list[Place]:
    """Give where which procedure can be filed in a stretch, and from when until when.

    Most of what a city takes in are papers that a commune gives out at once. What officers open
    themselves (advertising numbers) has no applicants.
    """
    last = stretch.first + datetime.timedelta(days=stretch.days - 1)
    found = (
        _place(version.declaration, node)
        for version in offered()
        for node in tree().nodes.values()
        if receives(node.code, version.declaration.code, former_city())
    )
    return [
        one
        for one in found
        if one is not None
        and one.since <= last
        and (one.until is None or stretch.first < one.until)
    ]


def _place(declaration: Declaration, node: Node) -> Place | None:
    if declaration.tiers and node.tier not in declaration.tiers:
        return None
    if any(rule.pattern and rule.required for rule in declaration.fields):
        return None  # chance can't write what a pattern asks for
    held = [holders_of(node.id, post) for post in set(_posts(declaration))]
    if not all(held):
        return None
    others = (tree().by_code.get(code) for code in _asked(declaration))
    begins = [one.valid_from for one in (node, *others) if one is not None and one.valid_from]
    since = max([_first(one) for one in held] + begins, default=datetime.date.min)
    ends = [one for one in (end_of(node), *map(_last, held)) if one is not None]
    return Place(declaration, node.id, _share(declaration, node), since, min(ends, default=None))


def _first(holders: tuple[Holder, ...]) -> datetime.date:
    return min(one.valid_from for one in holders)


def _last(holders: tuple[Holder, ...]) -> datetime.date | None:
    ends = [one.valid_to for one in holders if one.valid_to is not None]
    return max(ends) if len(ends) == len(holders) else None


def _share(declaration: Declaration, node: Node) -> float:
    at_once = "public" not in declaration.channels
    return (_BUSY if node.tier == COMMUNE else 1.0) * (_AT_ONCE if at_once else 1.0)


def _posts(declaration: Declaration) -> Iterator[str]:
    steps = declaration.flow.steps
    return (step.post for step in steps if step.agency in {"receiving", "same"})


def _asked(declaration: Declaration) -> Iterator[str]:
    """Give the agencies that the way names by code."""
    flow = declaration.flow
    rules = (*(one.agency for one in flow.steps), *(one.agency for one in flow.legs))
    return (rule.removeprefix(_CODE) for rule in rules if rule.startswith(_CODE))
