"""Files of a dossier: what was handed in, papers that go out, and proofs of the ledger."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_safe

from motcua.core.documents.proofs import proof_for
from motcua.core.documents.queries import PaperNotReady, file_name, open_paper
from motcua.core.dossiers.queries import find_one
from motcua.core.files.store import path_of
from motcua.core.ledger.proof import proof_of
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import shown_code
from motcua.faces.desk.reading import history
from motcua.faces.ui.sending import handed_in, of_the_house
from motcua.kernel.errors import Refused


class NotSealedYet(Refused):
    """The entry stands in the chain but no seal stands over it yet."""

    code = "desk.not_sealed_yet"
    vi = "Bút toán này chưa được niêm phong. Bằng chứng có sau lần niêm phong kế tiếp."
    en = "This entry is not sealed yet. Its proof follows with the next seal."
    status = 409
    retry = True


@require_safe
@desk
def evidence(_request: HttpRequest, visit: Visit, code: str, number: int) -> HttpResponseBase:
    """Open a file that was handed in."""
    found = history.one_evidence(visit.actor, find_one(visit.actor, code), number)
    assert found.file is not None
    name = found.name or f"{found.component}"
    return handed_in(path_of(found.file.sha256), found.file.media_type, name)


@require_safe
@desk
def paper(_request: HttpRequest, visit: Visit, code: str, number: int) -> HttpResponseBase:
    """Open a paper that goes out."""
    found, path = open_paper(visit.actor, code, number)
    if found.file is None:
        raise PaperNotReady
    return of_the_house(path, f"{file_name(found, code)}.pdf")


@require_safe
@desk
def proof(_request: HttpRequest, visit: Visit, code: str, seq: int) -> HttpResponse:
    """Hand down the proof that an entry of the dossier stands under a signed seal."""
    snapshot = find_one(visit.actor, code)
    told = proof_of(history.entry(visit.actor, snapshot, seq))
    return _proof(told, f"{shown_code(snapshot)}-{seq}.json")


@require_safe
@desk
def paper_proof(_request: HttpRequest, visit: Visit, code: str, number: int) -> HttpResponse:
    """Hand down the proof that a paper's file is the one that the ledger knows."""
    found, _path = open_paper(visit.actor, code, number)
    return _proof(proof_for(found), f"{file_name(found, code)}.proof.json")


def _proof(told: dict[str, object] | None, name: str) -> HttpResponse:
    if told is None:
        raise NotSealedYet
    response = JsonResponse(told, json_dumps_params={"indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
