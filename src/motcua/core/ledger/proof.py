"""The proof of one entry: everything a stranger needs, in one JSON (see `proof_check`)."""

from __future__ import annotations

from motcua.core.ledger.models import Entry
from motcua.core.ledger.proof_check import FORMAT
from motcua.kernel import merkle


def proof_of(entry: Entry) -> dict[str, object] | None:
    """Give the proof that an entry stands in its seal, or None while it is unsealed.

    Holds what the ledger holds: no personal data, only commitments. Reads the hashes of one seal.
    """
    seal, leaf = entry.seal, entry.leaf
    if seal is None or leaf is None:
        return None
    leaves = seal.entries.order_by("leaf").values_list("hash", flat=True)
    path = merkle.inclusion_proof((bytes(leaf) for leaf in leaves), leaf)
    return {
        "format": FORMAT,
        "body": entry.body,
        "previous": bytes(entry.previous).hex(),
        "leaf": leaf,
        "path": [sibling.hex() for sibling in path],
        "statement": seal.statement,
        "signature": bytes(seal.signature).hex(),
        "public_key": bytes(seal.public_key).hex(),
    }
