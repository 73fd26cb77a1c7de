"""`/nhiem-vu`: the mission row by row, with what shows each."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.site.mission.addresses import addresses
from motcua.site.mission.reading import Group, Row, Standing, counts, mission


@require_safe
def mission_page(request: HttpRequest) -> HttpResponse:
    """Show the groups of the mission and the rows of one; the counts are those of the rows."""
    found, groups, known = counts(), mission(), addresses()
    keys = [one.key for one in groups]
    asked = request.GET.get("nhom", "")
    opened = groups[keys.index(asked) if asked in keys else 0]
    context = {
        "groups": [_counted(one) for one in groups],
        "opened": opened,
        "rows": [_row(row, known) for row in opened.rows],
        "count": found.total(),
        **{standing.value: found[standing] for standing in Standing},
    }
    return render(request, "portal/mission.html", context)


def _counted(group: Group) -> dict[str, object]:
    return {
        "group": group,
        **{standing.value: group.count(standing) for standing in Standing},
    }


def _row(row: Row, known: Mapping[str, str]) -> dict[str, object]:
    """Give a row with its screens as addresses; one without a place in it can be opened."""
    screens = [(known[name], "<" not in known[name]) for name in row.screens]
    return {"row": row, "screens": screens}
