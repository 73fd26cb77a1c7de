"""Giving the catalogue back: each edition as the row it was read from, nothing left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from motcua.core.catalogue.content import Content, Form, content_of
from motcua.core.catalogue.facts import written_facts
from motcua.core.catalogue.models import Edition, Proposal
from motcua.core.catalogue.national import written_national

_AT_ONCE = 200


def row_of(content: Content) -> dict[str, Any]:
    """Give the row of a content in its own form."""
    return written_facts(content) if content.form is Form.FACTS else written_national(content)


def rows(*, form: Form | None = None, published: bool = False) -> Iterator[dict[str, Any]]:
    """Give the newest edition of each listing, or the published one, as rows.

    What officers are still preparing, or gave up, is not among them.
    """
    found = Edition.objects.order_by("listing__key", "-number")
    found = found.filter(Q(proposal__isnull=True) | Q(proposal__state=Proposal.State.DONE))
    if published:
        found = found.filter(state=Edition.State.PUBLISHED)
    if form is not None:
        found = found.filter(form=form)
    last = None
    for listing, body in found.values_list("listing_id", "body").iterator(chunk_size=_AT_ONCE):
        if listing != last:
            yield row_of(content_of(body))
        last = listing
