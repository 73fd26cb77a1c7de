"""A document as DOCX by NĐ 30/2020, annex I: to be read, marked and sent for comments.

It bears no signature, so it is no original. python-docx is loaded when one is made.
"""

from __future__ import annotations

import datetime
from io import BytesIO
from typing import Any

from motcua.core.official.models import OutgoingDocument
from motcua.core.official.setting import day_words, facts_of, number_line

_FONT = "Times New Roman"
_LEFT, _RIGHT = 71, 94  # mm, of the heading's halves


def docx(row: OutgoingDocument, *, at: datetime.datetime) -> bytes:
    """Give a document as it stands as DOCX."""
    from docx import Document  # noqa: PLC0415
    from docx.shared import Mm, Pt  # noqa: PLC0415

    told: dict[str, Any] = facts_of(row, at)
    made = Document()
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(30), Mm(15)
    page.top_margin, page.bottom_margin = Mm(20), Mm(20)
    page.different_first_page_header_footer = True
    style = made.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(14)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    made.core_properties.title, made.core_properties.author = told["title"], told["agency"]
    made.core_properties.created = made.core_properties.modified = at.replace(tzinfo=None)
    _number_pages(page)
    _heading(made, told, number_line(row, at), day_words(row, at))
    _title(made, told)
    _text(made, told)
    _foot(made, told)
    for number, annex in enumerate(told["annexes"], start=1):
        _annex(made, told, number, annex)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _line(
    where: Any,  # noqa: ANN401 - python-docx has no types
    text: str,
    size: float,
    how: str = "",
    *,
    align: str = "CENTER",
) -> Any:  # noqa: ANN401
    """Add a paragraph; `how` holds `b` for bold, `i` for italics."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    line = where.add_paragraph()
    line.alignment = getattr(WD_ALIGN_PARAGRAPH, align)
    run = line.add_run(text)
    run.bold, run.italic = "b" in how, "i" in how
    run.font.size, run.font.name = Pt(size), _FONT
    return line


def _halves(made: Any, left: float, right: float) -> Any:  # noqa: ANN401
    """Add a table without lines of two cells and give them, each empty."""
    from docx.shared import Mm  # noqa: PLC0415

    table = made.add_table(rows=1, cols=2)
    table.autofit = False
    cells = table.rows[0].cells
    for cell, width in zip(cells, (left, right), strict=True):
        cell.width = Mm(width)
        first = cell.paragraphs[0]._p  # noqa: SLF001 - a cell is born with an empty line
        first.getparent().remove(first)
    return cells


def _heading(made: Any, told: dict[str, Any], number: str, day: str) -> None:  # noqa: ANN401
    left, right = _halves(made, _LEFT, _RIGHT)
    if told["superior"]:
        _line(left, told["superior"].upper(), 12)
    _line(left, told["agency"].upper(), 13, "b")
    _rule(_line(left, "", 4), indent=22)
    _line(left, number, 13)
    if told["letter"]:
        _line(left, f"V/v {told['abstract']}", 12)
    if told["stamp"]:
        _stamp(left, told["stamp"])
    _line(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12.5, "b")
    _line(right, "Độc lập - Tự do - Hạnh phúc", 13.5, "b")
    _rule(_line(right, "", 4), indent=18)
    _line(right, day, 13.5, "i")


def _stamp(where: Any, words: str) -> None:  # noqa: ANN401 - python-docx has no types
    """Set the stamp of urgency, red on a line of its own."""
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    line = _line(where, words, 13, "b")
    line.paragraph_format.space_before = Pt(6)
    line.runs[0].font.color.rgb = RGBColor(0xD3, 0x20, 0x2A)


def _rule(line: Any, indent: float) -> None:  # noqa: ANN401
    """Draw a line above an empty paragraph, `indent` mm from both edges."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm(indent)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{key}"), value)
    borders.append(top)
    line._p.get_or_add_pPr().append(borders)  # noqa: SLF001 - it has no name for borders


