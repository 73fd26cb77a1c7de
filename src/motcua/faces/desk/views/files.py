"""Files of a dossier: what was handed in, papers that go out, and proofs of the ledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from motcua.core.documents.proofs import proof_for
from motcua.core.documents.queries import PaperNotReady, file_name, open_paper
from motcua.core.dossiers.clearance import is_clear
from motcua.core.dossiers.queries import find_one
from motcua.core.dossiers.situation import Snapshot
from motcua.core.files.store import path_of
from motcua.core.ledger.proof import proof_of
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import shown_code
from motcua.faces.desk.reading import history
from motcua.faces.ui import reads
from motcua.faces.ui.sending import handed_in, in_place, looked_at, of_the_house
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
def evidence(request: HttpRequest, visit: Visit, code: str, number: int) -> HttpResponseBase:
    """Open a file that was handed in; who sees only masks is asked for a purpose first."""
    original, framed = "goc" in request.GET, "xem" in request.GET
    what = f"evidence.{number}"
    return hand_out(request, visit, code, what, framed=framed, original=original)


@require_safe
@desk
def paper(request: HttpRequest, visit: Visit, code: str, number: int) -> HttpResponseBase:
    """Open a paper that goes out; who sees only masks is asked for a purpose first."""
    return hand_out(request, visit, code, f"paper.{number}")


def hand_out(
    request: HttpRequest,
    visit: Visit,
    code: str,
    what: str,
    purpose: str = "",
    *,
    framed: bool = False,
    original: bool = False,
) -> HttpResponseBase:
    """Send `evidence.N` or `paper.N` of a dossier, once the look is written down.

    `framed`: a frame of the dossier's page asks for it. A photo that no browser shows is sent as
    the JPEG made of it, unless the `original` is asked for.
    """
    snapshot = find_one(visit.actor, code)
    send = _file(visit, snapshot, what, in_place if framed else handed_in, original=original)
    if not purpose and not is_clear(visit.actor, snapshot):
        return redirect("desk:reveal", shown_code(snapshot), what)
    reads.downloaded(request, visit.actor, visit.at, snapshot, what, purpose)
    return send()


def _file(
    visit: Visit,
    snapshot: Snapshot,
    what: str,
    sent: Callable[[Path, str, str], HttpResponseBase],
    *,
    original: bool,
) -> Callable[[], HttpResponseBase]:
    """Find the file, or refuse; it is opened once the look is written down."""
    kind, _, number = what.partition(".")
    if kind == "evidence":
        one = history.one_evidence(visit.actor, snapshot, int(number))
        assert one.file is not None
        file, name = one.file, one.name or one.component
        if file.media_type == "image/heic" and not original:
            return lambda: looked_at(file.sha256, file.media_type, name)
        return lambda: sent(path_of(file.sha256), file.media_type, name)
    code = shown_code(snapshot)
    found, paper_path = open_paper(visit.actor, code, int(number))
    if found.file is None:
        raise PaperNotReady
    return lambda: of_the_house(paper_path, f"{file_name(found, code)}.pdf")


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
