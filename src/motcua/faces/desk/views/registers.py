"""Sổ đăng ký: which there are, the list of one, its quality, and its records as a file."""

from __future__ import annotations

import tempfile

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.access import log
from motcua.core.access.rows import sees
from motcua.core.agencies.queries import LARGEST_ID, Node, tree
from motcua.core.dossiers.models import Dossier
from motcua.core.registers.declaration import Form, ReferenceRule, RegisterDeclaration
from motcua.core.registers.exported import ask
from motcua.core.registers.exporting import AT_ONCE, FileForm, Wish, give
from motcua.core.registers.foreign import Foreign, given_of
from motcua.core.registers.loading import register_of, registers
from motcua.core.registers.mending import mended
from motcua.core.registers.quality import quality, together
from motcua.core.registers.querying import FAILINGS, Filter, filterable, listed
from motcua.core.registers.references import titles
from motcua.core.registers.rights import kept_agencies, readable
from motcua.core.registers.showing import Shower
from motcua.core.registers.totals import groups, length
from motcua.core.sql import reading
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page, page_number
from motcua.faces.desk.shown.register import failing_words, shares
from motcua.faces.desk.words import language
from motcua.faces.ui import reads
from motcua.faces.ui.forms import whole_number
from motcua.faces.ui.sending import made
from motcua.faces.ui.states import state_words

PAGE = 50
_WORDS = 200
_NUMBER = 18
_MENDED = 50


