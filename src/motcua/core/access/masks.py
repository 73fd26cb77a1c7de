"""Masks: what of a dossier is hidden from whom, and who may have it shown.

Whoever may read the row sees **public** values. **Personal** ones are in clear to the applicant
and to officers of an agency that holds the dossier, received it, or is asked for an opinion now;
every other reader sees the mask, and may have a value revealed with a purpose. **Secret** ones
(identity numbers) are masked on every screen; only those with clearance may reveal them. The mask
binds lists, search, exports and the API alike: they all ask this module.
"""

from __future__ import annotations

from collections.abc import Iterable

from motcua.core.access.actors import Actor
from motcua.core.access.scopes import agency_scope, party_scope
from motcua.core.procedures.declaration import Grade
from motcua.kernel.codes import mask as mask_number
from motcua.kernel.errors import Refused

HIDDEN = "***"
_SHOWN = 2  # letters of a name that stay
_PHONE_SHOWN = 3

PARTY_GRADES = {
    "name": Grade.PERSONAL,
    "number": Grade.SECRET,
    "tax_code": Grade.PUBLIC,
    "phone": Grade.PERSONAL,
    "email": Grade.PERSONAL,
    "address": Grade.PERSONAL,
}
"""Grades of what is kept about a person who asks; of an enterprise see `party_grade`."""

_PUBLIC_OF_ENTERPRISES = frozenset({"name", "address"})
_ENTERPRISE = "enterprise"


class NotRevealed(Refused):
    """The reader may see the dossier, but this value only behind its mask."""

    code = "access.not_revealed"
    vi = (
        "Mục này chỉ cơ quan đang giải quyết hồ sơ được xem. Cần thông tin này thì đề nghị cơ quan"
        " đang giữ hồ sơ."
    )
    en = "Only the agencies that deal with this dossier may see this. Ask the one that holds it."
    status = 403


class PurposeMissing(Refused):
    """A value is revealed only for a stated purpose."""

    code = "access.purpose_missing"
    vi = "Ghi mục đích xem; mục đích được lưu trong nhật ký truy cập."
    en = "Say what you need it for; the purpose is kept in the access log."


def party_grade(kind: str, attribute: str) -> Grade:
    """Give the grade of what is kept about an applicant; where an enterprise sits is public."""
    if kind == _ENTERPRISE and attribute in _PUBLIC_OF_ENTERPRISES:
        return Grade.PUBLIC
    return PARTY_GRADES[attribute]


def has_clearance(
    actor: Actor, *, agencies: Iterable[int | None], applicant_id: int | None
) -> bool:
    """Tell whether an actor sees a dossier's personal values in clear.

    `agencies` are those that hold it, received it, and are asked about it now.
    """
    if actor.party_id is not None:
        return actor.party_id == applicant_id
    if applicant_id is not None and applicant_id in actor.barred:
        return False
    return not _works_in(actor).isdisjoint(agencies)


def _works_in(actor: Actor) -> frozenset[int]:
    """Give the agencies where an officer holds a post, or stands in for one who does."""
    return frozenset([*actor.agencies(), *(one.agency_id for one in actor.lent)])


def clear_agencies(actor: Actor) -> tuple[int, ...]:
    """Give the agencies through which an officer sees what those hold or received in clear."""
    return tuple(sorted(_works_in(actor)))


def clear_scopes(actor: Actor) -> tuple[int, ...]:
    """Give the scopes under which search finds personal words for an actor."""
    if actor.party_id is not None:
        return (party_scope(actor.party_id),)
    return tuple(map(agency_scope, clear_agencies(actor)))


def is_masked(grade: Grade, *, clearance: bool) -> bool:
    """Tell whether a screen shows the mask of a value."""
    return grade is Grade.SECRET or (grade is Grade.PERSONAL and not clearance)


def may_reveal(actor: Actor, grade: Grade, *, clearance: bool) -> bool:
    """Tell whether a reader of the dossier may have a masked value shown."""
    return actor.officer_id is not None and (clearance or grade is not Grade.SECRET)


def masked(attribute: str, value: str) -> str:
    """Give the mask of an applicant's attribute; its length says nothing of the value's."""
    if not value:
        return ""
    match attribute:
        case "number":
            return mask_number(value)
        case "name":
            return value[:_SHOWN] + HIDDEN
        case "phone":
            return value[:_PHONE_SHOWN] + HIDDEN
        case _:
            return HIDDEN


def shown_name(kind: str, name: str, *, clearance: bool) -> str:
    """Give an applicant's name as a list shows it."""
    hidden = is_masked(party_grade(kind, "name"), clearance=clearance)
    return masked("name", name) if hidden else name


def search_texts(kind: str | None, name: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give what of an applicant everybody's words find, and what only those with clearance find."""
    texts = (name,) if name else ()
    is_public = party_grade(kind or "", "name") is Grade.PUBLIC
    return (texts, ()) if is_public else ((), texts)
