"""Forms that follow from a procedure's declaration: boxes to draw, answers to read and to show."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.core.dossiers.evidence import EvidenceMissing
from motcua.core.procedures.declaration import Declaration, EvidenceRule, FieldRule, FieldType
from motcua.faces.ui.boxes import Box, Fault, target
from motcua.faces.ui.uploads import Uploads
from motcua.kernel.errors import Refused

APPLICANT = ("kind", "name", "number", "tax_code", "phone", "email", "address")
_KEY_READ = 81  # one more than a key may have, so that a longer one is refused
MAX_DIGITS = 18  # ids carry their stream and run far beyond a milliard; more may be beyond any row
_FEW = 6  # up to so many answers stand open as radio buttons
_NAMED_WITHIN = {"people", "evidence", "portal"}  # these sentences name the field

_KINDS = {
    FieldType.TEXT: ("text", "", ""),
    FieldType.MULTILINE: ("multiline", "", ""),
    FieldType.NUMBER: ("text", "decimal", "short"),
    FieldType.MONEY: ("text", "decimal", "short"),
    FieldType.DATE: ("date", "", ""),
    FieldType.CHOICE: ("choice", "", ""),
    FieldType.BOOLEAN: ("radio", "", ""),
    FieldType.PHONE: ("tel", "tel", "middle"),
    FieldType.PERSONAL_NUMBER: ("text", "numeric", "middle"),
    FieldType.TAX_CODE: ("text", "", "middle"),
    FieldType.EMAIL: ("email", "email", "middle"),
    FieldType.ADDRESS: ("multiline", "", ""),
}


def request_key(post: QueryDict) -> str:
    """Read the idempotency key of a form; one is made where the form is shown first."""
    given = str(post.get("key", ""))[:_KEY_READ]
    return "".join(sign for sign in given if sign.isprintable()) or str(uuid.uuid4())


def shown_revision(post: QueryDict) -> int | None:
    """Read which revision of the dossier the page showed."""
    return whole_number(str(post.get("revision", "")))


def whole_number(text: str) -> int | None:
    """Read a number that a page wrote, such as the id of a row; None for what no page writes."""
    is_number = text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS
    return int(text) if is_number else None


def read_applicant(post: QueryDict) -> dict[str, object]:
    """Read what a form says of the applicant (`applicant.NAME`)."""
    return {name: post.get(f"applicant.{name}", "") for name in APPLICANT}


def read_fields(declaration: Declaration, post: QueryDict) -> dict[str, object]:
    """Read the declared fields of a procedure; see `read_rules`."""
    return read_rules(declaration.fields, post)


def read_rules(rules: Iterable[FieldRule], post: QueryDict) -> dict[str, object]:
    """Read declared fields (`fields.KEY`); three boxes of a date become one text."""
    return {rule.key: _read(rule, post) for rule in rules}


def _read(rule: FieldRule, post: QueryDict) -> str:
    name = f"fields.{rule.key}"
    if rule.type is not FieldType.DATE:
        return str(post.get(name, ""))
    parts = _date_parts(name, post)
    return "/".join(parts) if any(parts) else ""


def _date_parts(name: str, post: QueryDict) -> tuple[str, str, str]:
    day, month, year = (str(post.get(f"{name}.{part}", "")) for part in ("day", "month", "year"))
    return day.strip(), month.strip(), year.strip()


def applicant_boxes(post: QueryDict) -> tuple[Box, ...]:
    """Give the boxes about the applicant, filled with what was sent."""
    kinds = (("person", _("Công dân")), ("enterprise", _("Doanh nghiệp, tổ chức")))
    boxes = (
        Box(name="kind", label=_("Người nộp là"), kind="radio", choices=kinds, required=True),
        Box(
            name="name",
            label=_("Họ và tên, hoặc tên tổ chức"),
            hint=_("Ghi đúng như trên giấy tờ"),
            required=True,
            autocomplete="name",
        ),
        Box(
            name="phone",
            label=_("Số điện thoại"),
            hint=_("Dùng để nhận tin và tra cứu hồ sơ. Ví dụ: 0912345678"),
            kind="tel",
            required=True,
            autocomplete="tel",
            inputmode="tel",
            width="middle",
        ),
        Box(
            name="number",
            label=_("Số định danh cá nhân"),
            hint=_("12 chữ số trên thẻ căn cước"),
            inputmode="numeric",
            width="middle",
        ),
        Box(name="tax_code", label=_("Mã số thuế"), hint=_("Nếu là doanh nghiệp"), width="middle"),
        Box(
            name="email",
            label=_("Thư điện tử"),
            kind="email",
            autocomplete="email",
            inputmode="email",
            width="middle",
        ),
        Box(name="address", label=_("Địa chỉ liên hệ"), autocomplete="street-address"),
    )
    return tuple(_filled(box, f"applicant.{box.name}", post) for box in boxes)


def _filled(box: Box, name: str, post: QueryDict) -> Box:
    first = box.choices[0][0] if box.kind == "radio" else ""
    return replace(box, name=name, value=str(post.get(name, first)))


def field_boxes(declaration: Declaration, post: QueryDict, language: str) -> tuple[Box, ...]:
    """Give the boxes of the declared fields, filled with what was sent."""
    return tuple(field_box(rule, post, language) for rule in declaration.fields)


def divided(
    boxes: Iterable[Box], declaration: Declaration, language: str
) -> tuple[tuple[str, tuple[Box, ...]], ...]:
    """Put the boxes of a long form under the names of its sections; those of a short one stay."""
    of = {box.name: box for box in boxes}
    if not declaration.sections:
        return (("", tuple(of.values())),) if of else ()
    return tuple(
        (one.name.text(language), tuple(of[f"fields.{key}"] for key in one.fields))
        for one in declaration.sections
    )


def field_box(rule: FieldRule, post: QueryDict, language: str) -> Box:
    """Give the box of a declared field, filled with what was sent."""
    name = f"fields.{rule.key}"
    kind, inputmode, width = _KINDS[rule.type]
    day, month, year = _date_parts(name, post)
    if kind == "choice" and len(rule.choices) <= _FEW:
        kind = "radio"
    return Box(
        name=name,
        label=rule.label.text(language),
        kind=kind,
        value=str(post.get(name, "")),
        hint=rule.hint.text(language) if rule.hint else _hint(rule.type),
        required=rule.required,
        choices=_choices(rule, language),
        day=day,
        month=month,
        year=year,
        inputmode=inputmode,
        width=width,
    )


def _choices(rule: FieldRule, language: str) -> tuple[tuple[str, str], ...]:
    if rule.type is FieldType.BOOLEAN:
        return (("true", _("Có")), ("false", _("Không")))
    return tuple((choice.key, choice.label.text(language)) for choice in rule.choices)


def _hint(kind: FieldType) -> str:
    match kind:
        case FieldType.DATE:
            return _("Ví dụ: 24 / 8 / 2025")
        case FieldType.MONEY:
            return _("Số tiền bằng đồng, ví dụ 1.500.000")
        case FieldType.PHONE:
            return _("Ví dụ: 0912345678")
        case FieldType.PERSONAL_NUMBER:
            return _("12 chữ số trên thẻ căn cước")
    return ""


def evidence_boxes(
    rules: Iterable[EvidenceRule], uploads: Uploads, language: str, *, required: bool = True
) -> tuple[Box, ...]:
    """Give a file box for each paper, with the files that came in before."""
    return tuple(
        Box(
            name=f"evidence.{rule.key}",
            label=rule.name.text(language),
            kind="file",
            hint=rule.note.text(language) if rule.note else "",
            required=required and rule.required,
            kept=uploads.kept(rule.key),
        )
        for rule in rules
    )


def files_taken() -> str:
    """Say which files are taken, once above the boxes."""
    most = settings.MOTCUA_MAX_UPLOAD_BYTES // (1024 * 1024)
    text = _("Nhận ảnh chụp (JPG, PNG, HEIC), PDF, DOCX và XLSX; mỗi tệp tối đa %(most)s MB")
    return text % {"most": most}


def with_errors(
    boxes: Iterable[Box], problems: Mapping[str, Refused], language: str
) -> tuple[Box, ...]:
    """Put each problem at its box; a field's problem may be named with or without `fields.`."""
    return tuple(_with_error(box, problems, language) for box in boxes)


