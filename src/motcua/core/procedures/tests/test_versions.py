"""Versions: drafted from files, published once, never changed again."""

from __future__ import annotations

import datetime

import pytest
from django.db import IntegrityError, transaction

from motcua.core.procedures.actions import (
    BelongsElsewhere,
    NotADraft,
    NotInForce,
    draft,
    publish,
    retire,
    seed,
)
from motcua.core.procedures.faults import NotPublishable, UnreadableProcedure
from motcua.core.procedures.models import Version, VersionFrozen
from motcua.core.procedures.queries import NotOffered, UnknownVersion, current, declared, published

pytestmark = pytest.mark.django_db
ACTOR = "officer:1"


def _drafted(text, at):
    return draft(system="tiny", text=text, at=at).version_id


def _in_force(text, at):
    return publish(version=_drafted(text, at), actor=ACTOR, at=at)


def _renamed(text):
    return text.replace("Cấp giấy phép thử nghiệm", "Cấp giấy phép mới")


def test_loading_the_same_file_again_changes_nothing(text, at):
    first = draft(system="tiny", text=text, at=at)
    again = draft(system="tiny", text=text, at=at + datetime.timedelta(days=1))
    assert (first.changed, again.changed) == (True, False)
    assert Version.objects.get().drafted_at == at


def test_a_changed_file_replaces_the_open_draft(text, at):
    first, second = _drafted(text, at), _drafted(_renamed(text), at)
    assert first == second
    assert declared(first).name.vi == "Cấp giấy phép mới"


def test_a_changed_file_after_publication_is_a_new_draft(text, at):
    _in_force(text, at)
    assert draft(system="tiny", text=_renamed(text), at=at).number == 2
    assert current("1.000001").declaration.name.vi == "Cấp giấy phép thử nghiệm"


def test_an_old_file_does_not_overtake_what_officers_published(text, at):
    _in_force(text, at)
    _in_force(_renamed(text), at)
    assert seed(system="tiny", text=text, at=at).changed is False
    assert Version.objects.count() == 2


def test_a_file_is_seeded_once(text, at):
    assert seed(system="tiny", text=text, at=at).changed is True
    assert seed(system="tiny", text=text, at=at).changed is False


def test_publishing_retires_the_version_before(text, at):
    first = _in_force(text, at)
    second = _in_force(_renamed(text), at)
    assert second.retired_id == first.version_id
    states = Version.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == ["retired", "published"]
    assert current("1.000001").version_id == second.version_id


def test_a_faulty_draft_is_refused_with_every_fault(text, at):
    version = _drafted(text.replace("hours = 4", "hours = 5").replace('["Luật 1"]', "[]"), at)
    with pytest.raises(NotPublishable) as refused:
        publish(version=version, actor=ACTOR, at=at)
    assert {one.code for one in refused.value.faults} == {
        "flow.main_path_minutes",
        "procedure.no_legal_basis",
    }
    assert Version.objects.get().state == "draft"


def test_what_is_no_procedure_leaves_nothing_behind(at):
    with pytest.raises(UnreadableProcedure):
        draft(system="tiny", text="code = 1", at=at)
    assert not Version.objects.exists()


def test_a_code_belongs_to_one_system(text, at):
    _drafted(text, at)
    with pytest.raises(BelongsElsewhere):
        draft(system="other", text=text, at=at)


def test_a_version_is_published_once(text, at):
    done = _in_force(text, at)
    with pytest.raises(NotADraft):
        publish(version=done.version_id, actor=ACTOR, at=at)


def test_a_retired_procedure_is_not_offered(text, at):
    done = _in_force(text, at)
    assert current("1.000001").version_id == done.version_id
    retire(version=done.version_id, actor=ACTOR, at=at)
    with pytest.raises(NotOffered):
        current("1.000001")
    with pytest.raises(NotInForce):
        retire(version=done.version_id, actor=ACTOR, at=at)
    assert declared(done.version_id).code == "1.000001"


@pytest.mark.parametrize("ask", [declared, lambda v: retire(version=v, actor=ACTOR, at=None)])
def test_an_unknown_version_is_refused(ask):
    with pytest.raises(UnknownVersion):
        ask(12345)


@pytest.mark.parametrize(
    "change",
    [
        {"body": "{}"},
        {"source": ""},
        {"digest": b"x"},
        {"number": 9},
        {"state": "draft"},
        {"published_at": None},
        {"published_by": "officer:2"},
    ],
)
def test_the_database_refuses_to_change_a_published_version(text, at, change):
    _in_force(text, at)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Version.objects.update(**change)


def test_a_retired_version_does_not_come_back(text, at):
    version = _in_force(text, at).version_id
    retire(version=version, actor=ACTOR, at=at)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Version.objects.update(state="published", retired_at=None)


def test_a_published_version_is_not_deleted(text, at):
    version = _in_force(text, at).version_id
    with pytest.raises(VersionFrozen):
        Version.objects.all().delete()
    with pytest.raises(VersionFrozen):
        Version.objects.get(pk=version).delete()


def test_a_draft_is_deleted(text, at):
    _drafted(text, at)
    assert Version.objects.all().delete()[0] == 1


def test_a_version_in_force_is_asked_for_once(text, at, django_assert_num_queries):
    version = _in_force(text, at).version_id
    with django_assert_num_queries(2):
        current("1.000001")
    with django_assert_num_queries(0):
        current("1.000001")
        declared(version)


@pytest.mark.parametrize(
    ("search", "found"),
    [("", 1), ("giay phep", 1), ("THU NGHIEM", 1), ("1.000001", 1), ("trial", 1), ("xe", 0)],
)
def test_procedures_are_found_without_accents(text, at, search, found):
    _in_force(text, at)
    assert len(published(search)) == found


def test_only_published_procedures_are_listed(text, at):
    _drafted(text, at)
    assert published() == ()


def test_procedures_of_one_name_are_listed_by_their_codes(text, at):
    for code in ("1.000002", "1.000001"):
        _in_force(text.replace("1.000001", code), at)
    assert [one.declaration.code for one in published()] == ["1.000001", "1.000002"]