@require_safe
@desk
def every_register(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the registers with how many records each has, and how good they are."""
    rows = []
    for one in registers().values():
        told = together(one, quality(visit.actor, one, visit.on))
        rows.append({"register": one, "total": told.total, "shares": shares(told)})
    return page(request, "registers.html", {"rows": rows})


@require_safe
@desk
def register(request: HttpRequest, visit: Visit, register: str) -> HttpResponse:
    """Show a page of a register's list; one record that is all of what was looked for is opened."""
    declaration = register_of(register)
    wanted = filter_of(request, declaration)
    found = listed(
        visit.actor, declaration, wanted, on=visit.on, page=page_number(request), size=PAGE
    )
    if found.total == 1 and wanted.words and set(request.GET) <= {"q"}:
        return redirect("desk:record", declaration.key, found.rows[0].pk)
    if declaration.is_personal:
        note(request, visit, declaration, count=len(found.rows))
    shower = Shower(visit.actor, declaration, found.rows, language())
    parts = quality(visit.actor, declaration, visit.on)
    nodes = tree().nodes
    is_line = declaration.form is Form.LINE
    context = {
        "register": declaration,
        "heads": [declaration.part(key) for key in declaration.columns],
        "rows": [
            (row, shower.cells(row, declaration.columns), nodes[row.agency_id].short(language()))
            for row in found.rows
        ],
        "listed": found,
        "wanted": wanted,
        "here": "desk:register",
        "metres": length(visit.actor, declaration, wanted, on=visit.on) if is_line else None,
        "grouped": bool(groups(declaration)),
        **narrowing(visit, declaration, wanted),
        "keeps": kept_agencies(visit.actor, declaration, visit.on),
        "shares": shares(together(declaration, parts)),
        "drawn": declaration.form is not Form.NONE,
        "foreign": given_of(declaration.key),
        "by_job": found.total > AT_ONCE,
    }
    return page(request, "register.html", context)


def narrowing(visit: Visit, declaration: RegisterDeclaration, wanted: Filter) -> dict[str, object]:
    """Give what the form of a filter offers, and what narrows the list though no box shows it."""
    nodes = tree().nodes
    kept = readable(visit.actor, declaration).filter(retired=False).order_by()
    numbers = kept.values_list("agency_id", flat=True).distinct()
    choices = _choices(declaration, wanted)
    boxes = {name.removeprefix("f.") for name, *_rest in choices}
    return {
        "failing": failing_words(declaration, wanted.failing),
        "choices": choices,
        "agencies": [nodes[one] for one in sorted(numbers)],
        "unboxed": [
            _unboxed(declaration, key, raw)
            for key, raw in wanted.fields.items()
            if key not in boxes
        ],
    }


def _unboxed(declaration: RegisterDeclaration, key: str, raw: str) -> tuple[str, str, str, str]:
    part = declaration.part(key)
    assert part is not None
    told = raw
    if isinstance(part, ReferenceRule) and raw.isdigit():
        told = titles({min(int(raw), LARGEST_ID)}).get(int(raw), ("", raw))[1]
    return f"f.{key}", part.label.text(language()), told, raw


def note(
    request: HttpRequest,
    visit: Visit,
    declaration: RegisterDeclaration,
    *,
    count: int = 1,
    record: int | None = None,
    agency: int | None = None,
) -> None:
    """Write to the access log that a list, or one record, was shown."""
    kind = log.Kind.LISTED if record is None else log.Kind.OPENED
    what = f"register.{declaration.key}" + ("" if record is None else f".{record}")
    log.of_records(
        reads.reader(request, visit.actor, visit.at),
        kind,
        what=what,
        count=count,
        agencies=() if agency is None else (agency,),
        query=request.GET.urlencode(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def register_export(request: HttpRequest, visit: Visit, register: str) -> HttpResponseBase:
    """Send the list as it is narrowed now, or let a job make its file, of any length.

    Each batch is written to the access log first.
    """
    declaration = register_of(register)
    if request.method == "POST":
        ask(_wish(request, visit, declaration, request.POST.get("dang", "")))
        return redirect("desk:exports")
    foreign = next((one for one in given_of(register) if one.key == request.GET.get("dang")), None)
    if foreign is not None:
        return _foreign(request, visit, declaration, foreign)
    wish = _wish(request, visit, declaration, request.GET.get("dang", ""))
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        give(out, wish)
    except BaseException:
        out.close()
        raise
    return made(out, f"{declaration.key}-{visit.on.isoformat()}.{wish.form}")


def _wish(request: HttpRequest, visit: Visit, declaration: RegisterDeclaration, form: str) -> Wish:
    if form not in list(FileForm):
        raise Http404
    return Wish(
        reader=reads.reader(request, visit.actor, visit.at),
        declaration=declaration,
        wanted=filter_of(request, declaration),
        form=FileForm(form),
        query=request.GET.urlencode(),
        language=language(),
    )


def _foreign(
    request: HttpRequest, visit: Visit, declaration: RegisterDeclaration, form: Foreign
) -> FileResponse:
    """Send the list in a form that its system adds."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    reader = reads.reader(request, visit.actor, visit.at)
    try:
        form.give(out, reader, declaration, filter_of(request, declaration))
    except BaseException:
        out.close()
        raise
    return made(out, f"{declaration.key}-{visit.on.isoformat()}.{form.key}.json")


@require_safe
@desk
def register_quality(request: HttpRequest, visit: Visit, register: str) -> HttpResponse:
    """Show complete, clean and alive by agency, and how many records break each rule."""
    declaration = register_of(register)
    parts = quality(visit.actor, declaration, visit.on)
    whole = together(declaration, parts)
    nodes = tree().nodes
    context = {
        "register": declaration,
        "whole": whole,
        "shares": shares(whole),
        "rows": [(nodes[one.agency_id], one.total, shares(one)) for one in parts if one.agency_id],
        "rules": [(rule, whole.rules[rule.key]) for rule in declaration.rules],
        "asked": [_label(declaration, key) for key in declaration.asked],
        "mended": _mended(visit, declaration),
    }
    return page(request, "register_quality.html", context)


def _mended(visit: Visit, declaration: RegisterDeclaration) -> list[tuple[Dossier, Node, str]]:
    """Give the latest dossiers about faulty records that an actor may read: where, how far."""
    nodes = tree().nodes
    return [
        (one, nodes[one.holding_agency_id], state_words(one.state))
        for one in mended(declaration)[:_MENDED]
        if sees(reading(), visit.actor, one.pk)
    ]


def _label(declaration: RegisterDeclaration, key: str) -> str:
    part = declaration.part(key)
    if part is not None:
        return part.label.text(language())
    return _("Vị trí trên bản đồ")


def filter_of(request: HttpRequest, declaration: RegisterDeclaration) -> Filter:
    """Read the filter that stands in the address; what is no value of it narrows nothing."""
    sent = request.GET
    failings = {*FAILINGS, *(one.key for one in declaration.rules)}
    failing = sent.get("loi", "")
    agency = whole_number(sent.get("co-quan", ""))
    fields = {
        rule.key: sent[f"f.{rule.key}"][:_WORDS]
        for rule in declaration.fields
        if rule.indexed and sent.get(f"f.{rule.key}", "").strip()
    }
    fields |= {
        rule.key: sent[f"f.{rule.key}"].strip()[:_NUMBER]
        for rule in declaration.references
        if rule.to_register and sent.get(f"f.{rule.key}", "").strip()
    }
    return Filter(
        words=sent.get("q", "").strip()[:_WORDS],
        agency_id=agency if agency is None or agency <= LARGEST_ID else None,
        fields=fields,
        failing=failing if failing in failings else "",
        retired=sent.get("ngung") == "1",
    )


def _choices(
    declaration: RegisterDeclaration, wanted: Filter
) -> list[tuple[str, str, list[tuple[str, str]], str]]:
    found = []
    for rule in filterable(declaration):
        offered = [(one.key, one.label.text(language())) for one in rule.choices]
        offered = offered or [("true", _("Có")), ("false", _("Không"))]
        name = f"f.{rule.key}"
        found.append((name, rule.label.text(language()), offered, wanted.fields.get(rule.key, "")))
    return found
