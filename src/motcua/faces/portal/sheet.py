"""The filing form of a procedure, filled in as far as the citizen came."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.core.agencies.queries import Node
from motcua.core.dossiers import evidence
from motcua.core.dossiers.filing import receivers_of
from motcua.core.dossiers.orders import Filing
from motcua.core.people import parties
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.fields import validate
from motcua.faces.ui import forms
from motcua.faces.ui.boxes import Box
from motcua.faces.ui.templatetags.ui import language
from motcua.faces.ui.uploads import Uploads, read_uploads
from motcua.kernel.errors import Invalid, Refused


class AgencyNotChosen(Refused):
    """No agency that receives the procedure was chosen."""

    code = "portal.agency_not_chosen"
    vi = "Chọn cơ quan tiếp nhận hồ sơ."
    en = "Choose the agency that receives the application."


@dataclass(frozen=True, slots=True)
class Part:
    """A group of questions under one heading."""

    name: str
    boxes: tuple[Box, ...]
    about: str = ""


@dataclass(frozen=True)
class Sheet:
    """What a citizen has answered, and the key under which it will be filed once."""

    declaration: Declaration
    post: QueryDict
    uploads: Uploads
    key: str
    on: datetime.date

    @cached_property
    def _receivers(self) -> tuple[Node, ...]:
        return receivers_of(self.declaration, self.on)

    @cached_property
    def agency_id(self) -> int | None:
        """The receiving agency, if one of those offered was chosen."""
        offered = {str(node.id): node.id for node in self._receivers}
        return offered.get(str(self.post.get("agency", "")))

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The questions in their order: where, who, what, papers."""
        declaration, post = self.declaration, self.post
        papers = forms.evidence_boxes(declaration.evidence, self.uploads, language())
        found = (
            Part(_("Nơi nhận hồ sơ"), (self._agency_box(),)),
            Part(_("Người nộp"), forms.applicant_boxes(post)),
            Part(_("Nội dung đề nghị"), forms.field_boxes(declaration, post, language())),
            Part(_("Giấy tờ kèm theo"), papers, forms.files_taken()),
        )
        return tuple(part for part in found if part.boxes)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Every question."""
        return tuple(box for part in self.parts for box in part.boxes)

    def filing(self) -> Filing:
        """Give what is filed; an agency must have been chosen."""
        if self.agency_id is None:
            raise Invalid({"agency": AgencyNotChosen()})
        return Filing(
            procedure=self.declaration.code,
            agency_id=self.agency_id,
            applicant=forms.read_applicant(self.post),
            fields=forms.read_fields(self.declaration, self.post),
            evidence=self.uploads.all(),
        )

    def problems(self) -> dict[str, Refused]:
        """Give everything the house would refuse, all at once, by the name of the question."""
        applicant, fields = (
            forms.read_applicant(self.post),
            forms.read_fields(self.declaration, self.post),
        )
        found: dict[str, Refused] = {} if self.agency_id else {"agency": AgencyNotChosen()}
        found |= _problems(lambda: parties.stated(applicant, on=self.on))
        found |= _problems(lambda: validate(self.declaration, fields, on=self.on))
        found |= evidence.faults(self.declaration, self.uploads.all(), complete=True)
        return found | self.uploads.problems

    def _agency_box(self) -> Box:
        nodes = self._receivers
        only = str(nodes[0].id) if len(nodes) == 1 else ""
        return Box(
            name="agency",
            label=_("Cơ quan tiếp nhận"),
            hint=_("Hồ sơ được gửi tới Bộ phận Một cửa của cơ quan này"),
            kind="choice",
            value=str(self.post.get("agency", only)),
            required=True,
            choices=tuple((str(node.id), node.name(language())) for node in nodes),
        )


def sheet_of(request: HttpRequest, declaration: Declaration, at: datetime.datetime) -> Sheet:
    """Read the form as it was sent; new files go to the store at once."""
    keys = [rule.key for rule in declaration.evidence]
    uploads = read_uploads(request, keys) if request.method == "POST" else Uploads()
    key, on = forms.request_key(request.POST), timezone.localtime(at).date()
    return Sheet(declaration, request.POST, uploads, key, on)


def _problems(check: Callable[[], object]) -> dict[str, Refused]:
    try:
        check()
    except Invalid as invalid:
        return dict(invalid.problems)
    return {}
