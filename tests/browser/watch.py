"""What must hold on every page that anybody opens, whatever brought them there.

One heading of the first level, a language, a title, a label for every input, links told apart by
their names (WCAG 2.2, 2.4.9), nothing cut at 320 px (1.4.10), a focus that can be seen (2.4.7), a
quiet console, no other host. Once for each kind of page, language and width a walk with the Tab
key, and all that axe-core knows of WCAG 2.0 to 2.2, levels A and AA, and of good practice.
"""

from __future__ import annotations

import re
from contextlib import suppress
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Page, Request, expect

_DRAWN_WITHIN = 2000.0  # milliseconds
_AXE = Axe()
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_ASKED = {"runOnly": {"type": "tag", "values": _TAGS}, "resultTypes": ["violations"]}
NARROW = {"width": 320, "height": 640}
_STOPS = 40
_TARGET = 24  # pixels
_OWN_SCHEMES = {"data", "blob", "chrome", "chrome-extension"}  # Chromium shows PDF by these
Kind = tuple[object, ...]
_LOOKED_AT: set[Kind] = set()  # by axe-core and the Tab key, in this process
_PARTS = """() => [document.documentElement.lang,
  [...document.querySelectorAll('h2')].map(one => one.textContent.replace(/\\d+/g, '')).join()]"""

_FAULTS = """() => {
  const faults = [], all = query => [...document.querySelectorAll(query)];
  const shown = node => node.checkVisibility();
  if (all('h1').length !== 1) faults.push(`${all('h1').length} h1`);
  if (!['vi', 'en'].includes(document.documentElement.lang)) faults.push('no lang');
  if (!document.title.trim()) faults.push('no title');
  if (all('main').length !== 1) faults.push(`${all('main').length} main`);
  const ids = all('[id]').map(node => node.id);
  for (const id of new Set(ids)) {
    if (ids.filter(one => one === id).length > 1) faults.push(`id twice: ${id}`);
  }
  for (const node of all('input:not([type=hidden]), select, textarea')) {
    const named = [...(node.labels ?? [])].some(label => label.textContent.trim());
    if (!named && !node.ariaLabel) faults.push(`no label: ${node.name}`);
  }
  for (const node of all('a, button').filter(shown)) {
    if (!node.textContent.trim() && !node.ariaLabel) faults.push(`no words: ${node.outerHTML}`);
  }
  const places = new Map();
  const told = node => shown(node) && !node.closest('[aria-hidden=true]'); // a drawing says no name
  for (const node of all('a[href]').filter(told)) {
    const name = node.ariaLabel ?? node.textContent.replace(/\\s+/g, ' ').trim();
    const known = places.get(name) ?? node.href;
    if (known !== node.href) faults.push(`one name, two places: ${name}`);
    places.set(name, known);
  }
  for (const node of all('img:not([alt])')) faults.push(`no alt: ${node.src}`);
  for (const node of all('[aria-describedby], [aria-labelledby]')) {
    for (const name of ['aria-describedby', 'aria-labelledby']) {
      for (const id of (node.getAttribute(name) ?? '').split(' ').filter(Boolean)) {
        if (!document.getElementById(id)) faults.push(`${name} leads nowhere: ${id}`);
      }
    }
  }
  for (const node of all('a[href^="#"]')) {
    if (!document.getElementById(node.hash.slice(1))) faults.push(`nowhere: ${node.hash}`);
  }
  const errors = document.querySelector('#errors');
  if (errors && document.activeElement !== errors) faults.push('focus is not on the errors');
  if (errors && !/^(Lỗi|Error):/.test(document.title)) faults.push('title names no error');
  let level = 0;
  for (const node of all('h1, h2, h3, h4, h5, h6')) {
    const next = Number(node.tagName[1]);
    if (next > level + 1 && level) faults.push(`heading skipped before: ${node.textContent}`);
    level = next;
  }
  return faults;
}"""

# The page itself must not scroll sideways; a wide table may scroll within its own frame.
_TOO_WIDE = """() => {
  const root = document.documentElement, width = root.scrollWidth;
  if (width <= root.clientWidth) return [];
  const wide = [...document.querySelectorAll('body *')]
    .filter(node => node.getBoundingClientRect().right > root.clientWidth + 1)
    .map(node => `${node.tagName}.${node.className}`);
  return [`${width} px wide at ${root.clientWidth}: ${wide.slice(0, 3)}`];
}"""

