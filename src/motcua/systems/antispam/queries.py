"""Reads: whose a number is, what waits, how many reported it, what letters say, and counts."""

from __future__ import annotations

import datetime
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, F, Q, QuerySet

from motcua.core.access.actors import Actor
from motcua.core.access.rows import visible
from motcua.core.agencies.queries import agency
from motcua.core.dossiers.erased import NO_FIELDS
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.orders import Filing, Handed
from motcua.core.files.store import Stored
from motcua.core.ledger.append import HOUSE
from motcua.core.ledger.findings import Finding
from motcua.core.official import content as contents
from motcua.core.official.content import Annex, Content
from motcua.core.official.drafting import Order, To
from motcua.core.official.kinds import LETTER
from motcua.core.official.rules import State
from motcua.core.procedures.fields import FieldMissing
from motcua.core.procedures.queries import current
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record, RecordIndex
from motcua.core.registers.references import area_names
from motcua.core.registers.rights import readable
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import format_date
from motcua.systems.antispam.models import Case, CaseSighting, Letter, LetterItem, SightingPhoto
from motcua.systems.antispam.rules import (
    Advert,
    Campaign,
    Draft,
    Range,
    Row,
    campaigns,
    dialled,
    operator_by_range,
)

CASES, SIGHTINGS, REPORTS = "9.000091", "sightings", "spam_reports"
ON_LIST = ("suspended", "complained")
"""Steps in which a number stands on the public list."""

