"""What every page must be: one heading, a language, labelled inputs, nothing inline."""

from __future__ import annotations

from html.parser import HTMLParser

from django.http import HttpResponse

_UNLABELLED = {"hidden", "submit"}


class Page(HTMLParser):
    """The facts of a page that the laws are about."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def all(self, *tags: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.seen if tag in tags]


def faults(response: HttpResponse) -> list[str]:
    """Give what is wrong with a page."""
    html = response.content.decode()
    page = Page(html)
    return [
        *(["no CSP"] if "default-src 'none'" not in _policy(response) else []),
        *(["lang"] if page.all("html")[0].get("lang") not in {"vi", "en"} else []),
        *([f"{len(page.all('h1'))} h1"] if len(page.all("h1")) != 1 else []),
        *([f"{len(page.all('main'))} main"] if len(page.all("main")) != 1 else []),
        *[f"unlabelled {name}" for name in _unlabelled(page)],
        *[f"twice {name}" for name in _twice(page)],
        *[f"dangling {name}" for name in _dangling(page)],
        *[f"inline {tag}" for tag, attrs in page.seen if _inline(tag, attrs)],
        *[f"image without words {a}" for a in page.all("img") if not a.get("alt")],
    ]


def _policy(response: HttpResponse) -> str:
    return response.headers.get("Content-Security-Policy", "")


def _unlabelled(page: Page) -> list[str | None]:
    labelled = {label.get("for") for label in page.all("label")}
    inputs = page.all("input", "select", "textarea")
    return [
        box.get("name")
        for box in inputs
        if box.get("type") not in _UNLABELLED and box.get("id") not in labelled
    ]


def _ids(page: Page) -> list[str]:
    return [attrs["id"] or "" for _, attrs in page.seen if "id" in attrs]


def _twice(page: Page) -> set[str]:
    ids = _ids(page)
    return {name for name in ids if ids.count(name) > 1}


def _dangling(page: Page) -> list[str]:
    ids = set(_ids(page))
    named = [
        word
        for _, attrs in page.seen
        for key in ("for", "aria-describedby", "aria-labelledby", "form")
        for word in (attrs.get(key) or "").split()
    ]
    links = [(a.get("href") or "")[1:] for a in page.all("a") if (a.get("href") or "")[:1] == "#"]
    return [name for name in [*named, *links] if name not in ids]


def _inline(tag: str, attrs: dict[str, str | None]) -> bool:
    handlers = any(name.startswith("on") for name in attrs)
    return (
        tag == "style" or "style" in attrs or handlers or (tag == "script" and "src" not in attrs)
    )
