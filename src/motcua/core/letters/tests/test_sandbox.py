"""Hostile templates: each is refused by name, and whoever asked goes on as before."""

from __future__ import annotations

import dataclasses
import socket
import threading

import pytest

from motcua.core.letters import sandbox
from motcua.core.letters.sandbox import BOUNDS, SandboxBusy, Setting, run

_TITLE = '#set document(title: "x")\n'
_WASM_LOOP = (
    "#let code = bytes((0,97,115,109,1,0,0,0,1,5,1,96,0,1,127,3,2,1,0,5,3,1,0,1,7,14,2,6,109,101,"
    "109,111,114,121,2,0,1,102,0,0,10,11,1,9,0,3,64,12,0,11,65,0,11))\n#str(plugin(code).f())"
)
_SHORT = dataclasses.replace(BOUNDS, seconds=2, wait=20)


def _made(text: str, form: sandbox.Form = "pdf", bounds: sandbox.Bounds = _SHORT) -> sandbox.Made:
    files = {"main.typ": _TITLE + text, "_house.typ": "", "data.json": '{"a": "x"}'}
    return run([Setting(files, 0)], form, bounds=bounds)[0]


def _codes(text: str) -> list[tuple[str, str]]:
    return [(one.code, one.where) for one in _made(text).faults]


def test_a_plain_template_is_set():
    assert _made('#json("data.json").a').files()[0][:5] == b"%PDF-"
    assert _made("x", "png").files()[0][:4] == b"\x89PNG"


def test_a_bound_is_told_as_it_was_set():
    (told,) = _made("#pagebreak()\nx", bounds=dataclasses.replace(_SHORT, pages=1)).faults
    assert (told.code, "(1)" in told.en, "(1 trang)" in told.vi) == ("letters.pages", True, True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("#for i in range(1000000000) { }", "letters.memory"),
        ('#("a" * 3000000000)', "letters.memory"),
        ('#let s = "a"\n#for i in range(60) { s = s + s }', "letters.memory"),
        ("#range(9000).map(i => range(9000))", "letters.memory"),
        (
            "#for i in range(3000) {for j in range(3000) {for k in range(3000) {}}}",
            "letters.seconds",
        ),
        (_WASM_LOOP, "letters.seconds"),
        ("#for i in range(500) { pagebreak() }", "letters.pages"),
        (
            "#set page(width: 1000m * 100, height: 10cm)\nx".replace("1000m * 100", "90000cm"),
            "letters.edge",
        ),
        ("#set page(width: 430mm)\nx", "letters.edge"),
    ],
)
def test_what_asks_for_too_much_is_refused_by_name(text, code):
    assert _codes(text) == [(code, "")]
    assert _made("x").faults == ()


@pytest.mark.parametrize(
    "text",
    [
        "#let f(x) = f(x)\n#f(1)",
        "#let i = 0\n#while i < 1 { i = i * 1 }",
        "#while true { }",
        "#let f(n) = if n == 0 [x] else { box(f(n - 1)) }\n#f(79)",
    ],
)
def test_what_never_ends_is_refused_with_its_line(text):
    ((code, line),) = _codes(text)
    assert code == "letters.endless"
    assert line.isdigit()


@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd")',
        '#read("../../../../../../etc/passwd")',
        '#image("/etc/hostname")',
        '#include "/proc/self/environ"',
        '#read("/proc/self/environ")',
        '#read("other.txt")',
        '#import "_other.typ": a',
        '#csv("/etc/hosts")',
        '#bibliography("/etc/hosts")',
    ],
)
def test_no_file_is_read_but_what_was_given(text, tmp_path, monkeypatch):
    (tmp_path / "other.txt").write_text("secret")
    monkeypatch.chdir(tmp_path)
    assert _codes(text) == [("letters.file", "2")]


def test_no_file_that_lies_in_the_open_is_read_even_with_the_right_name(tmp_path, monkeypatch):
    """Typst looks into the folder that it runs in: the child's is empty and it opens nothing."""
    monkeypatch.setattr(sandbox.tempfile, "TemporaryDirectory", lambda **_: _Folder(tmp_path))
    (tmp_path / "secret.txt").write_text("secret")
    assert _codes('#read("secret.txt")') == [("letters.file", "2")]


class _Folder:
    """A folder with something in it, in the place of the empty one."""

    def __init__(self, path):
        self._path = path

    def __enter__(self):
        return str(self._path)

    def __exit__(self, *_):
        return None


def test_no_package_is_loaded_and_no_connection_made(monkeypatch):
    """Even with a way out: what would fetch the package is a listener of this test."""
    with socket.create_server(("127.0.0.1", 0)) as there:
        address = f"http://127.0.0.1:{there.getsockname()[1]}"
        for name in ("http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, address)
        assert _codes('#import "@preview/cetz:0.2.0"') == [("letters.package", "2")]
        assert _codes('#import "@pre" + "view/cetz:0.2.0"') == [("letters.package", "2")]
        there.settimeout(0.2)
        with pytest.raises(TimeoutError):
            there.accept()


def test_the_environment_of_the_house_stays_outside(monkeypatch):
    monkeypatch.setenv("MOTCUA_SECRET_MADE_UP", "hidden")
    assert _codes('#sys.inputs.at("MOTCUA_SECRET_MADE_UP")') == [("letters.no_key", "2")]


def test_faults_are_told_in_both_languages_with_the_line():
    (told,) = _made("một\n#foo").faults
    assert (told.where, told.vi) == ("3", "Không có tên “foo”; hãy kiểm tra chính tả.")
    assert told.en == "There is no name “foo”; check how it is spelt."


def test_a_fault_of_the_shared_parts_is_told_where_the_letter_calls_them():
    files = {
        "main.typ": '#import "_house.typ": *\n\n#g((a: 1))',
        "_house.typ": "#let g(x) = [\n#x.foo]",
        "data.json": "{}",
    }
    (told,) = run([Setting(files, 0)], "pdf")[0].faults
    assert (told.code, told.where) == ("letters.no_key", "3")


def test_a_picture_without_words_is_not_fit_for_readers_aloud():
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'></svg>"
    ((code, _),) = _codes(f'#image(bytes("{svg}"), format: "svg")')
    assert code == "letters.standard"


def test_what_comes_before_a_breach_is_told_and_nothing_after():
    good = {"main.typ": _TITLE + "x", "data.json": "{}"}
    bad = {"main.typ": "#for i in range(1000000000) { }", "data.json": "{}"}
    made = run([Setting(good, 0), Setting(bad, 0), Setting(good, 0)], "pdf", bounds=_SHORT)
    assert [bool(one.faults) for one in made] == [False, True]


def test_where_there_is_no_room_whoever_comes_is_asked_to_come_again(monkeypatch):
    monkeypatch.setattr(sandbox, "_room", threading.BoundedSemaphore(1))
    with sandbox._place(BOUNDS), pytest.raises(SandboxBusy):
        _made("x", bounds=dataclasses.replace(BOUNDS, wait=0))


def test_equal_input_gives_equal_bytes_in_and_out_of_the_sandbox():
    assert _made("đậm *x*").files() == _made("đậm *x*").files()
