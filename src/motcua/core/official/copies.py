"""A copy as a PDF: the pages of what is copied, drawn as they are, or an excerpt of its text.

What a page bears beside its text (number, signatures, filled boxes) is drawn with it. The pages
are those of the kept file, at their full size. pyHanko is loaded when a copy is made.
"""

from __future__ import annotations

import base64
import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils import timezone

from motcua.core.agencies.queries import agency
from motcua.core.documents.context import heading
from motcua.core.files.store import path_of
from motcua.core.official import content as contents
from motcua.core.official.faults import NotCopied, PartsUnclear
from motcua.core.official.kinds import kind_of
from motcua.core.official.models import OutgoingDocument
from motcua.core.official.rules import number_text
from motcua.core.official.setting import (
    Spot,
    compiled,
    day_words,
    fill,
    number_line,
    position_lines,
)
from motcua.kernel.vietnamese import format_date

SHEETS = 500
_A4 = (595.28, 841.89)
_STAMP = (200.0, 40.0)  # width and height of the words of the agency's signature
_EDGE = 14.0  # points from the upper right corner of the first page
_PICTURES = frozenset({"image/jpeg", "image/png"})
_PICTURE = "picture.svg"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that is copied: its place in the file from 0, its size in points as it is read."""

    place: int
    width: float
    height: float


def lay_out(row: OutgoingDocument, *, at: datetime.datetime, mark: str = "") -> bytes:
    """Give a copy before the agency signs it. Raises `NotCopied` for a file that cannot be."""
    source, media = _source(row)
    excerpt = _excerpt(row) if row.copied and row.parts else []
    if excerpt:
        return compiled("copy.typ", _facts(row, at, mark, excerpt=excerpt), at=at)
    try:
        if media in _PICTURES:
            beside = {_PICTURE: _as_drawing(source, media)}
            told = _facts(row, at, mark, _chosen([Sheet(0, *_A4)], row.parts), picture=_PICTURE)
            return compiled("copy.typ", told, at=at, beside=beside)
        sheets = _chosen(_sheets(source), row.parts) if media == "application/pdf" else []
    except (RuntimeError, ValueError) as error:
        raise NotCopied from error
    if not sheets:
        raise NotCopied
    blank = compiled("copy.typ", _facts(row, at, mark, sheets), at=at)
    try:
        return _drawn(blank, source, sheets)
    except Exception as error:  # a file from outside breaks its readers anywhere
        raise NotCopied from error


def _as_drawing(picture: bytes, media: str) -> bytes:
    """Wrap a picture as a drawing of a page: the layout takes files of text alone."""
    width, height = _A4
    data = base64.b64encode(picture).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:{media};base64,{data}"/></svg>'
    ).encode()


def stamp_spot(pdf: bytes) -> Spot:
    """Give the place of the agency's signature: above, on the right of the first page."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    sheet = next(_sheets_of(PdfFileReader(BytesIO(pdf))))
    width, height = _STAMP
    return Spot("copy", 1, sheet.width - width - _EDGE, _EDGE, width, height)


def stamp(row: OutgoingDocument, spot: Spot, *, at: datetime.datetime) -> bytes:
    """Give the look of the agency's signature: form of copy, agency, instant (ISO 8601)."""
    told = timezone.localtime(at).isoformat(timespec="seconds")
    lines = (form_of(row), agency(row.agency_id).name_vi, told)
    return fill("copy", "|".join(lines), spot, at=at)


def form_of(row: OutgoingDocument) -> str:
    """Give the form of a copy as it stands on it: `SAO Y`, `SAO LỤC`, `TRÍCH SAO`."""
    return kind_of(row.kind).name.vi.removeprefix("Bản ").upper()


def parts_of(row: OutgoingDocument) -> tuple[int, ...]:
    """Give the numbers of the paragraphs or pages that a copy takes; none: all."""
    return tuple(int(one) for one in row.parts.split(",") if one)


def _source(row: OutgoingDocument) -> tuple[bytes, str]:
    if row.copied is not None:
        kept = row.copied.files.select_related("file").get(stage="issued").file
    else:
        assert row.copied_arrival is not None  # a copy has one source
        if row.copied_arrival.file is None:
            raise NotCopied
        kept = row.copied_arrival.file
    return path_of(kept.sha256).read_bytes(), kept.media_type


