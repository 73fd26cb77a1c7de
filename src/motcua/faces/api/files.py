"""Evidence files: uploaded first, attached by an id that only the uploader was given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.core import signing
from django.http import HttpRequest
from ninja import Router, Status

from motcua.core.access.actors import PUBLIC, Actor
from motcua.core.dossiers.orders import Handed
from motcua.core.files.store import WAITS, Stored, attached, keep
from motcua.core.idempotency.keys import KEPT
from motcua.core.limits import strangers
from motcua.core.limits.address import sender
from motcua.faces.api.answers import answers
from motcua.faces.api.auth import ALSO_NOBODY, Call, also_anybody
from motcua.faces.api.given_files import BYTES
from motcua.faces.api.schemas import FileOut
from motcua.faces.api.sent import EvidenceIn
from motcua.faces.api.wrong import FileIdWrong, FileMissing, MediaTypeWrong
from motcua.kernel.errors import Invalid, Refused

router = Router(tags=["files"])

_SALT = "motcua.api.file"
_CHUNK = 64 * 1024
_RAW = frozenset(
    {
        "application/octet-stream",
        "application/pdf",
        "application/zip",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "image/heic",
        "image/jpeg",
        "image/png",
    }
)
_FORM = {
    "schema": {
        "type": "object",
        "properties": {"file": {"type": "string", "format": "binary"}},
        "required": ["file"],
    }
}
_EXTRA = {
    **ALSO_NOBODY,
    "requestBody": {
        "required": True,
        "content": {"multipart/form-data": _FORM, **dict.fromkeys(sorted(_RAW), BYTES)},
    },
}


@router.post(
    "/files",
    operation_id="uploadFile",
    summary="Store an evidence file",
    auth=also_anybody("file"),
    response=answers({201: FileOut}, 401, 403, 413, 415, 429),
    openapi_extra=_EXTRA,
)
def upload_file(request: Call) -> Status[FileOut]:
    """Store the bytes, sent raw or as the form file `file`. The kind is told by the first bytes.

    Sending the same bytes again stores nothing anew.
    """
    if request.auth.actor == PUBLIC:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
        strangers.sends_files(sender(request.META), size, at=request.auth.at)
    stored = keep(_chunks(request))
    told = FileOut(
        file_id=file_id(stored, request.auth.actor),
        sha256=stored.sha256,
        size=stored.size,
        media_type=stored.media_type,
    )
    return Status(201, told)


def file_id(stored: Stored, actor: Actor) -> str:
    """Give the id by which this uploader may attach the file."""
    told = [stored.sha256, stored.size, stored.media_type, actor.key]
    return signing.dumps(told, salt=_SALT, compress=False)


def opened(given: str, actor: Actor) -> Stored:
    """Give the file behind an id: the caller's own, or one uploaded before signing in.

    Within a day any file, later one that was attached before, so that a request repeated under
    its key is still answered. Raises `FileIdWrong`.
    """
    try:
        sha256, size, media_type, owner = signing.loads(given, salt=_SALT, max_age=KEPT)
    except (signing.BadSignature, ValueError):
        raise FileIdWrong from None
    if owner not in {actor.key, PUBLIC.key} or not (_fresh(given) or attached(sha256)):
        raise FileIdWrong
    return Stored(sha256, size, media_type)


def _fresh(given: str) -> bool:
    """Tell whether an id that is good is still good for a file that was never attached."""
    try:
        signing.loads(given, salt=_SALT, max_age=WAITS)
    except signing.SignatureExpired:
        return False
    return True


def handed(papers: Iterable[EvidenceIn], actor: Actor) -> tuple[Handed, ...]:
    """Give the papers of a request as the acts know them; all wrong file ids at once."""
    problems: dict[str, Refused] = {}
    found = []
    for number, paper in enumerate(papers):
        try:
            file = opened(paper.file_id, actor) if paper.file_id is not None else None
        except FileIdWrong as refusal:
            problems[f"evidence.{number}.file_id"] = refusal
            continue
        found.append(Handed(paper.component, file, paper.name, paper.originals, paper.copies))
    if problems:
        raise Invalid(problems)
    return tuple(found)


def _chunks(request: HttpRequest) -> Iterable[bytes]:
    kind = request.content_type or ""
    if kind == "multipart/form-data":
        sent = request.FILES.getlist("file")
        if len(sent) != 1 or len(request.FILES) != 1:
            raise FileMissing
        return sent[0].chunks(_CHUNK)
    if kind not in _RAW:
        raise MediaTypeWrong(given=kind[:80], wanted="multipart/form-data, application/pdf, …")
    return _read(request)


def _read(request: HttpRequest) -> Iterator[bytes]:
    while chunk := request.read(_CHUNK):
        yield chunk
