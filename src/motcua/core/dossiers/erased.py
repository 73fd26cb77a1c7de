"""A dossier whose personal content was lawfully erased: what is left of it, and that it stays so.

What stays is the skeleton: numbers, agencies, dates and outcome, for figures and for the ledger,
whose hashes still hold. The salts are gone, so no commitment can be matched with any value.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from motcua.core.dossiers.expected import identity
from motcua.core.dossiers.gathering import Page
from motcua.core.dossiers.situation import Snapshot
from motcua.core.sql import Row
from motcua.kernel import canonical
from motcua.kernel.errors import Refused

ERASE = "erase"
NO_SALT = bytes(16)
NO_FIELDS = "{}"
_SUBJECT = 7  # among the columns of an identity


class DossierErased(Refused):
    """The personal content of the dossier is gone, so nobody can act on it any more."""

    code = "dossiers.erased"
    vi = "Nội dung cá nhân của hồ sơ này đã được xóa theo quy định nên không xử lý tiếp được."
    en = "The personal content of this dossier was lawfully erased: nothing more can be done on it."
    status = 410


def refuse_erased(snapshot: Snapshot) -> None:
    """Refuse an act on an erased dossier."""
    if bytes(snapshot.salt) == NO_SALT:
        raise DossierErased


def skeleton(values: Sequence[object]) -> str:
    """Give a hash of what stays of an identity; nothing in it is personal, so it needs no salt."""
    kept = identity(values)
    del kept[_SUBJECT]
    return hashlib.sha256(canonical.encode(kept)).hexdigest()


def left_over(
    snapshot: Snapshot, bodies: Sequence[dict[str, Any]], row: Row, page: Page
) -> Iterator[str]:
    """Name what an erased dossier still holds, or holds otherwise than its erasure left it."""
    told = next(body for body in bodies if body["act"] == ERASE)
    if skeleton(row[1:]) != told["data"]["skeleton"]:
        yield "identity"
    if (bytes(snapshot.salt), row[0], snapshot.subject) != (NO_SALT, NO_FIELDS, ""):
        yield "fields"
    if snapshot.applicant_id is not None:
        yield "applicant"
    if any(text or bytes(salt) != NO_SALT for *_, text, salt in page.remarks[snapshot.id]):
        yield "remarks"
    if page.indexed[snapshot.id]:
        yield "indexed fields"
    if _spoken(bodies) != {(seq, kind) for _, seq, kind, *_ in page.remarks[snapshot.id]}:
        yield "acts with words"


def _spoken(bodies: Sequence[dict[str, Any]]) -> set[tuple[int, str]]:
    """Give the acts whose words were committed to: their rows stay, empty."""
    return {
        (body["seq"], body["act"]) for body in bodies if "remark" in body["data"].get("binds", ())
    }