_FOCUS = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const seen = one => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
      || style.boxShadow !== 'none';
  };
  const box = node.getBoundingClientRect();
  const is_there = box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0;
  const is_drawn = seen(node) || (node.parentElement && seen(node.parentElement));
  return {what: node.outerHTML.slice(0, 120), ok: Boolean(is_there && is_drawn)};
}"""


class Watch:
    """Follows a browser: what its console says and whom it asks, and each page it shows."""

    def __init__(self, context: BrowserContext, address: str, *, scripts: bool = True) -> None:
        self.seen: list[str] = []
        self._scripts = scripts
        self._host = urlsplit(address).netloc
        context.on("request", self._asked)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.seen.append(f"error: {error.error}"))

    def check(self, page: Page) -> None:
        """Fail, naming the page, where something does not hold.

        A page that shows how far a job is draws itself anew, perhaps while it is looked at: then it
        is looked at again from the start.
        """
        try:
            faults = self._faults(page)
        except Error as gone:
            if "navigation" not in str(gone):
                raise
            page.wait_for_load_state()
            faults = self._faults(page)
        assert not faults, f"{page.url} “{page.title()}”: {faults}"

    def _faults(self, page: Page) -> list[str]:
        _let_focus_come(page)
        faults = [*page.evaluate(_FAULTS), *_cut(page), *self.seen]
        kind = (*_kind(page), self._scripts)
        if kind not in _LOOKED_AT:
            faults += (violations if self._scripts else violations_of_copy)(page)
            faults += _unseen_focus(page)
            _LOOKED_AT.add(kind)
        return faults

    def _asked(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in _OWN_SCHEMES and url.netloc != self._host:
            self.seen.append(f"asks another host: {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        # Chromium repeats the status of a page that refuses; the page itself says it better.
        is_echo = "the server responded with a status of 4" in message.text
        if message.type in {"error", "warning"} and not is_echo:
            self.seen.append(f"console: {message.text}")


def _kind(page: Page) -> Kind:
    """What axe-core and the Tab key tell pages apart by: not by whose dossier it is they show.

    The shape of the address, whether the title tells of an error, the parts that the page has, its
    language and how wide it is.
    """
    shape = re.sub(r"[^/]*\d[^/]*", "#", urlsplit(page.url).path)
    is_wrong = page.title().startswith(("Lỗi:", "Error:"))
    told = page.evaluate(_PARTS)
    size = page.viewport_size
    return (shape, is_wrong, *told, size["width"] if size else 0)


def violations(page: Page, within: str | None = None) -> list[str]:
    """Ask axe-core about a page, or one part of it; a line for each rule that is broken."""
    told = _AXE.run(page, context=within, options=_ASKED).response
    found = []
    for one in told["violations"]:
        nodes = [node for node in one["nodes"] if not _is_half_in_view(page, one["id"], node)]
        if nodes:
            shown = [node["html"][:120] for node in nodes[:3]]
            found.append(f"axe {one['id']} ({one['impact']}): {shown}")
    return found


def _is_half_in_view(page: Page, rule: str, node: dict[str, list[str]]) -> bool:
    """Tell whether a target seems small only because its strip is scrolled: it is as wide as it is.

    WCAG 2.2, 2.5.8 measures the whole of a target; axe-core what is in view of it.
    """
    if rule != "target-size":
        return False
    box, size = page.locator(node["target"][0]).first.bounding_box(), page.viewport_size
    if box is None or size is None or min(box["width"], box["height"]) < _TARGET:
        return False
    return box["x"] < 0 or box["x"] + box["width"] > size["width"]


def violations_of_copy(page: Page) -> list[str]:
    """Ask axe-core about a page in which no script runs: as a copy in a window in which they do.

    Without scripts a page has no timers, for which axe-core would wait for ever.
    """
    browser, markup = page.context.browser, page.content()
    assert browser is not None
    copy = browser.new_page(viewport=page.viewport_size)
    try:
        kind = "text/html; charset=utf-8"
        copy.route(page.url, lambda route: route.fulfill(body=markup, content_type=kind))
        copy.goto(page.url)
        return violations(copy)
    finally:
        copy.close()


def _unseen_focus(page: Page) -> list[str]:
    """Walk with the Tab key."""
    unseen = []
    for _ in range(_STOPS):
        page.keyboard.press("Tab")
        at = page.evaluate(_FOCUS)
        if at is None:
            break
        if not at["ok"]:
            unseen.append(f"focus not seen: {at['what']}")
    return unseen


def _let_focus_come(page: Page) -> None:
    """Wait until the browser has drawn: only then does it put the focus where a page asks for it.

    Whether the focus came is judged after, with all else.
    """
    errors = page.locator("#errors")
    if errors.count():
        with suppress(AssertionError):
            expect(errors).to_be_focused(timeout=_DRAWN_WITHIN)


def _cut(page: Page) -> list[str]:
    """Look at the page at 320 px, and put its width back."""
    size = page.viewport_size
    page.set_viewport_size(NARROW)
    found: list[str] = page.evaluate(_TOO_WIDE)
    if size:
        page.set_viewport_size(size)
    return found
