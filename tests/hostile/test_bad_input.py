"""Bad input at every entrance of the spine: a named refusal in both languages, nothing changed."""

from __future__ import annotations

import datetime
import unicodedata

import pytest

from motcua.core.dossiers.models import Dossier, IndexedField, Remark
from motcua.core.dossiers.orders import MAX_TEXT, Handed
from motcua.core.dossiers.reconcile import check_state
from motcua.core.dossiers.tests.unchanged import refused, unchanged
from motcua.core.files.store import Stored, keep
from motcua.core.people.models import Party
from motcua.core.procedures.models import Version

GOOD = {"licence": "GP 12", "expires": "2026-12-01"}
PERSON = {"name": "Nguyễn Trường Đạt", "phone": "0912345678"}
SURROGATE = "a\ud800b"
TWICE = {unicodedata.normalize(form, "số"): "x" for form in ("NFC", "NFD")}
DEEP: list = []
for _ in range(100):
    DEEP = [DEEP]

# value, the field that is wrong, the code that says so
FIELDS = [
    ({"licence": "x" * 101}, "licence", "text.too_long"),
    ({"licence": "a\0b"}, "licence", "text.control_character"),
    ({"licence": SURROGATE}, "licence", "text.control_character"),
    ({"licence": "a\u202eb"}, "licence", "text.control_character"),
    ({"licence": "a\nb"}, "licence", "text.control_character"),
    ({"licence": 12}, "licence", None),
    ({"licence": ["GP"]}, "licence", None),
    ({"licence": {"a": 1}}, "licence", None),
    ({"licence": True}, "licence", None),
    ({"licence": "  "}, "licence", "field.missing"),
    ({"licence": None}, "licence", "field.missing"),
    ({"expires": "2026-02-30"}, "expires", None),
    ({"expires": "30/02/2026"}, "expires", None),
    ({"expires": "2026-13-01"}, "expires", None),
    ({"expires": "mai"}, "expires", None),
    ({"expires": 20261201}, "expires", None),
    ({"expires": "9" * 5000}, "expires", None),
    ({"expires": "²⁰²⁶-¹²-⁰¹"}, "expires", None),
    ({"copies": "ba"}, "copies", None),
    ({"copies": 1.5}, "copies", None),
    ({"copies": float("nan")}, "copies", None),
    ({"copies": True}, "copies", None),
    ({"copies": "9" * 5000}, "copies", None),
    ({"copies": 10**30}, "copies", None),
    ({"copies": [3]}, "copies", None),
    ({"unknown": "x"}, "unknown", "field.unknown"),
    ({"licence\0": "x"}, "licence\0", "field.unknown"),
]
APPLICANTS = [
    ({"name": ""}, "name", "people.name_missing"),
    ({"name": "x" * 201}, "name", "text.too_long"),
    ({"name": "a\0b"}, "name", "text.control_character"),
    ({"name": SURROGATE}, "name", "text.control_character"),
    ({"name": ["a"]}, "name", "people.not_text"),
    ({"name": 7}, "name", "people.not_text"),
    ({"phone": None}, "phone", "people.phone_missing"),
    ({"phone": "12"}, "phone", None),
    ({"phone": "0" * 41}, "phone", "text.too_long"),
    ({"number": "123"}, "number", None),
    ({"number": "079203004567 or 1=1"}, "number", None),
    ({"tax_code": "abc"}, "tax_code", None),
    ({"email": "đạt"}, "email", "people.email_wrong"),
    ({"email": "a@b"}, "email", "people.email_wrong"),
    ({"address": "x" * 301}, "address", "text.too_long"),
    ({"kind": "robot"}, "kind", "people.kind_unknown"),
    ({"nickname": "Đ"}, "nickname", "people.unknown_field"),
]
EVIDENCE = [
    ((), "evidence.request", "evidence.missing"),
    ((Handed("request"),), "evidence.request", "evidence.nothing_handed"),
    ((Handed("request", originals=-1),), "evidence.request", "evidence.too_much"),
    ((Handed("request", originals=1000),), "evidence.request", "evidence.too_much"),
    ((Handed("request", copies=2**40),), "evidence.request", "evidence.too_much"),
    ((Handed("nothing", originals=1),), "evidence.nothing", "evidence.unknown_component"),
    ((Handed("request", originals=1),) * 101, "evidence", "evidence.too_much"),
    (
        (Handed("request", name="x" * 201, originals=1),),
        "evidence.request",
        "text.too_long",
    ),
    (
        (Handed("request", name="a\0.pdf", originals=1),),
        "evidence.request",
        "text.control_character",
    ),
]


