"""A browser as its owner calls it: “Chrome, Windows” instead of the line it sends of itself."""

from __future__ import annotations

# Browsers name those they descend from as well: the first name found is the one.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("coc_coc", "Cốc Cốc"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
_SHOWN = 80


def device(agent: str) -> str:
    """Name browser and machine; what names neither is shown as it was sent, cut to one line."""
    found = (_first(_BROWSERS, agent), _first(_MACHINES, agent))
    return ", ".join(name for name in found if name) or agent[:_SHOWN]


def _first(names: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for sign, name in names if sign in agent), "")