def _title(made: Any, told: dict[str, Any]) -> None:  # noqa: ANN401
    from docx.shared import Pt  # noqa: PLC0415

    to = [one["name"] for one in told["recipients"] if one["way"] == "to"]
    if not told["letter"]:
        _line(made, told["kind"].upper(), 14, "b").paragraph_format.space_before = Pt(10)
        _line(made, told["abstract"], 14, "b")
        _rule(_line(made, "", 4), indent=65)
        if told["powers"]:
            _line(made, told["powers"].upper(), 14, "b")
    elif len(to) == 1:
        _line(made, f"Kính gửi: {to[0]}", 14).paragraph_format.space_before = Pt(10)
    elif to:
        _line(made, "Kính gửi:", 14).paragraph_format.space_before = Pt(10)
        for place, one in enumerate(to, start=1):
            _line(made, f"- {one}{'.' if place == len(to) else ';'}", 14)


def _text(made: Any, told: dict[str, Any]) -> None:  # noqa: ANN401
    from docx.shared import Mm, Pt  # noqa: PLC0415

    grounds = told["grounds"]
    lines = [
        (one.rstrip(".;") + ("." if place == len(grounds) else ";"), "i")
        for place, one in enumerate(grounds, start=1)
    ]
    for text, how in [*lines, *((one, "") for one in told["paragraphs"])]:
        line = _line(made, text, 14, how, align="JUSTIFY")
        line.paragraph_format.first_line_indent = Mm(12.7)
        line.paragraph_format.space_before = Pt(6)


def _foot(made: Any, told: dict[str, Any]) -> None:  # noqa: ANN401
    from docx.shared import Pt  # noqa: PLC0415

    made.add_paragraph()
    left, right = _halves(made, 76, 89)
    _line(left, "Nơi nhận:", 12, "bi", align="LEFT")
    names = [one for one in told["recipients"] if one["way"] == "copy" or not told["letter"]]
    as_above = ["Như trên"] if told["letter"] and len(names) < len(told["recipients"]) else []
    for one in (*as_above, *(one["name"] for one in names)):
        _line(left, f"- {one};", 11, align="LEFT")
    unit = f", {told['unit']}" if told["unit"] else ""
    _line(left, f"- Lưu: VT{unit}.", 11, align="LEFT")
    for one in told["position"]:
        _line(right, one, 14, "b")
    _line(right, told["signer"], 14, "b").paragraph_format.space_before = Pt(64)


def _annex(made: Any, told: dict[str, Any], number: int, annex: dict[str, Any]) -> None:  # noqa: ANN401
    numeral = f" {_ROMAN[number - 1]}" if len(told["annexes"]) > 1 else ""
    _line(made, f"Phụ lục{numeral}", 14, "b").paragraph_format.page_break_before = True
    _line(made, annex["title"].upper(), 14, "b")
    _line(made, told["annex_of"], 14, "i")
    made.add_paragraph()
    table = made.add_table(rows=1, cols=len(annex["columns"]) + 1)
    table.style = "Table Grid"
    _cells(table.rows[0].cells, ["TT", *annex["columns"]], "b")
    for place, row in enumerate(annex["rows"], start=1):
        _cells(table.add_row().cells, [str(place), *row], "")


def _cells(cells: Any, texts: list[str], how: str) -> None:  # noqa: ANN401
    from docx.shared import Pt  # noqa: PLC0415

    for cell, text in zip(cells, texts, strict=True):
        run = cell.paragraphs[0].add_run(text)
        run.bold, run.font.size, run.font.name = "b" in how, Pt(12), _FONT


def _number_pages(page: Any) -> None:  # noqa: ANN401
    """Let the number of each page but the first stand in the middle of its top margin."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    line = page.header.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    line._p.append(field)  # noqa: SLF001 - it has no name for fields


_ROMAN = (
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X",
    "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX",
)  # fmt: skip
