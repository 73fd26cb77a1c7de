"""The map of a register: the same records as a list and as a drawing, layer by layer."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from motcua.core.registers.declaration import Form, RegisterDeclaration
from motcua.core.registers.exporting import NothingToDraw
from motcua.core.registers.loading import register_of
from motcua.core.registers.models import Record
from motcua.core.registers.placing import Frame, framed
from motcua.core.registers.querying import Filter, Listed
from motcua.core.registers.showing import Shower
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page, page_number
from motcua.faces.desk.shown.register_map import (
    Layer,
    beside,
    centres,
    drawn,
    frame_of,
    in_frame,
    layer_of,
    page_of,
    placed,
)
from motcua.faces.desk.views.registers import filter_of, narrowing, note
from motcua.faces.desk.words import language
from motcua.faces.ui.mapping import HEIGHT, WIDTH, bar_of, names_of, roomy, view_of, ways

PAGE = 50
CROWDED = 150
"""From so many records on marks are drawn at half their size."""


@require_safe
@desk
def register_map(request: HttpRequest, visit: Visit, register: str) -> HttpResponse:
    """Draw the records of a list within a frame, and list the same beside the drawing."""
    declaration = register_of(register)
    if declaration.form is Form.NONE:
        raise NothingToDraw
    wanted = filter_of(request, declaration)
    others = beside(declaration)
    shown = [one for one in others if one.key in request.GET.getlist("lop")]
    lists = [(declaration, placed(visit.actor, declaration, wanted, visit.on))]
    lists += [(one, placed(visit.actor, one, Filter(), visit.on)) for one in shown]
    whole = frame_of(rows for _one, rows in lists)
    told = {
        "register": declaration,
        "others": [(one, one in shown) for one in others],
        "wanted": wanted,
        "here": "desk:register_map",
        "also": [("lop", one.key) for one in shown],
        "kept": [pair for pair in _sent(request) if pair[0] not in {"lop", "page"}],
        **narrowing(visit, declaration, wanted),
    }
    asked = framed(request.GET.get("khung", ""))
    frame = asked or (roomy(whole) if whole else None)
    if frame is None:
        return page(request, "register_map.html", told)
    view = view_of(frame)
    layers = [
        layer_of(number, one, in_frame(rows, view.frame))
        for number, (one, rows) in enumerate(lists)
    ]
    listed, rows = _page(request, layers)
    for one in {layer.register.key: layer.register for layer, _row in rows}.values():
        if one.is_personal:
            note(request, visit, one, count=sum(layer.register is one for layer, _row in rows))
    there = drawn(layers, view, rows)
    told |= {
        "width": WIDTH,
        "height": HEIGHT,
        "layers": layers,
        "listed": listed,
        "rows": _rows(visit, rows),
        "drawn": there,
        "crowded": listed.total > CROWDED,
        "rest": listed.total - len(there),
        "names": names_of(view, centres(visit.on, view.frame)),
        "bar": bar_of(view),
        "ways": {key: _address(request, one) for key, one in ways(view.frame).items()},
        "frame": _said(view.frame),
        "is_part": asked is not None,
    }
    return page(request, "register_map.html", told)


def _page(request: HttpRequest, layers: list[Layer]) -> tuple[Listed, list[tuple[Layer, Record]]]:
    total = sum(one.count for one in layers)
    pages = max(1, -(-total // PAGE))
    number = min(max(page_number(request), 1), pages)
    rows = page_of(layers, (number - 1) * PAGE, PAGE)
    return Listed([row for _layer, row in rows], total, number, pages), rows


def _rows(visit: Visit, rows: list[tuple[Layer, Record]]) -> list[dict[str, object]]:
    """Tell each listed record in a few words, read layer by layer."""
    found: list[dict[str, object]] = []
    for layer, some in groupby(rows, key=itemgetter(0)):
        records = [row for _layer, row in some]
        shower = Shower(visit.actor, layer.register, records, language())
        keys = _told(layer.register)
        for row in records:
            cells = [one for one in shower.cells(row, keys) if one.text] if keys else []
            found.append({"layer": layer, "record": row, "told": cells})
    return found


def _told(declaration: RegisterDeclaration) -> list[str]:
    return [key for key in declaration.columns if key not in declaration.natural][:3]


def _address(request: HttpRequest, frame: Frame) -> str:
    """Give the address of this map in another frame."""
    sent = request.GET.copy()
    sent.pop("page", None)
    sent["khung"] = _said(frame)
    return f"?{urlencode(sorted(sent.lists()), doseq=True)}"


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    return [(key, value) for key, values in request.GET.lists() for value in map(str, values)]


def _said(frame: Frame) -> str:
    return ",".join(f"{one:.5f}" for one in frame.degrees())
