"""Files of a form: into the store at once, then carried as signed references, not chosen twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from motcua.core.dossiers.orders import Handed
from motcua.core.files.pictures import Size, shown
from motcua.core.files.store import Stored, keep, path_of
from motcua.core.limits import strangers
from motcua.core.limits.address import sender
from motcua.core.now import now
from motcua.faces.ui.boxes import Kept
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import clean

_SALT = "motcua.upload"
_KEPT_SECONDS = 24 * 3600
_NAME_LIMIT = 200
_FILES_A_PAPER = 20


class UploadGone(Refused):
    """The reference to a file is too old, or not ours."""

    code = "ui.upload_gone"
    vi = "Tệp đã chọn trước đó không còn dùng được. Hãy chọn lại tệp."
    en = "The file you chose before is no longer there. Choose it again."


class TooManyFiles(Refused):
    """More files for one paper than anybody needs."""

    code = "ui.too_many_files"
    vi = "Mỗi loại giấy tờ nhận tối đa {limit} tệp."
    en = "At most {limit} files are taken for one paper."


@dataclass(slots=True)
class Uploads:
    """What a form handed in, by the key of the paper, and what was wrong with it."""

    handed: dict[str, list[Handed]] = field(default_factory=dict)
    problems: dict[str, Refused] = field(default_factory=dict)

    def all(self) -> tuple[Handed, ...]:
        """Give everything handed in."""
        return tuple(one for papers in self.handed.values() for one in papers)

    def kept(self, key: str) -> tuple[Kept, ...]:
        """Give the references for the box of a paper."""
        return tuple(_kept(one) for one in self.handed.get(key, ()) if one.file)


def read_uploads(request: HttpRequest, keys: Iterable[str]) -> Uploads:
    """Store new files (`evidence.KEY`) and take up those kept before (`kept.evidence.KEY`).

    A file that is refused takes none of its neighbours with it. Raises `TooMany`.
    """
    if request.FILES and not _signed_in(request):
        size = int(request.META.get("CONTENT_LENGTH") or 0)
        strangers.sends_files(sender(request.META), size, at=now())
    found = Uploads()
    for key in keys:
        name = f"evidence.{key}"
        old = [partial(_again, key, one) for one in request.POST.getlist(f"kept.{name}")]
        new = [partial(_stored, key, one) for one in request.FILES.getlist(name)]
        papers, refused = _taken([*old, *new])
        found.handed[key] = papers
        if refused is not None:
            found.problems[name] = refused
    return found


def _signed_in(request: HttpRequest) -> bool:
    """Tell whether an officer sends this; a request that passed no middleware is a stranger's."""
    return hasattr(request, "user") and request.user.is_authenticated


def _taken(given: Iterable[Callable[[], Handed]]) -> tuple[list[Handed], Refused | None]:
    papers: list[Handed] = []
    refused: Refused | None = None
    for take in given:
        if len(papers) == _FILES_A_PAPER:
            return papers, refused or TooManyFiles(limit=_FILES_A_PAPER)
        try:
            papers.append(take())
        except Refused as refusal:
            refused = refused or refusal
    return papers, refused


def counted(uploads: Uploads, sheets: Mapping[str, tuple[int, int]]) -> tuple[Handed, ...]:
    """Give what was handed in at a counter: files, and sheets (originals, copies) by paper."""
    whole = list(uploads.all())
    for key, (originals, copies) in sheets.items():
        if originals or copies:
            whole.append(Handed(key, originals=originals, copies=copies))
    return tuple(whole)


def _stored(key: str, file: UploadedFile[bytes]) -> Handed:
    stored = keep(file.chunks())
    shown(stored.sha256, stored.media_type, Size.THUMB)  # one that nobody can open is told now
    return Handed(key, stored, _name(file.name or "", key))


def _name(given: str, key: str) -> str:
    """A name is for people to read; one that cannot be kept gives way to the paper's key."""
    try:
        name = clean(given.replace("\\", "/").rpartition("/")[2])
    except Refused:
        return key
    return name[-_NAME_LIMIT:] or key


def _kept(one: Handed) -> Kept:
    assert one.file is not None
    told = [one.component, one.file.sha256, one.file.size, one.file.media_type, one.name]
    return Kept(signing.dumps(told, salt=_SALT), one.name, one.file.size)


def _again(key: str, reference: str) -> Handed:
    try:
        told = signing.loads(reference, salt=_SALT, max_age=_KEPT_SECONDS)
    except signing.BadSignature:
        raise UploadGone from None
    component, sha256, size, media_type, name = told
    if component != key or not path_of(sha256).exists():
        raise UploadGone
    return Handed(component, Stored(sha256, size, media_type), name)
