"""The addresses of the house by their names, as the mission names screens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.urls import URLPattern, URLResolver, get_resolver

_CONVERTER = re.compile(r"<\w+:(\w+)>")


def addresses() -> dict[str, str]:
    """Give each named address: `desk:slip` is `/ban/phieu-kiem-soat/<code>`."""
    return dict(_below(get_resolver().url_patterns, "/", ""))


def _below(
    patterns: Sequence[URLPattern | URLResolver], upto: str, space: str
) -> Iterator[tuple[str, str]]:
    for one in patterns:
        written = upto + str(one.pattern)
        if isinstance(one, URLResolver):
            inner = f"{one.namespace}:" if one.namespace else space
            yield from _below(one.url_patterns, written, inner)
        elif one.name:
            yield space + one.name, _CONVERTER.sub(r"<\1>", written)
