"""A small made-up world for tests: three agencies, an officer per post, one rich procedure."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass, replace

from django.db import connection

from motcua.core.access import actors
from motcua.core.access.actors import Actor
from motcua.core.agencies.models import Agency, Appointment
from motcua.core.agencies.queries import forget_tree
from motcua.core.clock.calendars import calendars, ensure_national
from motcua.core.dossiers.filing import file
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.moving import move
from motcua.core.dossiers.orders import Done, Filing, Handed, MoveOrder
from motcua.core.people.models import Officer
from motcua.core.procedures import queries as procedures
from motcua.core.procedures.declaration import (
    Declaration,
    EvidenceRule,
    FieldRule,
    FieldType,
    LetterRule,
    Text,
)
from motcua.core.procedures.encoding import body_of
from motcua.core.procedures.models import Procedure, Version
from motcua.kernel.calendar import Limit, Unit
from motcua.kernel.flow.definition import (
    ClockOp,
    Definition,
    End,
    Join,
    Kind,
    LegRule,
    Move,
    Step,
)

DAY = datetime.date(2026, 11, 2)
MONDAY = datetime.datetime(2026, 11, 2, 2, 0, tzinfo=datetime.UTC)  # 09:00 in Hanoi
HOUR = 60

FLOW = Definition(
    start="reception",
    steps=(
        Step("reception", "submitted", "counter", "receiving", 8 * HOUR, counted=False),
        Step("assign", "processing", "unit_head", "receiving", 4 * HOUR),
        Step("appraise", "processing", "specialist", "same", 60 * HOUR),
        Step("check", "processing", "unit_head", "same", 8 * HOUR),
        Step("approve", "processing", "leader", "superior", 8 * HOUR),
        Step("hand_back", "resolved", "counter", "receiving", 8 * HOUR, counted=False),
    ),
    ends=(
        End("returned", "returned", "granted"),
        End("refused_reception", "refused_reception", "refused"),
        End("refused", "stopped", "refused"),
        End("withdrawn", "withdrawn", "withdrawn"),
    ),
    legs=(
        LegRule("police", "code:H26.20", "specialist", 16 * HOUR),
        LegRule("external", "code:H26.09", "specialist", 16 * HOUR),
    ),
    moves=(
        Move("receive", Kind.FORWARD, ("reception",), "assign", clock=ClockOp.START,
             letter="form01", gives_code=True, message="received"),
        Move("turn_away", Kind.REFUSE, ("reception",), "refused_reception", reason=True,
             letter="form03"),
        Move("assign", Kind.FORWARD, ("assign",), "appraise"),
        Move("supplement", Kind.SUPPLEMENT, ("appraise",), reason=True, clock=ClockOp.PAUSE,
             at_most=1, letter="form02", message="supplement"),
        Move("answer", Kind.ANSWER, ("appraise",), by=("applicant", "counter"),
             clock=ClockOp.RESTART, letter="form01"),
        Move("consult", Kind.CONSULT, ("appraise",), legs=("police", "external"), reason=True),
        Move("reply", Kind.REPLY, ("appraise",), reason=True),
        Move("submit", Kind.FORWARD, ("appraise",), "check", join=Join.ALL),
        Move("refuse", Kind.REFUSE, ("appraise",), "refused", reason=True, letter="form03"),
        Move("send_back", Kind.BACK, ("check",), "appraise", reason=True),
        Move("agree", Kind.FORWARD, ("check",), "approve"),
        Move("issue", Kind.FORWARD, ("approve",), "hand_back", clock=ClockOp.STOP,
             letter="result", message="ready"),
        Move("return", Kind.FORWARD, ("hand_back",), "returned"),
        Move("hand_over", Kind.HAND_OVER, ("appraise",), by=("holder", "unit_head"), reason=True),
        Move("withdraw", Kind.WITHDRAW, ("reception", "assign", "appraise", "check", "approve"),
             "withdrawn", by=("applicant",), reason=True),
    ),
)  # fmt: skip


def given_back() -> Definition:
    """Give a procedure that applicant and counter may take back without a declared reason."""
    moves = [move for move in FLOW.moves if move.kind is not Kind.WITHDRAW]
    sources = ("reception", "assign")
    by = ("applicant", "counter")
    back = Move("give_back", Kind.WITHDRAW, sources, "withdrawn", by=by)
    return replace(FLOW, moves=(*moves, back))


def _text(words: str) -> Text:
    return Text(words, words)


def declaration(code: str = "9.000001", flow: Definition = FLOW) -> Declaration:
    """Give a procedure of ten working days with a form of three fields and two papers."""
    one = _text("Thủ tục thử")
    return Declaration(
        code=code,
        system="one_stop",
        name=one,
        short=one,
        group=one,
        level=one,
        decided_by=one,
        result=one,
        limit=Limit(10, Unit.WORKING_DAY),
        legal_basis=(),
        channels=("public", "counter"),
        tiers=(),
        fields=(
            _field("licence", FieldType.TEXT, indexed=True),
            _field("expires", FieldType.DATE, indexed=True),
            _field("copies", FieldType.NUMBER, required=False),
        ),
        evidence=(
            EvidenceRule("request", _text("Đơn đề nghị"), True, 1, 0, None, None),
            EvidenceRule("report", _text("Báo cáo"), False, 0, 1, None, None),
        ),
        fees=(),
        flow=flow,
        step_names={step.key: _text(step.key) for step in flow.steps},
        move_names={move.key: _text(move.key) for move in flow.moves},
        leg_names={leg.key: _text(leg.key) for leg in flow.legs},
        end_names={end.key: _text(end.key) for end in flow.ends},
        letters=(
            LetterRule("form01", one, promises=True),
            LetterRule("form02", one, promises=False),
            LetterRule("form03", one, promises=False),
            LetterRule("result", one, promises=False),
        ),
        messages={key: _text("{code}") for key in ("received", "supplement", "ready")},
        sources={},
    )


def _field(key: str, kind: FieldType, *, required: bool = True, indexed: bool = False) -> FieldRule:
    return FieldRule(
        key, _text(key), kind, required, 100, False, False, indexed, (), None, None, None, None
    )


def publish(told: Declaration) -> Version:
    """Write a version as published, past the checks (other tests check those)."""
    body = body_of(told)
    row = Procedure.objects.create(
        code=told.code, system=told.system, name_vi="x", name_en="x", folded="x"
    )
    procedures.clear()
    return Version.objects.create(
        procedure=row,
        number=1,
        state=Version.State.PUBLISHED,
        source="",
        body=body,
        digest=hashlib.sha256(body.encode()).digest(),
        drafted_at=MONDAY,
        published_at=MONDAY,
    )


@dataclass
class World:
    """The made-up city and its people, ready to act."""

    city: Agency
    department: Agency
    officers: dict[str, Actor]

    def file(self, *, key: str | None = None, at: datetime.datetime = MONDAY, **changes) -> Done:
        """File online as a stranger."""
        return file(actor=actors.PUBLIC, at=at, filing=self.filing(**changes), key=key)

    def take_in(self, *, key: str | None = None, at: datetime.datetime = MONDAY, **changes) -> Done:
        """Take in at the counter, unless another channel is said."""
        filing = self.filing(**{"channel": "counter", **changes})
        return file(actor=self.officers["counter"], at=at, filing=filing, key=key, take_in=True)

    def filing(self, **changes) -> Filing:
        """Give a filing without faults."""
        plain = {
            "procedure": "9.000001",
            "agency_id": self.department.pk,
            "applicant": {"name": "Nguyễn Trường Đạt", "phone": "0912345678"},
            "fields": {"licence": "GP 12", "expires": "2026-12-01"},
            "evidence": (Handed("request", originals=1),),
        }
        return Filing(**{**plain, **changes})

    def move(self, done: Done, who: str | Actor, name: str, *, hours: float = 1, **wishes) -> Done:
        """Make a move some hours after Monday morning."""
        return self.move_of(done.dossier_id, who, name, hours=hours, **wishes)

    def move_of(
        self, dossier_id: int, who: str | Actor, name: str, *, hours: float, **wishes
    ) -> Done:
        """Make a move of the dossier with this number."""
        actor = self.officers[who] if isinstance(who, str) else who
        key, revision = wishes.pop("key", None), wishes.pop("revision", None)
        together = wishes.pop("together", False)
        return move(
            actor=actor,
            at=MONDAY + datetime.timedelta(hours=hours),
            dossier_id=dossier_id,
            order=MoveOrder(move=name, **wishes),
            key=key,
            revision=revision,
            together=together,
        )

    def to(self, step: str, **changes) -> Done:
        """File online and take the dossier along the main path to a step, an hour a move."""
        done = self.file(**changes)
        for hours, (who, name) in enumerate(_MAIN_PATH, start=1):
            if done.step == step:
                break
            wishes = {"officer_id": self.officer_id("specialist")} if name == "assign" else {}
            done = self.move(done, who, name, hours=hours, **wishes)
        assert done.step == step
        return done

    def dossier(self, done: Done) -> Dossier:
        """Give a dossier as it stands."""
        return Dossier.objects.get(pk=done.dossier_id)

    def tamper(self, sql: str) -> None:
        """Change rows behind the acts' back."""
        with connection.cursor() as cursor:
            cursor.execute(sql)

    def applicant(self, done: Done) -> Actor:
        """Give the applicant of a dossier as actor."""
        party = Dossier.objects.select_related("applicant").get(pk=done.dossier_id).applicant
        assert party is not None
        return actors.applicant(party.pk, party.name)

    def officer_id(self, who: str) -> int:
        """Give the id of an officer."""
        found = self.officers[who].officer_id
        assert found is not None
        return found


