"""The applicant's boxes at the counter: filled with what the city knows, the number as its mask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.core.access.masks import masked
from motcua.core.dossiers.applicants import Known, number_of
from motcua.core.people.parties import shown_as
from motcua.faces.ui.boxes import Box
from motcua.kernel.vietnamese import fold

_FILLED = ("name", "phone", "email", "address", "tax_code")


@dataclass(frozen=True, slots=True)
class Offer:
    """An applicant to choose where one number belongs to several."""

    dossier_id: int
    name: str
    detail: str


def filled(sent: QueryDict, known: Known) -> QueryDict:
    """Give a form with the blanks about the applicant filled; what was typed stays."""
    told, full = shown_as(known.party), sent.copy()
    if not sent.get("applicant.name", "").strip():
        full["applicant.kind"] = known.party.kind
    for name in _FILLED:
        if not sent.get(f"applicant.{name}", "").strip():
            full[f"applicant.{name}"] = told[name]
    full["known"] = str(known.dossier_id)
    return full


def offers(found: Iterable[Known]) -> list[Offer]:
    """Give the applicants to choose from, told apart by their masked number and address."""
    return [Offer(one.dossier_id, one.party.name, _detail(one)) for one in found]


def is_same(known: Known, name: str) -> bool:
    """Tell whether a form still names the applicant who was found, accents and case aside."""
    return fold(known.party.name) == fold(name)


def with_known_number(boxes: Iterable[Box], known: Known | None) -> list[Box]:
    """Say at the number's box that the city has it already."""
    hidden = masked("number", number_of(known)) if known else ""
    hint = _("Đã có trong hồ sơ trước: %(number)s. Để trống nếu không đổi.") % {"number": hidden}
    return [
        replace(box, hint=hint) if hidden and box.name == "applicant.number" else box
        for box in boxes
    ]


def _detail(one: Known) -> str:
    number = masked("number", number_of(one)) or one.party.tax_code
    return ", ".join(part for part in (number, one.party.address) if part)
