"""A browser is named as its owner names it."""

from __future__ import annotations

import pytest

from motcua.faces.ui.agents import device

_OF_ALL = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) {}"
_WINDOWS, _PHONE = "Windows NT 10.0; Win64; x64", "iPhone; CPU iPhone OS 17_0 like Mac OS X"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (_OF_ALL.format(_WINDOWS, "Chrome/126.0 Safari/537.36 Edg/126.0"), "Edge, Windows"),
        (
            _OF_ALL.format("Linux; Android 14", "Chrome/126.0 Mobile Safari/537.36"),
            "Chrome, Android",
        ),
        (_OF_ALL.format(_PHONE, "Version/17.0 Mobile/15E148 Safari/604.1"), "Safari, iPhone"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
            "Firefox, Linux",
        ),
        ("curl/8.5.0", "curl/8.5.0"),
        ("x" * 200, "x" * 80),
        ("", ""),
    ],
)
def test_a_browser_is_named_with_its_machine(agent, name):
    assert device(agent) == name
