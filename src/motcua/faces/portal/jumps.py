"""Codes typed into the search box lead straight to what they name."""

from __future__ import annotations

import re
from contextlib import suppress

from django.urls import reverse
from django.utils.http import urlencode

from motcua.core.catalogue import queries as published
from motcua.core.procedures.queries import NotOffered, current
from motcua.kernel.codes import DossierCode, parse_lookup
from motcua.kernel.errors import Refused

# A national code, with or without the part that names the province (HANDBOOK §2.3).
_PROCEDURE = re.compile(
    r"(\d\.\d{6})(?:\.\d{2}\.\d{2}\.H\d{2}|\.H\d{2})?", re.IGNORECASE | re.ASCII
)


def jump(query: str) -> str | None:
    """Give the address that a whole code means, None where the words are no code.

    Numbers of dossiers lead to the look-up page, which asks for the telephone; whether there is
    such a dossier is not told here.
    """
    if (named := _PROCEDURE.fullmatch(query)) is not None and _known(named[1]):
        return reverse("procedure", args=[named[1]])
    for read in (DossierCode.parse, parse_lookup):
        with suppress(Refused):
            return f"{reverse('look_up')}?{urlencode({'so': str(read(query))})}"
    return None


def _known(code: str) -> bool:
    with suppress(NotOffered):
        return bool(current(code))
    with suppress(published.UnknownListing):
        return bool(published.find(code))
    return False
