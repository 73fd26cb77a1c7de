"""Kill -9 the web process in the midst of a form: what was saved is there, and is filed once."""

from __future__ import annotations

import re
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

import pytest

from tests.recovery.house import House
from tests.recovery.test_kill import house

__all__ = ["house"]
pytestmark = pytest.mark.recovery
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Browser:
    """A browser that keeps its cookies and goes on with another server process."""

    def __init__(self, port: int) -> None:
        self._root = f"http://127.0.0.1:{port}"
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(jar, urllib.request.ProxyHandler({}))

    def open(self, path: str) -> tuple[str, str]:
        """Give where a page is in the end, and the page."""
        with self._opener.open(self._root + path) as answer:
            return answer.url.removeprefix(self._root), answer.read().decode()

    def send(self, path: str, answers: dict[str, str]) -> tuple[str, str]:
        """Open a form, fill it in and send it with all it holds."""
        _, page = self.open(path)
        held = dict(re.findall(r'type="hidden" name="(key|saved)" value="([^"]*)"', page))
        token = _TOKEN.findall(page)[-1]
        told = {**held, **answers, "csrfmiddlewaretoken": token}
        request = urllib.request.Request(
            self._root + path,
            urllib.parse.urlencode(told).encode(),
            {"Referer": self._root, "X-Forwarded-For": "192.0.2.1"},
        )
        with self._opener.open(request) as answer:
            return answer.url.removeprefix(self._root), answer.read().decode()


def killed(house: House) -> None:
    house.kill("web")
    house.start("web")


def test_what_was_saved_outlives_the_server(house):
    house.ask("seed")
    house.start("web")
    browser = Browser(house.port)
    form = "/thu-tuc/9.000001/nop"
    _, page = browser.open(form)
    agency = re.findall(r'<option value="(\d+)"', page)[0]
    browser.send(f"{form}/noi-nhan", {"agency": agency})
    killed(house)
    who = {"applicant.kind": "person", "applicant.name": "Trần Thị Bình"}
    browser.send(f"{form}/nguoi-nop", {**who, "applicant.phone": "0912345678"})
    killed(house)
    assert "Xong" in browser.open(form)[1]
    assert "Trần Thị Bình" in browser.open(f"{form}/nguoi-nop")[1]
    assert Browser(house.port).open(form)[0] == f"{form}/noi-nhan"  # another browser knows nothing
