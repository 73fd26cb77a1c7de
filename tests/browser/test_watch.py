"""The watch sees what it is there to see: each fault is found on a page that has no other."""

from __future__ import annotations

import pytest

from tests.browser import watch

GOOD = """<!doctype html><html lang="vi"><title>Trang</title>
<style>:focus { outline: 2px solid }</style><main><h1>Trang</h1>
<label for="a">Tên</label><input id="a"><a href="#a">Tới ô</a></main>"""
FAULTS = {
    "2 h1": GOOD.replace("<label", "<h1>Hai</h1><label"),
    "no lang": GOOD.replace(' lang="vi"', ""),
    "no title": GOOD.replace("<title>Trang</title>", ""),
    "no label": GOOD.replace('for="a"', ""),
    "no words": GOOD.replace("Tới ô", ""),
    "one name, two places": GOOD.replace("</main>", '<a href="/">Tới ô</a></main>'),
    "no alt": GOOD.replace("<label", '<img src="data:,"><label'),
    "id twice": GOOD.replace("<label", '<p id="a"></p><label'),
    "nowhere": GOOD.replace("#a", "#b"),
    "leads nowhere": GOOD.replace("<input", '<input aria-describedby="b"'),
    "heading skipped": GOOD.replace("<label", "<h3>Ba</h3><label"),
    "focus is not on the errors": GOOD.replace("<label", '<div id="errors"></div><label'),
    "px wide": GOOD.replace("<label", '<p style="width: 400px">rộng</p><label'),
    "focus not seen": GOOD.replace("2px solid", "none"),
}


@pytest.fixture(autouse=True)
def _first_look(monkeypatch):
    """Let no page be one that was looked at before: all of these are of one kind."""
    monkeypatch.setattr(watch, "_LOOKED_AT", set())


def test_a_good_page_passes(window):
    visitor = window()
    visitor.page.set_content(GOOD)
    visitor.watch.check(visitor.page)


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_seen(window, fault):
    visitor = window()
    visitor.page.set_content(FAULTS[fault])
    with pytest.raises(AssertionError, match=fault):
        visitor.watch.check(visitor.page)


@pytest.mark.parametrize(
    ("script", "said"),
    [("console.error('x')", "console: x"), ("fetch('http://192.0.2.1/')", "Content Security")],
)
def test_what_the_console_says_is_heard(window, script, said):
    visitor = window().open("/")
    visitor.page.evaluate(f"() => {{ {script} }}")
    with pytest.raises(AssertionError, match=said):
        visitor.watch.check(visitor.page)


def test_a_request_to_another_host_is_seen(window):
    visitor = window()
    visitor.page.route("**", lambda route: route.abort())
    visitor.page.set_content(GOOD.replace("<a", '<img alt="" src="http://192.0.2.1/x.png"><a'))
    with pytest.raises(AssertionError, match="another host"):
        visitor.watch.check(visitor.page)