def _excerpt(row: OutgoingDocument) -> list[dict[str, object]]:
    assert row.copied is not None  # of an incoming document pages are taken
    said = contents.read(row.copied.content).paragraphs
    return [{"place": one, "words": said[one - 1]} for one in parts_of(row)]


def _facts(
    row: OutgoingDocument,
    at: datetime.datetime,
    mark: str,
    sheets: Iterable[Sheet] = (),
    *,
    picture: str = "",
    excerpt: Sequence[dict[str, object]] = (),
) -> dict[str, object]:
    head = heading(row.agency_id, row.issued_on or timezone.localtime(at).date())
    return {
        "title": f"{kind_of(row.kind).name.vi}: {row.abstract}",
        "superior": head["superior"],
        "agency": head["agency"],
        "form": form_of(row),
        "number": number_line(row, at),
        "day": day_words(row, at),
        "of": _of(row),
        "source": _source_facts(row, at) if excerpt else {},
        "excerpt": list(excerpt),
        "sheets": [
            {"width": one.width, "height": one.height, "picture": picture} for one in sheets
        ],
        "recipients": [one.name for one in row.recipients.order_by("pk")] if row.pk else [],
        "position": [one.upper() for one in position_lines(row)],
        "signer": row.signer.name,
        "mark": mark,
    }


def _source_facts(row: OutgoingDocument, at: datetime.datetime) -> dict[str, object]:
    source = row.copied
    assert source is not None  # an excerpt of text is of a document written here
    said = contents.read(source.content)
    return {
        "agency": agency(source.agency_id).name_vi,
        "number": number_text(source.number or 0, source.signs),
        "day": day_words(source, at),
        "kind": kind_of(source.kind).name.vi,
        "abstract": source.abstract,
        "paragraphs": len(said.paragraphs),
    }


def _of(row: OutgoingDocument) -> str:
    """Say what was copied, and which parts of it."""
    if row.copied is not None:
        number, day = number_text(row.copied.number or 0, row.copied.signs), row.copied.issued_on
        author, part = agency(row.copied.agency_id).name_vi, "đoạn"
    else:
        came = row.copied_arrival
        assert came is not None  # a copy has one source
        number, day, author, part = came.signs, came.dated, came.author, "trang"
    dated = f" ngày {format_date(day)}" if day else ""
    parts = f" ({part} {row.parts.replace(',', ', ')})" if row.parts else ""
    return f"Văn bản số {number}{dated} của {author}{parts}."


def _sheets(pdf: bytes) -> list[Sheet]:
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    try:
        reader = PdfFileReader(BytesIO(pdf))
        found = list(_sheets_of(reader)) if not reader.encrypted else []
    except Exception as error:  # a broken file breaks its reader anywhere
        raise NotCopied from error
    if not 0 < len(found) <= SHEETS:
        raise NotCopied
    return found


def _sheets_of(reader: Any) -> Iterator[Sheet]:  # noqa: ANN401 - pyHanko has no types
    for place in range(int(reader.root["/Pages"]["/Count"])):
        left, low, right, high = _box(reader, place)
        turned = _turn(reader, place) % 180
        size = (high - low, right - left) if turned else (right - left, high - low)
        yield Sheet(place, *size)


def _chosen(sheets: list[Sheet], parts: str) -> list[Sheet]:
    wanted = [int(one) for one in parts.split(",") if one]
    if any(one > len(sheets) for one in wanted):
        raise PartsUnclear
    return [sheets[one - 1] for one in wanted] or sheets


def _inherited(reader: Any, place: int, name: str, default: Any) -> Any:  # noqa: ANN401
    page = reader.find_page_for_modification(place)[0].get_object()
    for _ in range(32):  # a page lies in a tree of groups
        if name in page:
            return page[name]
        if "/Parent" not in page:
            break
        page = page["/Parent"]
    return default


def _box(reader: Any, place: int) -> tuple[float, float, float, float]:  # noqa: ANN401
    a, b, c, d = (float(one) for one in _inherited(reader, place, "/MediaBox", (0, 0, *_A4)))
    return min(a, c), min(b, d), max(a, c), max(b, d)


def _turn(reader: Any, place: int) -> int:  # noqa: ANN401 - pyHanko has no types
    return int(_inherited(reader, place, "/Rotate", 0)) % 360


