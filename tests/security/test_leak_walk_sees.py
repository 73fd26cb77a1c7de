"""The walk is no blind one: each filter, mask and door, broken, is seen."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest
from django.db import transaction

from motcua.core.access import actors, masks, rows
from motcua.core.access.models import ScopeRow
from motcua.core.access.scopes import agency_scope
from motcua.core.agencies.models import Agency
from motcua.core.dossiers import clearance, queries
from motcua.core.dossiers.models import Dossier
from motcua.core.dossiers.rules import OwnDossier
from motcua.core.dossiers.situation import NotFound
from motcua.core.exports import asking
from motcua.core.exports.models import Export
from motcua.faces.desk.views import files
from tests.security import routes as known
from tests.security.actors import ACTORS
from tests.security.house import AT
from tests.security.routes import Untold, routes, values_for
from tests.security.test_leak_walk import restricted_one
from tests.security.walk import Walk


def everywhere(patch: pytest.MonkeyPatch, whole: object, broken: object) -> None:
    """Put something broken in the place of a function, in every module that has it."""
    for name, module in list(sys.modules.items()):
        if name.startswith("motcua."):
            for key in [key for key, value in vars(module).items() if value is whole]:
                patch.setattr(module, key, broken)


def the_row_filter_of_one(patch) -> None:
    everywhere(patch, rows.sees, lambda *_: True)


def the_row_filter_of_many(patch) -> None:
    everywhere(patch, rows.visible, lambda found, *_, **__: found)


def a_right_too_many(_patch) -> None:
    agency = agency_scope(Agency.objects.get(code="H26.15").pk)
    ScopeRow.objects.create(
        dossier_id=Dossier.objects.get(code="H26.12-261102-0002").pk,
        scope=agency,
        reason="holder",
        from_at=AT,
    )


def the_scopes_of_officers(patch) -> None:
    whole = actors.officer

    def wider(*args, **told):
        found = whole(*args, **told)
        return replace(found, scopes=(*found.scopes, *_all_agencies()))

    everywhere(patch, whole, wider)


def the_mask(patch) -> None:
    everywhere(patch, masks.is_masked, lambda *_, **__: False)


def the_mask_of_lists(patch) -> None:
    everywhere(patch, clearance.is_clear_in_list, lambda *_: True)


def the_mask_of_search(patch) -> None:
    everywhere(patch, masks.clear_scopes, lambda *_: _all_agencies())


def the_door_of_files(patch) -> None:
    patch.setattr(files, "is_clear", lambda *_: True)


def the_owner_of_exports(patch) -> None:
    everywhere(patch, asking.one_of, lambda _actor, code: Export.objects.get(code=code))


def the_silence_over_what_is_hidden(patch) -> None:
    whole = queries.find_one

    def telling(actor, code):
        try:
            return whole(actor, code)
        except NotFound:
            if Dossier.objects.filter(code=code).exists():
                raise OwnDossier from None
            raise

    everywhere(patch, whole, telling)


def _all_agencies() -> tuple[int, ...]:
    return tuple(agency_scope(one) for one in Agency.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("breaks", "name", "pattern"),
    [
        (the_row_filter_of_one, "police", "/ban/da-nhan/<code>"),
        (the_row_filter_of_one, "visitor", "/ho-so/<str:code>"),
        (the_row_filter_of_many, "leader", "/ban/nhat-ky-truy-cap"),
        (the_scopes_of_officers, "police", "/api/v1/dossiers"),
        (the_scopes_of_officers, "police", "/ban/ho-so/xuat"),
        (the_scopes_of_officers, "police", "/ban/so-theo-doi"),
        (the_scopes_of_officers, "police", "/api/v1/daybook"),
        (a_right_too_many, "other_head", "/ban/ho-so/<code>"),
        (the_mask, "leader", "/ban/ho-so/<code>"),
        (the_mask, "key_of_above", "/api/v1/dossiers/<code>"),
        (the_mask_of_lists, "leader", "/ban/ho-so"),
        (the_mask_of_lists, "leader", "/ban/so-theo-doi"),
        (the_mask_of_lists, "leader", "/api/v1/daybook"),
        (the_mask_of_lists, "leader", "/api/v1/exports/dossiers"),
        (the_mask_of_search, "leader", "/ban/ho-so"),
        (the_door_of_files, "leader", "/ban/ho-so/<code>/tep/<int:number>"),
        (the_owner_of_exports, "police", "/api/v1/exports/<export>/file"),
        (the_silence_over_what_is_hidden, "police", "/ban/ho-so/<code>"),
        (the_silence_over_what_is_hidden, "key_of_another", "/api/v1/dossiers/<code>"),
    ],
)
def test_what_is_broken_is_seen(house, monkeypatch, breaks, name, pattern):
    route = next(one for one in routes() if one.pattern == pattern)
    who = ACTORS[name](house)
    whole = Walk(house, who)
    whole.at(route)
    assert whole.leaks == []
    breaks(monkeypatch)
    broken = Walk(house, who)
    broken.at(route)
    assert broken.leaks != []


def test_a_count_of_what_is_hidden_is_seen(house, monkeypatch):
    the_row_filter_of_many(monkeypatch)
    walk = Walk(house, ACTORS["keeper"](house))
    before = walk.overview()
    with transaction.atomic():
        restricted_one(house, "own")
        after = walk.overview()
        transaction.set_rollback(True)
    assert before["/ban/nhom"] != after["/ban/nhom"]


def test_a_place_that_nobody_told_of_fails_with_what_to_add(monkeypatch):
    monkeypatch.delitem(known.STANDS_FOR, "tep/<int:number>")
    with pytest.raises(Untold, match=r"<int:number> of /ban/ho-so/<code>/tep/<int:number>.*STANDS"):
        routes()


def test_a_parameter_that_nobody_told_of_fails_with_what_to_add(house):
    with pytest.raises(Untold, match=r"\?ten=.*PARAMETERS"):
        values_for("ten", house)
