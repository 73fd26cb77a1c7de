"""Somebody before the pages: reads, clicks, fills in and waits as people do."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Locator, Page

from tests.browser.watch import Watch

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1366, "height": 768}
_PAPERS_TAKE = 20
_SEALS_TAKE = 70


@dataclass
class Visitor:
    """One person with one browser window; every page they come to is watched."""

    page: Page
    watch: Watch

    @classmethod
    def of(cls, context: BrowserContext, address: str, *, scripts: bool = True) -> Visitor:
        """Give a person a browser of their own."""
        return cls(context.new_page(), Watch(context, address, scripts=scripts))

    # Going

    def open(self, path: str) -> Visitor:
        """Type an address, or scan it."""
        self.page.goto(path)
        return self._arrived()

    def follow(self, words: str, within: Locator | None = None) -> Visitor:
        """Click a link."""
        self._click((within or self.page.locator("body")).get_by_role("link", name=words).first)
        return self._arrived()

    def press(self, words: str) -> Visitor:
        """Click a button of the page's main part."""
        self._click(self.main.get_by_role("button", name=words, exact=True))
        return self._arrived()

    def back(self) -> Visitor:
        """Go to the page before."""
        self.page.go_back()
        return self._arrived()

    def reload(self) -> Visitor:
        """Load the page anew."""
        self.page.reload()
        return self._arrived()

    def another_tab(self) -> Visitor:
        """Open the same page a second time."""
        tab = Visitor(self.page.context.new_page(), self.watch)
        return tab.open(self.page.url)

    # Filling in

    def fill(self, words: str, text: str, within: Locator | None = None) -> Visitor:
        """Write into a box, by its label."""
        (within or self.main).get_by_label(words).first.fill(text)
        return self

    def fill_in(self, group: str, answers: Mapping[str, str]) -> Visitor:
        """Answer the questions of a group; a date is written as 3/2/2020."""
        return self._fill(self.group(group), answers)

    def answer(self, answers: Mapping[str, str]) -> Visitor:
        """Answer the questions of the page; a date is written as 3/2/2020."""
        return self._fill(self.main, answers)

    def _fill(self, part: Locator, answers: Mapping[str, str]) -> Visitor:
        for question, answer in answers.items():
            date = part.get_by_role("group", name=question)
            if re.fullmatch(r"\d+/\d+/\d{4}", answer) and date.count():
                for name, number in zip(("Ngày", "Tháng", "Năm"), answer.split("/"), strict=True):
                    date.get_by_label(name).fill(number)
            else:
                part.get_by_label(question, exact=False).first.fill(answer)
        return self

    def select(self, words: str, answer: str) -> Visitor:
        """Choose from a long list."""
        self.main.get_by_label(words).select_option(label=answer)
        return self

    def choose(self, group: str, words: str) -> Visitor:
        """Choose one of a few answers."""
        self.group(group).get_by_label(words, exact=True).check()
        return self

    def tick(self, words: str) -> Visitor:
        """Tick a box."""
        self.main.get_by_label(words).check()
        return self

    def attach(self, words: str, *files: Path) -> Visitor:
        """Choose files."""
        self.main.get_by_label(words).set_input_files(list(files))
        return self

    # Reading

    @property
    def main(self) -> Locator:
        """The main part of the page."""
        return self.page.locator("main")

    @property
    def text(self) -> str:
        """Every word of the main part, folded away or not."""
        return self.main.inner_text()

    @property
    def heading(self) -> str:
        """The heading of the page."""
        return self.page.locator("h1").inner_text()

    @property
    def path(self) -> str:
        """The path of the address."""
        return re.sub(r"^https?://[^/]+", "", self.page.url)

    def group(self, name: str) -> Locator:
        """A group of questions, by its heading."""
        return self.main.get_by_role("group", name=name, exact=False).first

    def row(self, words: str) -> Locator:
        """The row of a table that has these words."""
        return self.main.get_by_role("row").filter(has_text=words).first

    def sees(self, words: Iterable[str]) -> bool:
        """Tell whether all words stand in the main part."""
        text = self.text
        return all(one in text for one in words)

    # Waiting for the worker

    def until_there(
        self, words: str, seconds: float = _PAPERS_TAKE, *, inside: Locator | None = None
    ) -> Locator:
        """Reload until a link is there: a paper that the worker makes."""
        deadline = time.monotonic() + seconds
        while not (found := (inside or self.main).get_by_role("link", name=words)).count():
            assert time.monotonic() < deadline, f"no “{words}” on {self.page.url}: {self.text}"
            self.page.wait_for_timeout(400)
            self.page.reload()
        self._arrived()
        return found.last

    def paper(self, words: str) -> bytes:
        """Wait for a paper, open it and give its bytes."""
        link = self.until_there(words)
        answer = self.page.context.request.get(link.evaluate("node => node.href"))
        assert answer.headers["content-type"] == "application/pdf"
        return answer.body()

    def download(self, words: str, folder: Path, *, of: str) -> Path:
        """Wait until a seal stands over this very paper, and take its proof home."""
        row = self.main.get_by_role("listitem").filter(has_text=of)
        link = self.until_there(words, _SEALS_TAKE, inside=row)
        with self.page.expect_download() as waiting:
            link.click()
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path

    def _click(self, what: Locator) -> None:
        with self.page.expect_navigation():
            what.click()

    def _arrived(self) -> Visitor:
        self.watch.check(self.page)
        return self
