"""The proof of a paper: that its file's hash stands in the ledger, under a signed seal."""

from __future__ import annotations

from motcua.core.dossiers.models import Paper
from motcua.core.ledger.models import Entry
from motcua.core.ledger.proof import proof_of
from motcua.core.places import place


def proof_for(paper: Paper) -> dict[str, object] | None:
    """Give the proof that verifies the paper's file offline, or None until it is made and sealed.

    The caller has read the paper through `queries`; the proof itself holds no personal data.
    """
    if paper.made_seq is None:
        return None
    entry = Entry.objects.select_related("seal").get(pk=place(paper.dossier_id, paper.made_seq))
    return proof_of(entry)