_AT_ONCE = 500
_LONGEST_PLACES = 500
_HOTLINE = "1022"
_CELL = 490
_DROPPED = Q(letter__document__state=State.DROPPED)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A sighting as its record says it; `number` is E.164."""

    record: int
    agency: int
    number: str
    kind: str
    place: str
    day: str
    text: str = ""
    street: str = ""
    area: str = ""
    photo: str = ""


@dataclass
class Operators:
    """Whose a number is today: ported numbers first, what the city noted, then its range."""

    on: datetime.date
    _known: dict[str, str] = field(default_factory=dict)

    @cached_property
    def _ranges(self) -> list[Range]:
        rows = (json.loads(text) for text in _values_of("number_ranges"))
        return [
            Range(str(one["prefix"]), str(one["operator"]), str(one.get("given_on", "")))
            for one in rows
        ]

    def know(self, numbers: Collection[str]) -> None:
        """Read at once what the registers say of many numbers."""
        for register in ("advert_numbers", "ported_numbers"):  # the latter goes over the former
            for some in _parts(sorted(numbers)):
                index = RecordIndex.objects.filter(register=register, key="number", text__in=some)
                rows = Record.objects.filter(pk__in=index.values("record_id"), retired=False)
                for text in rows.values_list("values", flat=True):
                    told = json.loads(text)
                    if told.get("operator"):
                        self._known[str(told["number"])] = str(told["operator"])

    def of(self, number: str) -> str:
        """Give the operator of a number that `know` was told of; empty where nobody knows."""
        found = self._known.get(number)
        return found or operator_by_range(number, self._ranges, on=self.on.isoformat())


def operator_names() -> Mapping[str, str]:
    """Give the Vietnamese names of operators by key, as the register of numbers declares them."""
    rule = register_of("advert_numbers").field_rules["operator"]
    return {one.key: one.label.vi for one in rule.choices}


def _values_of(register: str) -> Iterator[str]:
    rows = Record.objects.filter(register=register, retired=False).order_by("pk")
    return rows.values_list("values", flat=True).iterator(chunk_size=2000)


def _parts(found: Sequence[str] | Sequence[int]) -> Iterator[Sequence[str] | Sequence[int]]:
    return (found[start : start + _AT_ONCE] for start in range(0, len(found), _AT_ONCE))


def sighting(record: int, agency: int, values: str) -> Sighting:
    """Read a record of the register of sightings."""
    told = json.loads(values)
    return Sighting(
        record=record,
        agency=agency,
        number=told["number"],
        kind=told["kind"],
        place=told["place"],
        day=told["seen_on"],
        **{key: told.get(key, "") for key in ("text", "street", "area", "photo")},
    )


def waiting() -> list[Sighting]:
    """Give the sightings that are in no case yet, the earliest record first."""
    rows = Record.objects.filter(register=SIGHTINGS, retired=False)
    rows = rows.exclude(pk__in=CaseSighting.objects.values("record_id"))
    told = rows.order_by("pk").values_list("pk", "agency_id", "values")
    return [sighting(*one) for one in told.iterator(chunk_size=2000)]


def last_rounds(numbers: Iterable[str]) -> dict[str, tuple[Case, bool]]:
    """Give the last case of each number, and whether its round is over."""
    found: dict[str, tuple[Case, bool]] = {}
    for some in _parts(sorted(numbers)):
        rows = Case.objects.filter(number__in=some).select_related("dossier").order_by("round")
        found.update({case.number: (case, case.dossier.closed) for case in rows})
    return found


def filing_of(
    agency_id: int,
    number: str,
    seen: Sequence[Sighting],
    operators: Operators,
    photos: Mapping[int, Handed],
) -> Filing:
    """Merge the sightings of a number into one dossier; whoever keeps the case applies for it."""
    last = max(seen, key=lambda one: (one.day, one.record))
    places = "\n".join(dict.fromkeys(one.place for one in seen))
    keeper = agency(agency_id)
    return Filing(
        procedure=CASES,
        agency_id=agency_id,
        applicant={"kind": "enterprise", "name": keeper.name_vi, "phone": keeper.phone or _HOTLINE},
        fields={
            "number": number,
            "kind": last.kind,
            "operator": operators.of(number),
            "text": next((one.text for one in reversed(seen) if one.text), ""),
            "place": places[:_LONGEST_PLACES],
            "seen_on": last.day,
            "photo": next((one.photo for one in reversed(seen) if one.photo), ""),
        },
        evidence=tuple(photos[one.record] for one in seen if one.record in photos),
        channel="schedule",
    )


def photos_of(records: Sequence[int]) -> dict[int, Handed]:
    """Give the photos of sightings as a dossier takes them, by record."""
    rows = SightingPhoto.objects.filter(record__in=records).select_related("file")
    return {
        row.record_id: Handed(
            "photo", Stored(row.file.sha256, row.file.size, row.file.media_type), "anh"
        )
        for row in rows
    }


def photo_hashes(records: Sequence[int]) -> dict[int, str]:
    """Give the SHA-256 of the photo of each sighting that has one, by record."""
    found: dict[int, str] = {}
    for start in range(0, len(records), _AT_ONCE):
        rows = SightingPhoto.objects.filter(record__in=records[start : start + _AT_ONCE])
        found.update(rows.values_list("record_id", "file__sha256"))
    return found


def missing_in(said: Mapping[str, str]) -> dict[str, Refused]:
    """Give what a report of the web leaves out: whom, what, or who says so."""
    return {key: FieldMissing() for key in ("source", "content", "sender") if not said[key].strip()}


@dataclass(frozen=True, slots=True)
class Scored:
    """Who was reported, by how many people and how often. It sorts, and decides nothing.

    `people` are those whose number is confirmed, `others` those of whom nobody knows.
    """

    source: str
    people: int
    others: int
    reports: int


def scored(actor: Actor, *, most: int = 100) -> list[Scored]:
    """Give who was reported, by whom the most people reported first. Raises `OfficersRead`.

    A number is confirmed by a code, or as its operator handed the message on.
    """
    mine = readable(actor, register_of(REPORTS)).filter(retired=False).values("pk")
    index = RecordIndex.objects.filter(register=REPORTS, record__in=mine)
    sent = dict(index.filter(key="sender").values_list("record_id", "text").iterator())
    sure = index.filter(Q(key="confirmed", number=1) | Q(key="channel", text__startswith="sms"))
    surely = set(sure.values_list("record_id", flat=True))
    known: dict[str, set[str]] = defaultdict(set)
    others: dict[str, set[str]] = defaultdict(set)
    reports: Counter[str] = Counter()
    for record, source in index.filter(key="source").values_list("record_id", "text").iterator():
        reports[source] += 1
        (known if record in surely else others)[source].add(sent.get(record, ""))
    found = [
        Scored(
            source.upper(),
            len(known[source] - {""}),
            len(others[source] - known[source] - {""}),
            count,
        )
        for source, count in reports.items()
    ]
    found.sort(key=lambda one: (-one.people, -one.others, -one.reports, one.source))
    return found[:most]


def by_step(actor: Actor) -> dict[str, int]:
    """Count the cases that an actor reads by the step they stand on, open and closed."""
    rows = visible(Dossier.objects.filter(pk__in=Case.objects.values("dossier_id")), actor)
    return dict(rows.values_list("step").annotate(n=Count("pk")).order_by("step"))


def latest(actor: Actor, *, most: int = 30) -> list[Case]:
    """Give the last cases that an actor reads, those that are open first."""
    seen = visible(Dossier.objects.filter(pk__in=Case.objects.values("dossier_id")), actor)
    rows = Case.objects.filter(dossier__in=seen.order_by().values("pk")).select_related("dossier")
    return list(rows.order_by("dossier__closed", "-pk")[:most])


def to_ask(agency_id: int) -> list[Case]:
    """Give the cases of an agency in which nobody came and that stand in no open letter."""
    rows = Case.objects.filter(dossier__step="no_show", dossier__holding_agency=agency_id)
    asked = LetterItem.objects.filter(open=True).exclude(_DROPPED)
    rows = rows.exclude(pk__in=asked.values("case")).select_related("dossier")
    return list(rows.order_by("pk"))


def dropped_lines(agency_id: int) -> QuerySet[LetterItem]:
    """Give the open lines of letters whose document was dropped: those numbers are asked again."""
    return LetterItem.objects.filter(_DROPPED, open=True, letter__agency=agency_id)


def rows_of(cases: Iterable[Case], operators: Operators) -> list[Row]:
    """Give the annex lines of cases, as their dossiers say them now."""
    found = []
    for case in cases:
        told = json.loads(case.dossier.fields)
        found.append(
            Row(
                case=case.pk,
                operator=operators.of(case.number) or str(told.get("operator", "")),
                number=dialled(case.number),
                kind=str(told.get("kind", "")),  # empty once the dossier was erased
                text=str(told.get("text", "")),
                place=str(told.get("place", "")),
                day=str(told.get("seen_on", "")),
                photo=str(told.get("photo", "")),
            )
        )
    return found


def lines_of(letter: Letter) -> list[tuple[LetterItem, Row]]:
    """Give the annex of a letter: its lines in order, each with what its dossier says."""
    items = list(
        LetterItem.objects.filter(letter=letter).select_related("case__dossier").order_by("line")
    )
    rows = rows_of([one.case for one in items], Operators(letter.made_at.date()))
    return list(zip(items, rows, strict=True))


def kinds_of(letters: Iterable[Letter]) -> dict[str, int]:
    """Count the numbers of letters by kind, from the dossiers of their annexes.

    What was erased since counts no more.
    """
    rows = Case.objects.filter(items__letter__in=list(letters)).select_related("dossier")
    rows = rows.exclude(dossier__fields=NO_FIELDS)
    told = {case.number: str(json.loads(case.dossier.fields)["kind"]) for case in rows}
    return dict(Counter(told.values()))


@dataclass(frozen=True, slots=True)
class Counted:
    """Sightings and different numbers of a commune and street."""

    area: str
    street: str
    sightings: int
    numbers: int


def by_place(*, since: str = "", until: str = "9999") -> list[Counted]:
    """Count sightings by commune and street, over days from `since` up to `until` (ISO)."""
    rows = Record.objects.filter(register=SIGHTINGS, retired=False).order_by("pk")
    seen: dict[tuple[str, str], list[str]] = defaultdict(list)
    for told in rows.values_list("pk", "agency_id", "values").iterator(chunk_size=2000):
        one = sighting(*told)
        if since <= one.day <= until:
            seen[one.area, one.street].append(one.number)
    names = area_names({area for area, _ in seen if area})
    found = [
        Counted(names.get(area, ""), street, len(numbers), len(set(numbers)))
        for (area, street), numbers in seen.items()
    ]
    return sorted(found, key=lambda one: (-one.sightings, one.area, one.street))


def campaigns_seen() -> list[Campaign]:
    """Group the sightings that belong together by number, link and near-same words."""
    rows = Record.objects.filter(register=SIGHTINGS, retired=False).order_by("pk")
    told = rows.values_list("pk", "agency_id", "values").iterator(chunk_size=2000)
    seen = (sighting(*one) for one in told)
    return campaigns([Advert(one.record, dialled(one.number), one.text) for one in seen])


@dataclass(frozen=True, slots=True)
class Suspended:
    """A number on the public list: with the words and place of its advert."""

    number: str
    text: str
    place: str
    since: datetime.date | None


def public_list() -> list[Suspended]:
    """Give the numbers whose service is suspended for adverts now; those of spam are not told."""
    rows = Case.objects.filter(dossier__step__in=ON_LIST).select_related("dossier")
    rows = rows.exclude(dossier__fields=NO_FIELDS)
    rows = rows.annotate(since=F("items__result_on")).filter(items__result="suspended")
    found: dict[str, Suspended] = {}
    for case in rows.order_by("number", "items__pk"):
        told = json.loads(case.dossier.fields)
        if told["kind"] == "advert":
            since = getattr(case, "since", None)
            found[case.number] = Suspended(
                dialled(case.number), str(told.get("text", "")), str(told.get("place", "")), since
            )
    return list(found.values())


def step_names(language: str) -> dict[str, str]:
    """Give the names of the steps and ends of a case, in their order."""
    told = current(CASES).declaration
    return {key: one.text(language) for key, one in {**told.step_names, **told.end_names}.items()}


GROUNDS = {
    "Luật Xử lý vi phạm hành chính: khoản 3 Điều 119 và Điều 125": (
        "Luật Xử lý vi phạm hành chính 15/2012/QH13"
    ),
    "Nghị định số 91/2020/NĐ-CP về chống tin nhắn rác, thư điện tử rác, cuộc gọi rác": (
        "91/2020/NĐ-CP"
    ),
}
"""The grounds that a letter prints, each by the law among those of the procedure that it cites."""

_ASKS = (
    "Trên cơ sở ghi nhận của địa phương, phản ánh của người dân và kết quả mời chủ thuê bao làm"
    " việc, đề nghị quý doanh nghiệp tạm ngừng cung cấp dịch vụ hai chiều (gọi đi và gọi đến) đối"
    " với {count} số điện thoại trong danh sách kèm theo, gồm {kinds}."
)
_ANSWERS = (
    "Đề nghị quý doanh nghiệp thông báo kết quả từng số{until}; số nào không còn là thuê bao của"
    " mình thì cho biết doanh nghiệp hiện tại."
)
_COLUMNS = ("TT", "Số", "Nội dung", "Vị trí", "Ngày", "Ảnh")
_DIRECTOR = "GIÁM ĐỐC"


def letter_order(
    draft: Draft,
    signer_id: int,
    dossiers: Sequence[int],
    answer_by: datetime.date | None,
) -> Order:
    """Give the official document of a letter: what is asked, of how many numbers, and its annex."""
    rule = register_of(SIGHTINGS).field_rules["kind"]
    counted = Counter(row.kind for row in draft.rows)
    kinds = [
        f"{counted[one.key]} số {one.label.vi.lower()}" for one in rule.choices if counted[one.key]
    ]
    until = f" trước ngày {format_date(answer_by, 'vi')}" if answer_by else ""
    operator = operator_names().get(draft.operator, draft.operator)
    return Order(
        kind=LETTER,
        abstract="đề nghị tạm ngừng cung cấp dịch vụ viễn thông",
        content=Content(
            grounds=tuple(GROUNDS),
            paragraphs=(
                _ASKS.format(count=len(draft.rows), kinds=kinds),
                _ANSWERS.format(until=until),
            ),
            annexes=(
                Annex(
                    "Danh sách số điện thoại đề nghị tạm ngừng cung cấp dịch vụ",
                    _COLUMNS,
                    [_cells(line, row) for line, row in enumerate(draft.rows, 1)],
                ),
            ),
        ),
        signer_id=signer_id,
        position=_DIRECTOR,
        recipients=(To(operator), To("Lưu: VT", way="copy")),
        dossiers=dossiers,
    )


def _cells(line: int, row: Row) -> tuple[str, ...]:
    day = format_date(datetime.date.fromisoformat(row.day), "vi") if row.day else ""
    flat = (" ".join(text.split())[:_CELL] for text in (row.text, row.place))
    return (str(line), row.number, *flat, day, row.photo)


def odd_lines(letter: Letter) -> list[str]:
    """Give the numbers of which the annex says something else than the dossiers, as dialled.

    Those that wait for the letter no more, and those that stand in one of the two lists alone.
    """
    items = letter.items.select_related("case__dossier").order_by("line")
    waiting = [dialled(one.case.number) for one in items if one.case.dossier.step == "no_show"]
    gone = [dialled(one.case.number) for one in items if one.case.dossier.step != "no_show"]
    annexes = contents.read(letter.document.content).annexes
    printed = [row[1] for one in annexes if tuple(one.columns) == _COLUMNS for row in one.rows]
    apart = {*printed} ^ {*waiting, *gone}
    return sorted({*gone, *apart}) or ([] if printed == waiting else sorted(waiting))


_SAYS = {
    "state.spam_case": (
        "Vụ việc của hồ sơ {row} không khớp số điện thoại, lần xử lý của hồ sơ.",
        "The case of dossier {row} is not of the number and round that the dossier says.",
    ),
    "state.spam_letter": (
        "Công văn {row} không khớp văn bản đã ban hành hoặc kết quả từng dòng.",
        "Letter {row} does not agree with the document that was issued, or with its lines.",
    ),
}


def check_cases() -> Iterator[Finding]:
    """Give cases and letters that say something else than their dossiers and documents."""
    for case in Case.objects.select_related("dossier").order_by("pk").iterator(chunk_size=500):
        told = json.loads(case.dossier.fields)
        if told and (told["number"], told["round"]) != (case.number, case.round):
            yield _finding("state.spam_case", case.dossier_id)
    odd = LetterItem.objects.filter(
        Q(open=True) & ~Q(result="") | Q(open=False, result="") & ~_DROPPED
    )
    sent = Letter.objects.filter(sent_on__isnull=False).exclude(sent_on=F("document__issued_on"))
    wrong = {*odd.values_list("letter_id", flat=True), *sent.values_list("pk", flat=True)}
    yield from (_finding("state.spam_letter", number) for number in sorted(wrong))


def _finding(code: str, row: int) -> Finding:
    vi, en = (text.format(row=row) for text in _SAYS[code])
    return Finding(code, vi, en, row if code == "state.spam_case" else HOUSE)


CHECKS = (check_cases,)
"""What the check of a whole house asks of this system."""
