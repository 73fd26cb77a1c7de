"""Files and forms: what they ask, and what they send, as the acts take it."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable, Iterable, Mapping, Sequence

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.core.registers.loading import register_of
from motcua.core.registers.mails import Mail
from motcua.core.registers.photos import Keeper
from motcua.core.registers.sheets import FileUnreadable
from motcua.core.registers.sheets import rows_of as sheet_rows
from motcua.faces.ui.boxes import Box
from motcua.kernel.codes import Phone
from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese import parse_date
from motcua.systems.antispam.actions import keep_photos
from motcua.systems.antispam.events import NO_CALLS, REPORTS
from motcua.systems.antispam.queries import SIGHTINGS, photo_hashes
from motcua.systems.antispam.rules import (
    RESULTS,
    Answer,
    AnswersFaulty,
    ListOrder,
    Report,
    list_wishes,
    parts_of,
    read_message,
    source_of,
)


def files_of_reports(body: bytes) -> dict[str, bytes]:
    """Turn a file of messages into files of the registers: reports, and orders to the list.

    Its columns are `code`, `channel`, `received_on`, `sender` and `message`; what else the register
    of reports has is read out of the message. Of several orders of one number the last counts.
    """
    reports: list[dict[str, object]] = []
    wishes: dict[str, dict[str, object]] = {}
    for row in sheet_rows(register_of(REPORTS), body):
        read = read_message(row.cells.get("message", ""))
        sender = row.cells.get("sender", "").strip()
        if isinstance(read, ListOrder):
            number = source_of(sender)
            key = number.text if number else sender
            wishes[key] = {"number": sender, **list_wishes(wishes.get(key, {}), read)}
            continue
        reports.append({**_read_row(row.cells, read), "sender": sender})
    made = {REPORTS: reports, NO_CALLS: list(wishes.values())}
    return {key: _file(rows) for key, rows in made.items() if rows}


def _read_row(cells: Mapping[str, str], read: Report) -> dict[str, object]:
    told = {key: cells.get(key, "") for key in ("code", "channel", "received_on")}
    return {**told, **parts_of(read, cells.get("message", ""))}


def _file(rows: Iterable[Mapping[str, object]]) -> bytes:
    out, listed = io.StringIO(), list(rows)
    writer = csv.DictWriter(out, listed[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(listed)
    return out.getvalue().encode()


IMPORTS: Mapping[str, Callable[[bytes], Mapping[str, bytes]]] = {"reports": files_of_reports}
"""What `motcua import NOUN FILE` takes beside registers: into which files of registers it turns."""


def row_of_mail(mail: Mail) -> dict[str, str]:
    """Give the row of reports for an e-mail; what follows no syntax waits for somebody to read it.

    An order to the do-not-call list counts only for the number it came from, which no mail shows.
    """
    read = read_message(mail.text)
    report = Report("unread", "", mail.text) if isinstance(read, ListOrder) else read
    told = {key: str(value) for key, value in parts_of(report, mail.whole).items()}
    day = mail.sent_on.isoformat() if mail.sent_on else ""
    return {"code": f"E-{mail.reference}", "channel": "email", "received_on": day, **told}


MAILS: Mapping[str, Callable[[Mail], Mapping[str, str]]] = {REPORTS: row_of_mail}
"""Which registers take e-mails (.eml, .mbox), and what one becomes there."""


class _SightingPhotos:
    """Where photos of sightings lie that come with a file of them."""

    part = "photo"

    def kept(self, records: Sequence[int]) -> dict[int, str]:
        """Give the hash of the photo of each sighting that has one."""
        return photo_hashes(records)

    def keep(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Keep photos beside sightings that have none."""
        keep_photos(pairs)


PHOTOS: Mapping[str, Keeper] = {SIGHTINGS: _SightingPhotos()}
"""Which registers take photos with a file of records, and where these are kept."""


