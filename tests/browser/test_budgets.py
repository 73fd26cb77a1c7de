"""Weights of every page (UX.md §6): bytes, elements, what moves, what is cut, whom it asks.

Weights, never times: they are the same on every machine. A first visit has nothing in its cache.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import CDPSession, Page, Response

from tests.browser import acts
from tests.browser.conftest import sign_in
from tests.browser.test_every_page import DESK, OPEN
from tests.browser.visitor import DESKTOP, PHONE, Visitor

KILO = 1024
ZOOMED = {"width": 640, "height": 400}  # a window of 1280 px at 200 % (WCAG 1.4.10 begins there)

_MOVED = """() => new Promise(resolve => {
  let moved = 0;
  new PerformanceObserver(list => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) moved += one.value;
  }).observe({type: 'layout-shift', buffered: true});
  const tell = () => setTimeout(() => resolve(moved), 50);
  document.fonts.ready.then(() => requestAnimationFrame(tell));
})"""
_WIDER = """() => {
  const root = document.documentElement;
  return root.scrollWidth - root.clientWidth;
}"""
_TEXT_DOUBLED = """() => {
  const root = document.documentElement;
  root.style.fontSize = `${2 * parseFloat(getComputedStyle(root).fontSize)}px`;
}"""


@dataclass(frozen=True)
class Budget:
    """What a first visit may weigh, in bytes, and how many elements a page may have."""

    total: int
    scripts: int
    elements: int
    css: int = 10 * KILO
    html: int = 30 * KILO
    moved: float = 0.02


CITIZEN = Budget(total=120 * KILO, scripts=15 * KILO, elements=800)
OFFICER = Budget(total=200 * KILO, scripts=60 * KILO, elements=4000, css=20 * KILO)


class Scales:
    """Weighs what a window receives, page by page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._answers: list[Response] = []
        self._wire = 0
        page.on("response", lambda answer: self._answers.append(answer))  # noqa: PLW0108 - Playwright marks it
        session: CDPSession = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.loadingFinished", self._came)

    def faults(self, path: str, budget: Budget) -> list[str]:
        """Open a page and give what is over its budget."""
        self._answers.clear()
        self._wire = 0
        self.page.goto(path, wait_until="networkidle")
        first, *others = (one for one in self._answers if not 300 <= one.status < 400)
        moved, elements = self.page.evaluate(_MOVED), self.page.locator("*").count()
        return [
            *_over("total", self._wire, budget.total),
            *_over("html", _packed([first]), budget.html),
            *_over("css", _packed(_of(others, "stylesheet")), budget.css),
            *_over("scripts", _packed(_of(others, "script")), budget.scripts),
            *_over("elements", elements, budget.elements),
            *_over("layout shift", moved, budget.moved),
            *[f"asks {one.url}" for one in others if _host(one) != _host(first)],
            *_policy_faults(first),
            *_cut(self.page),
        ]

    def _came(self, told: dict[str, float]) -> None:
        self._wire += int(told["encodedDataLength"])


def _over(what: str, found: float, limit: float) -> list[str]:
    return [f"{what}: {found:.3f} > {limit}"] if found > limit else []


def _of(answers: Iterable[Response], kind: str) -> list[Response]:
    return [one for one in answers if one.request.resource_type == kind]


def _packed(answers: Iterable[Response]) -> int:
    return sum(len(gzip.compress(one.body())) for one in answers)


def _host(answer: Response) -> str:
    url = urlsplit(answer.url)
    return url.netloc or url.scheme


def _policy_faults(answer: Response) -> list[str]:
    policy = answer.headers.get("content-security-policy", "")
    told = [one for one in ("default-src 'none'", "script-src 'self'") if one not in policy]
    return [f"policy lacks {one}" for one in told] + ["policy: unsafe"] * ("unsafe" in policy)


def _cut(page: Page) -> list[str]:
    """Look at the page at 320 px, and zoomed to 200 % in both ways browsers do it."""
    before, found = page.viewport_size, []
    for name, size in (("320 px", {"width": 320, "height": 640}), ("zoomed to 200 %", ZOOMED)):
        page.set_viewport_size(size)
        found += _over(f"px too wide at {name}", page.evaluate(_WIDER), 0)
    page.evaluate(_TEXT_DOUBLED)
    found += _over("px too wide with text at 200 %", page.evaluate(_WIDER), 0)
    assert before is not None
    page.set_viewport_size(before)
    return found


def weighed(visitor: Visitor, paths: Iterable[str], budget: Budget) -> dict[str, list[str]]:
    """Give the faults of each page that has any."""
    scales = Scales(visitor.page)
    found = {path: scales.faults(path, budget) for path in paths}
    return {path: faults for path, faults in found.items() if faults}


def test_the_scales_see_what_is_too_heavy(window):
    none = Budget(total=0, scripts=0, elements=0, css=0, html=0, moved=-1)
    (faults,) = weighed(window(size=PHONE), ["/"], none).values()
    seen = {fault.partition(":")[0] for fault in faults}
    assert seen == {"total", "html", "css", "elements", "layout shift"}


def test_every_open_page_is_light(window):
    citizen = window(size=PHONE)
    paths = [path for path in OPEN if not path.startswith("/ho-so/")]
    assert weighed(citizen, paths, CITIZEN) == {}


def test_a_citizens_own_pages_are_light(window, photo, scan):
    citizen = window(size=PHONE)
    lookup = acts.file_postal(citizen, photo, scan)
    acts.look_up(citizen, lookup)
    own = [f"/ho-so/{lookup}", f"/ho-so/{lookup}/rut", f"/ho-so/{lookup}/khieu-nai"]
    assert weighed(citizen, own, CITIZEN) == {}


@pytest.mark.parametrize("username", ["motcua", "truongphong", "chuyenvien.ca"])
def test_every_page_of_the_desk_is_light(window, username):
    officer = sign_in(window(size=DESKTOP), username)
    links = officer.open("/ban/ho-so").main.locator("[data-row] a.code")
    dossiers = [f"/ban/ho-so/{code}" for code in links.all_inner_texts()[:2]]
    paths = [path for path in DESK if "22222" not in path]
    assert weighed(officer, [*paths, *dossiers], OFFICER) == {}
