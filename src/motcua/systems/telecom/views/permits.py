"""Giấy phép cột: what is to be issued, what was permitted, and what of it is in the register."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.dossiers import answers
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.queries import find_one
from motcua.core.procedures.queries import declared
from motcua.core.registers.loading import register_of
from motcua.core.registers.preparing import in_words
from motcua.core.registers.rights import kept_agencies
from motcua.faces.desk.acting import NO_REVISION
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.ui import reads
from motcua.faces.ui.boxes import Fault
from motcua.faces.ui.forms import shown_revision
from motcua.faces.ui.templatetags.ui import language
from motcua.kernel.errors import Invalid, Refused
from motcua.systems.telecom.actions import (
    PermitOrder,
    issue_permit,
)
from motcua.systems.telecom.queries import (
    ASKED,
    REQUIRED,
    SITES,
    Permit,
    asked_of_permit,
    may_issue,
    permits_of,
    to_issue,
)
from motcua.systems.telecom.reactions import PERMITS
from motcua.systems.telecom.rules import (
    class_of,
)


@require_safe
@desk
def permits(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the masts that were permitted; each that is in no record leads to the register."""
    found = permits_of(visit.actor)
    reads.listed(request, visit.actor, visit.at, "mast_permits", [one.dossier for one in found])
    sites = register_of(SITES)
    told = {
        "density": "officer",
        "undo": None,
        "recorded": "",
        "rows": [(one, _entry(one)) for one in found],
        "issuing": to_issue(visit.actor, visit.at),
        "waiting": sum(one.record is None for one in found),
        "keeps": bool(kept_agencies(visit.actor, sites, visit.on)),
        "register": SITES,
    }
    return render(request, "telecom/permits.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def issue(request: HttpRequest, visit: Visit, code: str) -> HttpResponse:
    """Ask for number, days and place of a permit, and issue it with its site in the register."""
    snapshot = find_one(visit.actor, code)
    row = Dossier.objects.select_related("version__procedure").get(pk=snapshot.id)
    if row.version.procedure.code != PERMITS:
        raise Http404
    problems: dict[str, Refused] = {}
    sent = request.POST
    if request.method == "POST":
        told = {name: sent.get(name, "")[:_LONGEST_SAID].strip() for name in ASKED}
        revision = shown_revision(sent) or NO_REVISION
        act = {"actor": visit.actor, "at": visit.at, "dossier_id": row.pk, "revision": revision}
        try:
            order = PermitOrder(**told, there=sent.get("there") == "1")
            issued = issue_permit(**act, order=order, key=sent.get("key", ""))  # type: ignore[arg-type]
            messages.success(request, _("Đã phát hành giấy phép và ghi trạm vào sổ."))
            return redirect("desk:record", SITES, issued.record_id)
        except Invalid as invalid:
            problems = dict(invalid.problems)
        except Refused as refusal:
            problems = {"form": refusal}
    wrong = {_BOX.get(key, key): one.text(language()) for key, one in problems.items()}
    filed = answers.read(row.fields)
    reads.opened(request, visit.actor, visit.at, snapshot, "permit")
    context = {
        "density": "officer",
        "undo": None,
        "recorded": "",
        "code": row.code or row.lookup,
        "told": [(rule.label.text(language()), in_words(rule, filed[rule.key], language()))
                 for rule in declared(row.version_id).fields
                 if rule.key in _SHOWN and rule.key in filed],
        "boxes": [(rule, name, sent.get(name, usual), wrong.get(name), name in REQUIRED)
                  for name, rule, usual in asked_of_permit(row, visit.on)],
        "errors": [Fault(f"box-{key}", text) for key, text in wrong.items()],
        "there": sent.get("there") == "1",
        "may": may_issue(visit.actor, code, visit.at),
        "key": sent.get("key") or str(uuid.uuid4()),
        "revision": sent.get("revision") or snapshot.revision,
    }  # fmt: skip
    return render(request, "telecom/issue.html", context, status=422 if problems else 200)


_SHOWN = frozenset({"operator", "place", "kind", "height", "shared"})
_LONGEST_SAID = 120
_BOX = {"geometry": "place", "key": "code", "form": "permit"}


def _entry(one: Permit) -> str:
    """Give what the form of a new record is told of a permit; number and place are for officers."""
    said = {
        "code": one.code,
        "address": one.place,
        "mast_class": class_of(one.kind, one.height),
        "height": str(one.height or ""),
        "permit_dossier": one.code,
        "state": "permitted",
        "operator": one.operator,
    }
    if one.issued_on:
        parts = {"day": one.issued_on.day, "month": one.issued_on.month, "year": one.issued_on.year}
        said |= {f"permit_on.{part}": str(number) for part, number in parts.items()}
    return urlencode({f"fields.{key}": value for key, value in said.items() if value})