_MAIN_PATH = (
    ("counter", "receive"),
    ("unit_head", "assign"),
    ("specialist", "submit"),
    ("unit_head", "agree"),
    ("leader", "issue"),
    ("counter", "return"),
)


def make_world() -> World:
    """Write the world into the database."""
    forget_tree()
    calendars.forget()
    procedures.clear()
    ensure_national("VN", "Asia/Ho_Chi_Minh", first_year=2010, last_year=2030)
    city = _agency("H26", "city", None)
    department = _agency("H26.12", "department", city)
    police, external = _agency("H26.20", "department", city), _agency("H26.09", "department", city)
    other = _agency("H26.15", "department", city)
    posts = {
        "counter": (department, "counter"),
        "unit_head": (department, "unit_head"),
        "specialist": (department, "specialist"),
        "second": (department, "specialist"),
        "leader": (city, "leader"),
        "police": (police, "specialist"),
        "external": (external, "specialist"),
        "other_head": (other, "unit_head"),
        "other_specialist": (other, "specialist"),
    }
    officers = {who: add_officer(who, *post) for who, post in posts.items()}
    publish(declaration())
    return World(city, department, officers)


def _agency(code: str, tier: str, parent: Agency | None) -> Agency:
    return Agency.objects.create(
        code=code, tier=tier, name_vi=code, name_en=code, short_name=code, parent=parent
    )


def add_officer(who: str, agency: Agency, post: str) -> Actor:
    """Write an officer with a post, of which specialists alone do not read their whole agency."""
    row = Officer.objects.create(name=who, staff_number=who)
    Appointment.objects.create(
        officer=row,
        agency=agency,
        post=post,
        valid_from=datetime.date(2020, 1, 1),
        reads_agency=post != "specialist" or who in {"police", "external"},
    )
    return actors.officer(row.pk, who, DAY)