def _drawn(blank: bytes, source: bytes, sheets: list[Sheet]) -> bytes:
    """Draw the pages of a source over the empty ones."""
    from pyhanko.pdf_utils import generic  # noqa: PLC0415
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    writer, reader = IncrementalPdfFileWriter(BytesIO(blank)), PdfFileReader(BytesIO(source))
    for number, sheet in enumerate(sheets):
        drawn = {"/Copied": _page_of(writer, reader, sheet.place)}
        steps = ["q", f"{_upright(reader, sheet.place)} cm /Copied Do"]
        for count, (look, at) in enumerate(_looks(reader, sheet.place)):
            name = f"/Look{count}"
            drawn[name] = writer.import_object(look)
            steps.append(f"q {at} cm {name} Do Q")
        steps.append("Q")
        named = generic.DictionaryObject(
            {generic.pdf_name(name): writer.add_object(one) if not hasattr(one, "idnum") else one
             for name, one in drawn.items()}
        )  # fmt: skip
        resources = generic.DictionaryObject({generic.pdf_name("/XObject"): named})
        stream = generic.StreamObject(stream_data="\n".join(steps).encode())
        writer.add_stream_to_page(number, writer.add_object(stream), resources, prepend=True)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _page_of(writer: Any, reader: Any, place: int) -> Any:  # noqa: ANN401 - pyHanko has no types
    """Import a page as one drawing; its streams are read as one, a line between them."""
    from pyhanko.pdf_utils import generic  # noqa: PLC0415

    page, resources = reader.find_page_for_modification(place)
    streams = page.get_object()["/Contents"]
    many = streams if isinstance(streams, generic.ArrayObject) else [streams]
    key = generic.pdf_name
    made = generic.StreamObject(
        {
            key("/Type"): key("/XObject"),
            key("/Subtype"): key("/Form"),
            key("/BBox"): generic.ArrayObject(map(generic.FloatObject, _box(reader, place))),
            key("/Resources"): writer.import_object(resources),
        },
        stream_data=b"\n".join(one.get_object().data for one in many),
    )
    made.compress()
    return writer.add_object(made)


def _looks(reader: Any, place: int) -> Iterator[tuple[Any, str]]:  # noqa: ANN401
    """Give what lies over a page (filled boxes, signatures, stamps) and where, as a matrix."""
    page = reader.find_page_for_modification(place)[0].get_object()
    for one in (each.get_object() for each in page.get("/Annots", ())):
        hidden = int(one.get("/F", 0)) & 2
        look = one["/AP"].get("/N") if "/AP" in one else None
        look = look.get_object() if look is not None else None
        if look is not None and "/AS" in one and "/BBox" not in look:
            look = look.get(one["/AS"])
        if hidden or look is None or "/BBox" not in look or not hasattr(look, "data"):
            continue
        yield look, _placed(look, one["/Rect"])


def _placed(look: Any, rect: Any) -> str:  # noqa: ANN401 - pyHanko has no types
    """Give the matrix that fits a look, as its own matrix leaves it, into its place on the page."""
    a, b, c, d, e, f = (float(one) for one in look.get("/Matrix", (1, 0, 0, 1, 0, 0)))
    x1, y1, x2, y2 = (float(one) for one in look["/BBox"])
    corners = [(x, y) for x in (x1, x2) for y in (y1, y2)]
    across, up = [a * x + c * y + e for x, y in corners], [b * x + d * y + f for x, y in corners]
    left, low, right, high = (float(edge) for edge in rect)
    wide = abs(right - left) / ((max(across) - min(across)) or 1)
    tall = abs(high - low) / ((max(up) - min(up)) or 1)
    at = (min(left, right) - min(across) * wide, min(low, high) - min(up) * tall)
    return f"{wide:.4f} 0 0 {tall:.4f} {at[0]:.4f} {at[1]:.4f}"


def _upright(reader: Any, place: int) -> str:  # noqa: ANN401 - pyHanko has no types
    """Give the matrix that sets a page upright with its lower left corner at nothing."""
    left, low, right, high = _box(reader, place)
    return {
        0: f"1 0 0 1 {-left:.4f} {-low:.4f}",
        90: f"0 -1 1 0 {-low:.4f} {right:.4f}",
        180: f"-1 0 0 -1 {right:.4f} {high:.4f}",
        270: f"0 1 -1 0 {high:.4f} {-left:.4f}",
    }[_turn(reader, place)]
