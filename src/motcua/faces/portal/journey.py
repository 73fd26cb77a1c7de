"""A citizen on the way through a form: whose draft it is, how far it came, which page is next."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.accounts.sessions import SignedIn
from motcua.core.accounts.tokens import new_token
from motcua.core.dossiers.filing import NotThisWay
from motcua.core.dossiers.orders import Handed
from motcua.core.drafts import keeping, papers
from motcua.core.drafts.holders import Holder, Written
from motcua.core.drafts.keeping import Kept
from motcua.core.drafts.merging import beside
from motcua.core.drafts.models import DraftFile
from motcua.core.files.pictures import PICTURES
from motcua.core.limits import strangers
from motcua.core.limits.address import sender
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.queries import current
from motcua.faces.portal.known import AS, OTHER, known_of
from motcua.faces.portal.sheet import WHAT, Part, Sheet
from motcua.faces.ui import signed
from motcua.faces.ui.boxes import Lying
from motcua.faces.ui.citizens import citizen_of

CHECK = "kiem-tra"
_SECRET = len(new_token())


def _cookie() -> str:
    """Name the cookie so that, over https, no other host can plant a secret it knows."""
    return "__Host-draft" if settings.SESSION_COOKIE_SECURE else "draft"


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the task list: a part of the form and its state, `todo`, `doing` or `done`."""

    part: Part
    url: str
    state: str
    mood: str

    @property
    def words(self) -> str:
        """The state in words."""
        told = {"todo": _("Chưa bắt đầu"), "doing": _("Đang làm"), "done": _("Xong")}
        return told[self.state]


@dataclass(frozen=True)
class Journey:
    """One form, of one holder, as it stands now."""

    declaration: Declaration
    holder: Holder
    at: datetime.datetime
    kept: Kept | None
    citizen: SignedIn | None = None
    session_over: bool = False

    @cached_property
    def written(self) -> Written:
        """What the draft says."""
        return self.kept.written if self.kept else Written()

    @cached_property
    def sheet(self) -> Sheet:
        """The form with what the draft says."""
        files = self.kept.files if self.kept else ()
        return Sheet(
            declaration=self.declaration,
            answers=self.written.answers,
            on=timezone.localtime(self.at).date(),
            handed=papers.handed(files),
            lying=_lying(self.declaration.code, files),
            known=known_of(self.citizen, self.written),
        )

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The parts with their states."""
        return tuple(self._task(part) for part in self.sheet.parts)

    @property
    def is_whole(self) -> bool:
        """Whether every part is done."""
        return all(task.state == "done" for task in self.tasks)

    def url(self, part: str) -> str:
        """Give the address of a part."""
        return reverse("filing_part", args=[self.declaration.code, part])

    def after(self, key: str) -> str:
        """Give where a saved part leads: to the next that is not done, else to the check."""
        keys = [task.part.key for task in self.tasks]
        turn = keys.index(key) + 1
        left = {task.part.key for task in self.tasks if task.state != "done"}
        order = [*keys[turn:], *keys[:turn]]
        return self.url(next((one for one in order if one in left), CHECK))

    def before(self, key: str) -> str:
        """Give the page before a part: the part before it, or the procedure."""
        keys = [*(part.key for part in self.sheet.parts), CHECK]
        turn = keys.index(key)
        if turn:
            return self.url(keys[turn - 1])
        return reverse("procedure", args=[self.declaration.code])

    def progress(self, key: str) -> dict[str, object]:
        """Give which step of how many a page is, and when the draft was saved last."""
        keys = [*(part.key for part in self.sheet.parts), CHECK]
        return {
            "procedure": self.declaration,
            "step": keys.index(key) + 1,
            "steps": len(keys),
            "back": self.before(key),
            "saved_at": self.kept.row.saved_at if self.kept else None,
            "draft": self.kept,
            "days": settings.MOTCUA_DRAFT_DAYS,
            "signed_in": self.citizen is not None,
            "session_over": self.session_over,
            "beside": beside(self.holder, self.declaration.code, at=self.at),
            "files_for_other": self.citizen and self.written.answers.get(AS) == OTHER,
        }

    def saved(
        self, request: HttpRequest, part: str, answers: Mapping[str, str], handed: list[Handed]
    ) -> Journey:
        """Save a part; gives the way from there. Raises what `keeping.save` raises."""
        if self.kept is None:
            strangers.begins_draft(sender(request.META), at=self.at)
        holder = self.holder
        if not holder.secret and holder.account_id is None:
            holder = Holder(new_token())
        code = self.declaration.code
        kept = keeping.save(holder, code, part=part, answers=answers, handed=handed, at=self.at)
        return replace(self, holder=holder, kept=kept)

    def carried(self, response: HttpResponse) -> HttpResponse:
        """Let the browser carry its secret on; it is renewed with each save."""
        if self.holder.secret and self.kept is not None and self.kept.row.account_id is None:
            response.set_cookie(
                _cookie(),
                self.holder.secret,
                max_age=int(keeping.lasts().total_seconds()),
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response

    def _task(self, part: Part) -> Task:
        state = "todo"
        if self._was_seen(part.key):
            state = "doing" if self.sheet.problems_of(part) else "done"
        mood = {"todo": "new", "doing": "soon", "done": "ok"}[state]
        return Task(part, self.url(part.key), state, mood)

    def _was_seen(self, key: str) -> bool:
        """A section was seen, too, with the whole in a draft from before the form had sections."""
        whole = WHAT if key.startswith(f"{WHAT}-") else key
        return bool({key, whole} & self.written.seen)


def holder_of(request: HttpRequest, at: datetime.datetime) -> Holder:
    """Give whose drafts are at hand: this browser's, and the signed-in citizen's."""
    citizen = citizen_of(request, at)
    secret = request.COOKIES.get(_cookie(), "")
    account = citizen.account_id if citizen else None
    return Holder(secret if len(secret) == _SECRET else "", account)


def journey_of(request: HttpRequest, code: str, at: datetime.datetime) -> Journey:
    """Give how far somebody is with a procedure; raises `NotOffered` and `NotThisWay`."""
    declaration = current(code).declaration
    if "public" not in declaration.channels:
        raise NotThisWay(channel="online")
    holder = holder_of(request, at)
    kept = keeping.find(holder, declaration.code, at=at)
    over = signed.citizen_left(request, at)
    return Journey(declaration, holder, at, kept, citizen_of(request, at), over)


def _lying(code: str, files: tuple[DraftFile, ...]) -> dict[str, tuple[Lying, ...]]:
    found: dict[str, tuple[Lying, ...]] = {}
    for row in files:
        url = reverse("draft_file", args=[code, row.pk])
        thumb = reverse("draft_thumb", args=[code, row.pk])
        picture = thumb if row.file.media_type in PICTURES else ""
        one = Lying(row.pk, row.name, row.file.size, url, picture)
        found[row.component] = (*found.get(row.component, ()), one)
    return found
