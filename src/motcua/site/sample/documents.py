"""Official documents of the sample city, by the acts of its people: drafts, and what came in.

None is signed: that is for whoever tries the house, and a signature loads much into memory.
"""

from __future__ import annotations

import datetime

from motcua.core.access import actors
from motcua.core.access.actors import Actor
from motcua.core.agencies.queries import agency_by_code, officers_of
from motcua.core.official.content import Annex, Content
from motcua.core.official.drafting import Order, To, draft
from motcua.core.official.incoming import Arrival, assign, register
from motcua.core.official.models import IncomingDocument, OutgoingDocument
from motcua.core.official.moving import move
from motcua.core.official.rights import day_of
from motcua.core.sql import act

DEPARTMENT = "H26.12"
_WEEK = datetime.timedelta(days=7)


def load_documents(at: datetime.datetime) -> int:
    """Draft, review and register the sample where there are no documents yet; give how many."""
    if OutgoingDocument.objects.exists() or IncomingDocument.objects.exists():
        return 0
    agency_id = agency_by_code(DEPARTMENT, on=day_of(at)).id
    posts = ("specialist", "unit_head", "leader", "clerk")
    people = {post: _first(agency_id, post, at) for post in posts}
    with act():
        reviewed = _drafted(people, agency_id, at, _letter(people["leader"]))
        move(
            actor=people["unit_head"],
            at=at,
            document_id=reviewed,
            name="review",
            revision=None,
            key=None,
        )
        _drafted(people, agency_id, at, _decision(people["leader"]))
        return 2 + _arrivals(people, agency_id, at)


def _drafted(people: dict[str, Actor], agency_id: int, at: datetime.datetime, order: Order) -> int:
    writer = people["specialist"]
    done = draft(actor=writer, at=at, agency_id=agency_id, order=order, key=None, origin="sample")
    return done.document_id


def _letter(signer: Actor) -> Order:
    table = Annex(
        "Danh mục điểm đề nghị phối hợp (dữ liệu mẫu)",
        ("Địa điểm", "Đơn vị", "Thời gian"),
        [
            (f"Tuyến phố mẫu số {number}", "Doanh nghiệp viễn thông Mẫu", "Quý I")
            for number in range(1, 13)
        ],
    )
    return Order(
        kind="CV",
        abstract="phối hợp rà soát hạ tầng viễn thông trên các tuyến phố (dữ liệu mẫu)",
        content=Content(
            [
                "Sở đề nghị Quý đơn vị phối hợp rà soát hạ tầng viễn thông tại các điểm ở Phụ lục.",
                "Kết quả rà soát đề nghị gửi về Sở trong 10 ngày làm việc kể từ ngày nhận văn bản.",
                "Trân trọng cảm ơn sự phối hợp của Quý đơn vị./.",
            ],
            annexes=(table,),
        ),
        signer_id=signer.officer_id or 0,
        position="GIÁM ĐỐC",
        recipients=(
            To("Doanh nghiệp viễn thông Mẫu", "van-thu@vien-thong-mau.example"),
            To("Phòng chuyên môn của Sở", way="copy"),
        ),
        unit="BCVT",
    )


def _decision(signer: Actor) -> Order:
    return Order(
        kind="QĐ",
        abstract="Thành lập Tổ rà soát hạ tầng viễn thông (dữ liệu mẫu)",
        content=Content(
            [
                "Điều 1. Thành lập Tổ rà soát hạ tầng viễn thông trên các tuyến phố mẫu.",
                "Điều 2. Tổ có nhiệm vụ tổng hợp kết quả rà soát và báo cáo Giám đốc Sở.",
                "Điều 3. Quyết định này có hiệu lực kể từ ngày ký./.",
            ],
            ["Căn cứ chức năng, nhiệm vụ của Sở", "Theo đề nghị của Trưởng phòng"],
        ),
        signer_id=signer.officer_id or 0,
        position="GIÁM ĐỐC",
        recipients=(To("Như Điều 1"), To("Phòng chuyên môn của Sở", way="copy")),
    )


def _arrivals(people: dict[str, Actor], agency_id: int, at: datetime.datetime) -> int:
    came = [
        ("Bộ Mẫu", "120/BM-VP", "V/v báo cáo tình hình công tác quý (dữ liệu mẫu)"),
        ("Sở Mẫu", "45/SM-KH", "V/v góp ý dự thảo kế hoạch phối hợp (dữ liệu mẫu)"),
    ]
    for number, (author, signs, abstract) in enumerate(came):
        arrival = Arrival(
            author=author,
            signs=signs,
            abstract=abstract,
            dated=day_of(at - _WEEK),
            due_on=day_of(at + _WEEK),
        )
        done = register(
            actor=people["clerk"],
            at=at,
            agency_id=agency_id,
            arrival=arrival,
            key=None,
            origin="sample",
        )
        if number == 0:
            assign(
                actor=people["unit_head"],
                at=at,
                arrival_id=done.document_id,
                officer_id=people["specialist"].officer_id or 0,
                due_on=None,
                revision=None,
                key=None,
            )
    return len(came)


def _first(agency_id: int, post: str, at: datetime.datetime) -> Actor:
    number, name = officers_of(agency_id, post, day_of(at))[0]
    return actors.officer(number, name, day_of(at))
