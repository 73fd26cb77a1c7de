"""A register added up: how many records, and how long their lines, by what they have in common."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.core.registers.declaration import Form
from motcua.core.registers.loading import register_of
from motcua.core.registers.totals import STEWARD, Total, groups, totals
from motcua.faces.desk.doors import Visit, desk
from motcua.faces.desk.pages import page
from motcua.faces.desk.views.registers import filter_of, narrowing
from motcua.faces.desk.words import language


@require_safe
@desk
def register_totals(request: HttpRequest, visit: Visit, register: str) -> HttpResponse:
    """Add a list up, as it is narrowed; each group leads to its records."""
    declaration = register_of(register)
    wanted = filter_of(request, declaration)
    offered = {one.key: one.label.text(language()) for one in groups(declaration)}
    offered[STEWARD] = _("Cơ quan phụ trách")
    by = request.GET.get("theo", "") or next(iter(offered))
    told = totals(visit.actor, declaration, wanted, by, on=visit.on, language=language())
    context = {
        "register": declaration,
        "wanted": wanted,
        "here": "desk:register_totals",
        "also": [("theo", by)],
        "by": by,
        "offered": list(offered.items()),
        "label": offered[by],
        "totals": told,
        "rows": [(one, _address(request, declaration.key, by, one)) for one in told.rows],
        "is_line": declaration.form is Form.LINE,
        **narrowing(visit, declaration, wanted),
    }
    return page(request, "register_totals.html", context)


def _address(request: HttpRequest, register: str, by: str, one: Total) -> str:
    """Give the address of the list of one group, narrowed as the whole; none of what is blank."""
    if not one.raw:
        return ""
    sent = request.GET.copy()
    for name in ("theo", "page"):
        sent.pop(name, None)
    sent["co-quan" if by == STEWARD else f"f.{by}"] = one.raw
    return f"{reverse('desk:register', args=[register])}?{sent.urlencode()}"
