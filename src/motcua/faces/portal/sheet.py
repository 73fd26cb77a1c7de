"""The filing form of a procedure, part by part, filled in as far as the citizen came."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.core.agencies.queries import Node
from motcua.core.dossiers import evidence
from motcua.core.dossiers.filing import receivers_of
from motcua.core.dossiers.orders import Filing, Handed
from motcua.core.people import parties
from motcua.core.procedures.declaration import Declaration
from motcua.core.procedures.fields import validate
from motcua.faces.ui import forms
from motcua.faces.ui.boxes import Box, Lying
from motcua.faces.ui.templatetags.ui import language
from motcua.faces.ui.uploads import Uploads
from motcua.kernel.errors import Invalid, Refused

WHERE, WHO, WHAT, PAPERS = "noi-nhan", "nguoi-nop", "noi-dung", "giay-to"
"""The parts, as their addresses say them."""


class AgencyNotChosen(Refused):
    """No agency that receives the procedure was chosen."""

    code = "portal.agency_not_chosen"
    vi = "Chọn cơ quan tiếp nhận hồ sơ."
    en = "Choose the agency that receives the application."


@dataclass(frozen=True, slots=True)
class Part:
    """Questions that stand together on one page; `facts` are told there and not asked."""

    key: str
    name: str
    boxes: tuple[Box, ...]
    about: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """What problems of its questions are called: a field's with or without `fields.`."""
        return frozenset(
            name for box in self.boxes for name in (box.name, box.name.removeprefix("fields."))
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What the house knows of who is signed in: answers, and the same in words."""

    answers: Mapping[str, str] = field(default_factory=dict)
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Sheet:
    """What a citizen has answered so far; what the house knows of them is not asked."""

    declaration: Declaration
    answers: Mapping[str, str]
    on: datetime.date
    handed: tuple[Handed, ...] = ()
    lying: Mapping[str, tuple[Lying, ...]] = field(default_factory=dict)
    known: Known = Known()

    @cached_property
    def post(self) -> QueryDict:
        """The answers as a form would send them."""
        found = QueryDict(mutable=True)
        found.update({**self.answers, **self.known.answers})
        return found

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
        """The parts in their order: where, who, what, papers; one that asks nothing is left out."""
        post = self.post
        who = tuple(
            box for box in forms.applicant_boxes(post) if box.name not in self.known.answers
        )
        found = (
            Part(WHERE, _("Nơi nhận hồ sơ"), (self._agency_box(),)),
            Part(WHO, _("Người nộp"), who, facts=self.known.facts),
            *self._asked,
            Part(PAPERS, _("Giấy tờ kèm theo"), self._papers(), forms.files_taken()),
        )
        return tuple(part for part in found if part.boxes or part.facts)

    @property
    def _asked(self) -> tuple[Part, ...]:
        """What the declaration asks: one part for each of its sections, or all in one."""
        declaration = self.declaration
        boxes = forms.field_boxes(declaration, self.post, language())
        keys = [f"{WHAT}-{one.key}" for one in declaration.sections] or [WHAT]
        told = zip(keys, forms.divided(boxes, declaration, language()), strict=False)
        return tuple(Part(key, name or _("Nội dung đề nghị"), group) for key, (name, group) in told)

    def part(self, key: str) -> Part | None:
        """Give the part of this address, if the form has it."""
        return next((part for part in self.parts if part.key == key), None)

    def undivided(self, key: str) -> Part | None:
        """Give the whole as one part where it stood on one page before it had sections."""
        parts = self._asked if key == WHAT else ()
        boxes = tuple(box for part in parts for box in part.boxes)
        return Part(WHAT, _("Nội dung đề nghị"), boxes) if boxes else None

    def filing(self) -> Filing:
        """Give what is filed; an agency must have been chosen."""
        if self.agency_id is None:
            raise Invalid({"agency": AgencyNotChosen()})
        return Filing(
            procedure=self.declaration.code,
            agency_id=self.agency_id,
            applicant=forms.read_applicant(self.post),
            fields=forms.read_fields(self.declaration, self.post),
            evidence=self.handed,
        )

    @cached_property
    def problems(self) -> dict[str, Refused]:
        """Everything the house would refuse, all at once, by the name of the question."""
        applicant, fields = (
            forms.read_applicant(self.post),
            forms.read_fields(self.declaration, self.post),
        )
        found: dict[str, Refused] = {} if self.agency_id else {"agency": AgencyNotChosen()}
        found |= _problems(lambda: parties.stated(applicant, on=self.on))
        found |= _problems(lambda: validate(self.declaration, fields, on=self.on))
        return found | evidence.faults(self.declaration, self.handed, complete=True)

    def problems_of(self, part: Part) -> dict[str, Refused]:
        """Give what the house would refuse of one part."""
        return {name: one for name, one in self.problems.items() if name in part.names}

    def _papers(self) -> tuple[Box, ...]:
        boxes = forms.evidence_boxes(self.declaration.evidence, Uploads(), language())
        return tuple(
            replace(box, lying=self.lying.get(box.name.removeprefix("evidence."), ()))
            for box in boxes
        )

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


def _problems(check: Callable[[], object]) -> dict[str, Refused]:
    try:
        check()
    except Invalid as invalid:
        return dict(invalid.problems)
    return {}
