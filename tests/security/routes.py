"""Every address of the house, found where Django finds it; none is listed by hand.

An address with a part that nobody taught the walk to fill is a failure, so that a new page is
walked from its first day.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.urls import URLResolver, get_resolver

_PART = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
_DOSSIER = {"code", "lookup"}


@dataclass(frozen=True)
class Route:
    """An address with its open parts."""

    template: str
    parts: tuple[str, ...]

    @property
    def about_a_dossier(self) -> bool:
        """Whether one of its parts may name a dossier."""
        return not _DOSSIER.isdisjoint(self.parts)

    @property
    def about_one_thing(self) -> bool:
        """Whether it has a part that names anything."""
        return bool(self.parts)

    def filled(self, parts: Mapping[str, Sequence[str]]) -> Iterator[str]:
        """Give the address with every combination of what its parts may be."""
        for chosen in itertools.product(*(parts[name] for name in self.parts)):
            words = iter(chosen)
            yield "/" + _PART.sub(lambda _, words=words: next(words), self.template)


@cache
def routes() -> tuple[Route, ...]:
    """Give every address but that which answers all that is none (a pattern of its own)."""
    return tuple(dict.fromkeys(_walk(get_resolver("motcua.site.urls"), "")))


def _walk(resolver: URLResolver, before: str) -> Iterator[Route]:
    for one in resolver.url_patterns:
        template = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one, template)
        elif not re.search(r"[\^$\\(]", template):
            yield Route(template, tuple(found["name"] for found in _PART.finditer(template)))
