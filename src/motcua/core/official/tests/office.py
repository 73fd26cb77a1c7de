"""A department that writes documents: its people, short ways to act, and its jobs done at once."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass

from motcua.core.access.actors import Actor
from motcua.core.dossiers.tests.world import MONDAY, World, add_officer, make_world
from motcua.core.files.store import path_of
from motcua.core.jobs.models import Job
from motcua.core.official import drafting, moving
from motcua.core.official.carrying import Done
from motcua.core.official.content import Annex, Content
from motcua.core.official.drafting import Order, To
from motcua.core.official.jobs import sign
from motcua.core.official.models import OutgoingDocument

TABLE = Annex(
    "Danh sách số thuê bao", ("Số thuê bao", "Nơi phát hiện"), [("0912000001", "Ba Đình")]
)


def later(hours: float) -> datetime.datetime:
    return MONDAY + datetime.timedelta(hours=hours)


@dataclass
class Office:
    """The world with those of its department who write, review, sign and issue."""

    world: World
    people: dict[str, Actor]

    def order(self, **changes) -> Order:
        """Give an order without faults: a letter to one recipient with an annex."""
        plain = {
            "kind": "CV",
            "abstract": "ngừng cung cấp dịch vụ",
            "content": Content(["Đề nghị ngừng cung cấp dịch vụ."], (), (TABLE,)),
            "signer_id": self.people["director"].officer_id,
            "position": "GIÁM ĐỐC",
            "recipients": (To("Công ty Mẫu", "mau@example.vn"), To("Thanh tra", way="copy")),
            "unit": "CNTT",
        }
        return Order(**{**plain, **changes})

    def draft(self, *, at=MONDAY, who="drafter", key=None, **changes) -> Done:
        return drafting.draft(
            actor=self.people[who],
            at=at,
            agency_id=self.world.department.pk,
            order=self.order(**changes),
            key=key,
        )

    def move(self, done: Done | int, who, name, *, at=MONDAY, **wishes) -> Done:
        number = done if isinstance(done, int) else done.document_id
        wishes = {"revision": None, "key": None, **wishes}
        actor = self.people[who] if isinstance(who, str) else who
        return moving.move(actor=actor, at=at, document_id=number, name=name, **wishes)

    def signed(self, **changes) -> Done:
        """Draft a document and have it signed by its signer, an hour a move."""
        at = changes.get("at", MONDAY)
        done = self.draft(**changes)
        self.move(done, "head", "review", at=at)
        self.move(done, "director", "sign", at=at)
        self.work(at)
        return done

    def issued(self, *, issued_at=None, **changes) -> Done:
        """Have a document issued."""
        at = issued_at or changes.get("at", MONDAY)
        done = self.signed(**changes)
        self.move(done, "clerk", "issue", at=at)
        self.work(at)
        return done

    def work(self, at=MONDAY) -> None:
        """Do the jobs that wait."""
        for job in Job.objects.filter(kind="official.sign", state="ready").order_by("id"):
            sign(json.loads(job.payload), at=at)
            Job.objects.filter(pk=job.pk).update(state="done", finished_at=at)

    def row(self, done: Done) -> OutgoingDocument:
        return OutgoingDocument.objects.get(pk=done.document_id)

    def file(self, done: Done, stage="issued") -> bytes:
        row = self.row(done).files.get(stage=stage)
        return path_of(row.file.sha256).read_bytes()


def make_office(world: World | None = None) -> Office:
    """Add those who write documents to the world's department."""
    world = world or make_world()
    department, city = world.department, world.city
    type(department).objects.filter(pk=department.pk).update(name_vi="Sở Khoa học và Công nghệ")
    type(city).objects.filter(pk=city.pk).update(name_vi="Ủy ban nhân dân thành phố Hà Nội")
    from motcua.core.agencies.queries import forget_tree

    forget_tree()
    people = {
        "drafter": add_officer("Người Soạn", department, "specialist"),
        "head": add_officer("Trưởng Phòng", department, "unit_head"),
        "director": add_officer("Đỗ Thị Ưởng", department, "leader"),
        "clerk": add_officer("Văn Thư", department, "clerk"),
        "stranger": world.officers["other_specialist"],
        "other_head": world.officers["other_head"],
        "mayor": world.officers["leader"],
    }
    return Office(world, people)
