"""Papers of one dossier, told apart: a form may go out more than once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _


def told_apart(names: Iterable[str]) -> list[str]:
    """Number what bears the name of an earlier one: the second of a kind says so."""
    seen: Counter[str] = Counter()
    return [_titled(name, seen) for name in names]


def _titled(name: str, seen: Counter[str]) -> str:
    seen[name] += 1
    return name if seen[name] == 1 else _("%(name)s (lần %(n)d)") % {"name": name, "n": seen[name]}