def answers_of(body: bytes) -> list[Answer]:
    """Read an operator's answer, a CSV of `number`, `result` and `date`.

    Raises `FileUnreadable`, and `AnswersFaulty` with the lines that cannot be read.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise FileUnreadable from wrong
    found, faulty = [], []
    for line, row in enumerate(rows, 2):
        try:
            found.append(_answer(row))
        except (Refused, KeyError):
            faulty.append(str(line))
    if faulty or not found:
        raise AnswersFaulty(lines=", ".join(faulty[:20]) or "1")
    return found


def _answer(row: Mapping[str, str | None]) -> Answer:
    result = (row["result"] or "").strip()
    if result not in RESULTS:
        raise KeyError(result)
    day = parse_date((row["date"] or "")[:20])
    return Answer(Phone.parse((row["number"] or "")[:30]).number, result, day)


def answers_sent(sent: QueryDict, on: datetime.date) -> list[Answer]:
    """Read what the page of a letter sends: a result for some of its lines, as of a day."""
    marked = [key for key in sent if key.startswith("result.")]
    results = {key.removeprefix("result."): sent.get(key, "") for key in marked}
    return [Answer(number, result, on) for number, result in results.items() if result]


def _choices(register: str, key: str, language: str) -> tuple[tuple[str, str], ...]:
    rule = register_of(register).field_rules[key]
    return tuple((one.key, one.label.text(language)) for one in rule.choices)


def report_boxes(sent: QueryDict, language: str, *, code: bool = False) -> tuple[Box, ...]:
    """Give the boxes of a citizen's report; with one for the code that was sent to their number."""
    kinds = [one for one in _choices(REPORTS, "kind", language) if one[0] != "unread"]
    return (
        Box(
            name="kind",
            label=_("Bạn phản ánh về"),
            kind="radio",
            value=sent.get("kind", "sms"),
            choices=tuple(kinds),
            required=True,
        ),
        Box(
            name="source",
            label=_("Số, đầu số hoặc tên đã gửi, đã gọi"),
            hint=_("Ví dụ: 0912345678, 19001234 hoặc tên hiện trên máy"),
            value=sent.get("source", "")[:60],
            required=True,
            width="middle",
        ),
        Box(
            name="content",
            label=_("Nội dung"),
            hint=_("Chép lại tin nhắn, hoặc ghi cuộc gọi nói gì"),
            kind="multiline",
            value=sent.get("content", "")[:2000],
            required=True,
        ),
        Box(
            name="sender",
            label=_("Số điện thoại của bạn"),
            hint=_("Số đã nhận tin, cuộc gọi; được che, chỉ cán bộ xử lý xem được"),
            kind="tel",
            value=sent.get("sender", "")[:20],
            required=True,
            autocomplete="tel",
            inputmode="tel",
            width="middle",
        ),
        *([_code_box()] if code else []),
    )


def _code_box() -> Box:
    return Box(
        name="code",
        label=_("Mã đã gửi tới số của bạn"),
        hint=_("Có hiệu lực 5 phút; để trống thì phản ánh được nhận là chưa xác nhận số"),
        inputmode="numeric",
        autocomplete="one-time-code",
        width="narrow",
    )


_SEEN = ("number", "kind", "place", "street", "area", "text", "seen_on", "found_by")


def sighting_sent(sent: QueryDict) -> dict[str, object]:
    """Read what the form of a sighting sends."""
    return {key: sent.get(key, "") for key in _SEEN}


def sighting_boxes(sent: QueryDict, on: datetime.date, language: str) -> tuple[Box, ...]:
    """Give the boxes of a sighting, the photo first; the day is today unless said."""
    rules = register_of("sightings")
    labels = {one.key: one.label.text(language) for one in rules.parts()}
    hints = {one.key: one.hint.text(language) if one.hint else "" for one in rules.parts()}

    def box(name: str, **more: object) -> Box:
        told: dict[str, object] = {"hint": hints[name], "value": sent.get(name, "")[:500], **more}
        return Box(name=name, label=labels[name], **told)  # type: ignore[arg-type]

    return (
        Box(name="evidence.photo", label=labels["photo"], kind="file"),
        box("number", kind="tel", inputmode="tel", required=True, width="middle"),
        box(
            "kind",
            kind="radio",
            choices=_choices("sightings", "kind", language),
            value=sent.get("kind", "advert"),
            required=True,
        ),
        box("text", kind="multiline"),
        box("place", required=True),
        box("street"),
        box("area", hint=_("Tên hoặc mã phường, xã")),
        Box(
            name="geometry",
            label=_("Tọa độ"),
            hint=_("Vĩ độ, kinh độ, ví dụ 21.0285, 105.8542"),
            value=sent.get("geometry", "")[:60],
        ),
        box("seen_on", value=sent.get("seen_on", on.strftime("%d/%m/%Y")), required=True),
        box("found_by"),
    )