def problem(world, at: str, code: str | None, **changes) -> None:
    """File with changes; the field must be refused, by that code where one is given."""
    with unchanged(), pytest.raises(Exception, match="problem") as caught:
        world.file(**changes)
    wrong = caught.value.problems[at]
    assert code is None or wrong.code == code, wrong.code
    for language in ("vi", "en"):
        assert wrong.text(language).strip()
    assert wrong.text("vi") != wrong.text("en")


@pytest.mark.parametrize(("values", "at", "code"), FIELDS, ids=repr)
def test_a_field_that_is_wrong(world, values, at, code):
    problem(world, at, code, fields={**GOOD, **values})


@pytest.mark.parametrize(("said", "at", "code"), APPLICANTS, ids=repr)
def test_an_applicant_that_is_wrong(world, said, at, code):
    problem(world, f"applicant.{at}", code, applicant={**PERSON, **said})


@pytest.mark.parametrize(("handed", "at", "code"), EVIDENCE, ids=lambda value: str(value)[:40])
def test_papers_that_are_wrong(world, handed, at, code):
    problem(world, at, code, evidence=handed)


@pytest.mark.parametrize("area", ["x" * 31, "a\0", SURROGATE])
def test_an_area_that_is_wrong(world, area):
    problem(world, "area", None, area=area)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"copies": 1.5}, "canonical.float"),
        ({"licence": SURROGATE}, "canonical.surrogate"),
        ({"licence": DEEP}, "canonical.depth"),
        ({"licence": datetime.date(2026, 1, 1)}, "canonical.type"),
        ({7: "x"}, "canonical.key"),
        (
            {unicodedata.normalize(form, "số"): "x" for form in ("NFC", "NFD")},
            "canonical.keys_collide",
        ),
    ],
    ids=str,
)
def test_a_keyed_request_whose_body_has_no_one_spelling(world, fields, code):
    with refused(code):
        world.file(key="k", fields={**GOOD, **fields})


@pytest.mark.parametrize("key", ["", "k" * 81])
def test_a_request_key_of_a_wrong_length(world, key):
    with refused("idempotency.key_length"):
        world.file(key=key)


@pytest.mark.parametrize("key", ["\0", SURROGATE, "'; DROP TABLE", "k" * 80, "đ" * 80])
def test_any_other_text_is_a_key(world, key):
    assert world.file(key=key).entry == world.file(key=key).entry


@pytest.mark.parametrize("code", ["9.999999", "", "\0", SURROGATE, "9.000001'--"])
def test_an_unknown_procedure(world, code):
    with refused("procedures.not_offered"):
        world.file(procedure=code)


def test_a_retired_version_takes_no_dossiers_but_lets_its_own_end(world):
    from motcua.core.procedures import queries

    done = world.to("assign")
    Version.objects.update(state=Version.State.RETIRED)
    queries.clear()
    with refused("procedures.not_offered"):
        world.file()
    assert world.move(done, "unit_head", "assign", hours=9).step == "appraise"


@pytest.mark.parametrize("number", [0, -1, 999, 2**63, 2**70])
def test_an_unknown_agency(world, number):
    with refused("agencies.unknown"):
        world.file(agency_id=number)


@pytest.mark.parametrize("number", [0, -1, 999, 2**63, 2**70])
def test_an_unknown_officer(world, number):
    done = world.to("assign")
    with refused("dossiers.officer_not_in_post"):
        world.move(done, "unit_head", "assign", officer_id=number, hours=9)


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("x" * (MAX_TEXT + 1), "text.too_long"),
        ("x" * 5_000_000, "text.too_long"),
        ("a\0b", "text.control_character"),
        (SURROGATE, "text.control_character"),
        ("\u202eetah", "text.control_character"),
        ("\u200b\u200b", "flow.reason_missing"),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_a_reason_that_cannot_be_kept(world, reason, code):
    done = world.to("appraise")
    with refused(code):
        world.move(done, "specialist", "refuse", reason=reason, hours=9)


