"""What the house knows of who is signed in, shown in the form instead of asked again.

The telephone they have proven, and the person in whose name they filed last while signed in with
it. Whoever files for somebody else says so and is asked everything.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from motcua.core.accounts.models import Binding
from motcua.core.accounts.sessions import SignedIn
from motcua.core.drafts.holders import Written
from motcua.core.people.models import Party
from motcua.core.people.parties import shown_as
from motcua.faces.portal.sheet import Known
from motcua.kernel.codes import mask

AS = "applicant.as"
"""The answer that says for whom one files."""
OTHER, SELF = "other", "self"


def known_of(citizen: SignedIn | None, written: Written) -> Known:
    """Give what need not be asked of a citizen; nothing where they file for somebody else."""
    if citizen is None or written.answers.get(AS) == OTHER:
        return Known()
    party = _person(citizen)
    if party is None:
        phone = {"applicant.phone": citizen.username}
        return Known(phone, ((_("Số điện thoại"), citizen.username),))
    told = shown_as(party)
    words = {**told, "number": mask(told["number"]) if told["number"] else ""}
    names = {
        "name": _("Họ và tên"),
        "number": _("Số định danh cá nhân"),
        "phone": _("Số điện thoại"),
        "email": _("Thư điện tử"),
        "address": _("Địa chỉ liên hệ"),
    }
    facts = tuple((name, words[key]) for key, name in names.items() if words[key])
    answers = {f"applicant.{key}": told[key] for key in names if told[key]}
    return Known({**answers, "applicant.kind": told["kind"], "applicant.tax_code": ""}, facts)


def _person(citizen: SignedIn) -> Party | None:
    rows = Binding.objects.filter(
        account_id=citizen.account_id,
        reason=Binding.Reason.FILED,
        party__kind=Party.Kind.PERSON,
        party__phone=citizen.username,
    )
    found = rows.select_related("party").order_by("-id").first()
    return found.party if found else None