def _with_error(box: Box, problems: Mapping[str, Refused], language: str) -> Box:
    problem = problems.get(box.name) or problems.get(box.name.removeprefix("fields."))
    return replace(box, error=_sentence(problem, box.label, language)) if problem else box


def _sentence(problem: Refused, label: str, language: str) -> str:
    if isinstance(problem, EvidenceMissing):
        return EvidenceMissing(name=label).text(language)
    text = problem.text(language)
    is_named = problem.code.partition(".")[0] in _NAMED_WITHIN or text.startswith(label)
    return text if is_named else f"{label}: {text}"


def summary(
    boxes: Iterable[Box], problems: Mapping[str, Refused], language: str
) -> tuple[Fault, ...]:
    """Give the error summary: what is wrong at the boxes, then what belongs to none of them."""
    drawn = list(boxes)
    names = {box.name for box in drawn} | {box.name.removeprefix("fields.") for box in drawn}
    at_boxes = [Fault(box.id, box.error) for box in drawn if box.error]
    others = [Fault("main", p.text(language)) for key, p in problems.items() if key not in names]
    return (*at_boxes, *others)


def told(boxes: Iterable[Box]) -> tuple[tuple[Box, str], ...]:
    """Give each box with its answer in words, for the page where answers are checked."""
    return tuple((box, _answer(box)) for box in boxes)


def _answer(box: Box) -> str:
    if box.kind == "file":
        return "\n".join(kept.name for kept in box.kept)
    if box.kind == "date":
        return "/".join((box.day.zfill(2), box.month.zfill(2), box.year)) if box.day else ""
    return dict(box.choices).get(box.value, box.value)


def names(boxes: Iterable[Box]) -> tuple[str, ...]:
    """Give the names under which boxes send what is typed; files aside."""
    return tuple(name for box in boxes for name in _names(box))


def _names(box: Box) -> list[str]:
    if box.kind == "file":
        return []
    if box.kind == "date":
        return [f"{box.name}.{part}" for part in ("day", "month", "year")]
    return [box.name]


__all__ = [
    "applicant_boxes",
    "divided",
    "evidence_boxes",
    "field_box",
    "field_boxes",
    "names",
    "read_applicant",
    "read_fields",
    "read_rules",
    "request_key",
    "shown_revision",
    "summary",
    "target",
    "told",
    "with_errors",
]
