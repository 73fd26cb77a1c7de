"""Files that were chosen for a draft, shown again to whoever chose them."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.cache import never_cache

from motcua.core.drafts import keeping
from motcua.core.drafts.models import DraftFile
from motcua.core.files.pictures import Size
from motcua.core.files.store import path_of
from motcua.core.now import now
from motcua.faces.portal.journey import holder_of
from motcua.faces.ui.sending import looked_at, viewable


@never_cache
def draft_file(request: HttpRequest, code: str, number: int) -> FileResponse:
    """Show a file: a photo upright and as JPEG, whatever the phone made of it."""
    row = _own(request, code, number)
    return looked_at(row.file.sha256, row.file.media_type, row.name)


@never_cache
def draft_thumb(request: HttpRequest, code: str, number: int) -> FileResponse:
    """Show a photo small."""
    row = _own(request, code, number)
    found = viewable(row.file.sha256, row.file.media_type, row.name, Size.THUMB)
    if found is None:
        raise Http404
    return found


def _own(request: HttpRequest, code: str, number: int) -> DraftFile:
    at = now()
    row = keeping.file_of(holder_of(request, at), number, at=at)
    if row is None or row.draft.procedure != code or not path_of(row.file.sha256).exists():
        raise Http404
    return row
