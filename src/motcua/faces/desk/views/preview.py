"""Xem trước văn bản: the letter of a move as it would go out, before anything is sent."""

from __future__ import annotations

import io

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST

from motcua.core.documents.preview import preview
from motcua.core.dossiers.queries import declaration_of, find_one
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.ordering import number, order_of
from motcua.faces.desk.pages import refused, shown_code
from motcua.faces.ui import reads
from motcua.kernel.errors import Invalid, Refused
from motcua.kernel.flow.engine import UnknownMove


@require_POST
@desk
def letter_preview(request: HttpRequest, visit: Visit, code: str, key: str) -> HttpResponseBase:
    """Open the letter of a move with the words of its form; nothing is recorded."""
    snapshot = find_one(visit.actor, code)
    declaration = declaration_of(snapshot)
    chosen = declaration.flow.move.get(key)
    try:
        if chosen is None:
            raise UnknownMove(move=key)
        made = preview(
            actor=visit.actor,
            at=visit.at,
            dossier_id=snapshot.id,
            order=order_of(request.POST, chosen, None),
            revision=number(request.POST, "revision") or 0,
        )
    except Invalid as invalid:
        return refused(request, next(iter(invalid.problems.values())), snapshot, declaration)
    except Refused as refusal:
        return refused(request, refusal, snapshot, declaration)
    reads.downloaded(request, visit.actor, visit.at, snapshot, f"preview.{key}")
    name = f"xem-truoc-{shown_code(snapshot)}.pdf"
    return FileResponse(io.BytesIO(made), filename=name, content_type="application/pdf")