@pytest.mark.parametrize("name", ["", "\0", SURROGATE, "x" * 100_000, "__class__"])
def test_a_move_that_no_procedure_has(world, name):
    done = world.to("appraise")
    with refused("flow.unknown_move"):
        world.move(done, "specialist", name, hours=9)


@pytest.mark.parametrize("revision", [-1, 0, 99, 2**70])
def test_a_page_that_never_was(world, revision):
    done = world.to("appraise")
    with refused("dossiers.stale"):
        world.move(done, "specialist", "submit", revision=revision, hours=9)


def test_an_officer_who_left_the_post(world):
    from dataclasses import replace as changed

    from motcua.core.access import actors
    from motcua.core.agencies.models import Appointment

    done = world.to("check")
    head = world.officers["unit_head"]
    Appointment.objects.filter(officer=head.officer_id).update(valid_to="2026-11-03")
    left = actors.officer(head.officer_id, head.name, datetime.date(2026, 11, 3))
    assert (left.posts, changed(left, scopes=()).holds(world.department.pk, "unit_head")) == (
        (),
        False,
    )
    with refused("dossiers.not_found"):
        world.move(done, left, "agree", hours=30)


def test_composed_and_decomposed_text_are_the_same_dossier(world):
    """One spelling is kept and committed to, and a repeat in the other form is a repeat."""
    said = {"applicant": {**PERSON}, "fields": {**GOOD, "licence": "Giấy phép số 12"}}
    loose = {
        "applicant": {key: unicodedata.normalize("NFD", text) for key, text in PERSON.items()},
        "fields": {**GOOD, "licence": unicodedata.normalize("NFD", "Giấy phép số 12")},
    }
    first = world.file(key="k", **said)
    assert world.file(key="k", **loose).entry == first.entry
    other = world.file(**loose)
    assert Party.objects.values_list("name").distinct().count() == 1
    assert IndexedField.objects.filter(key="licence").values("text").distinct().count() == 1
    fields = Dossier.objects.filter(pk__in=[first.dossier_id, other.dossier_id])
    assert fields.values("fields").distinct().count() == 1
    assert list(check_state()) == []


def test_markup_and_templates_are_words(world):
    words = "<script>alert(1)</script> {{ 7*7 }} {code} %s ' OR 1=1 -- ${x}"
    done = world.file(applicant={**PERSON, "name": words, "address": words})
    done = world.move(done, "counter", "turn_away", reason=words)
    assert (Party.objects.get().name, Remark.objects.get().text) == (words, words)
    assert list(check_state()) == []


FILES = [
    ([], "files.empty"),
    ([b""], "files.empty"),
    ([b"MZ\x90\0"], "files.type_unknown"),
    ([b"<html>"], "files.type_unknown"),
    ([b"%PDF"], "files.type_unknown"),
    ([b" %PDF-1.7"], "files.type_unknown"),
    ([b"%PDF-", b"x" * 3000], "files.too_large"),
]


@pytest.mark.parametrize(("chunks", "code"), FILES, ids=lambda value: str(value)[:20])
def test_a_file_that_is_not_taken_in(db, settings, tmp_path, chunks, code):
    settings.MOTCUA_FILES, settings.MOTCUA_MAX_UPLOAD_BYTES = tmp_path, 2048
    with refused(code):
        keep(iter(chunks))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_broken_upload_leaves_nothing(db, settings, tmp_path):
    settings.MOTCUA_FILES = tmp_path

    def chunks():
        yield b"%PDF-1.7"
        raise ConnectionResetError

    with unchanged(), pytest.raises(ConnectionResetError):
        keep(chunks())
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_file_is_known_by_its_first_bytes_however_they_come(settings, tmp_path):
    settings.MOTCUA_FILES = tmp_path
    assert keep([b"%", b"PDF", b"-1.7"]).media_type == "application/pdf"
    assert isinstance(keep([b"\x89PNG\r\n\x1a\n"]), Stored)
