"""What the measurement of a reform does in processes of its own: `reforming.py seed N|plan|sum`."""

from __future__ import annotations

import hashlib
import json
import os
import sys

HEIRS = 12
"""New communes, each of which takes over from as many old ones."""


def seed(dossiers: str) -> None:
    """Seed a city all of whose dossiers are open: no story comes to its end."""
    from motcua.site.cli.main import main
    from motcua.site.seeding import stories

    stories._UNRESOLVED = 1.0  # noqa: SLF001 - what is measured is a city full of open work
    assert main(["seed", "--dossiers", dossiers, "--processes", "1", "--json"]) == 0


def plan() -> None:
    """Plan that every commune of the city ends today, and print the number of the plan."""
    from motcua.core.access.actors import house
    from motcua.core.now import now
    from motcua.core.reform import planning
    from motcua.core.reform.rules import Founding, Order, Succession
    from motcua.site.seeding.city import COMMUNES, ROOT, commune_code

    at = now()
    names = [(f"{ROOT}.{100 + number}", f"Xã mới {number:02}") for number in range(HEIRS)]
    founds = tuple(Founding(code, ROOT, "commune", name, name, name) for code, name in names)
    successions = tuple(
        Succession(commune_code(number), names[number % HEIRS][0])
        for number in range(1, COMMUNES + 1)
    )
    on = at.astimezone(planning.dawn_of(Order(at.date(), "x", successions)).tzinfo).date()
    order = Order(on, "Đặt ra để đo", successions, founds=founds)
    row = planning.plan(actor=house("bench"), at=at, order=order)
    print(json.dumps({"reform": row.pk}))


def sums() -> None:
    """Print what must not change, as one digest, and how many dossiers are where."""
    from motcua.core.agencies.models import Agency
    from motcua.core.dossiers.models import Dossier

    rows = Dossier.objects.order_by("pk")
    told = hashlib.sha256()
    for row in rows.values_list("pk", "code", "due_at", "promised_at", "state").iterator():
        told.update(repr(row).encode())
    ended = Agency.objects.exclude(valid_to=None).values("pk")
    behind = rows.filter(closed=False, holding_agency__in=ended).count()
    open_now = rows.filter(closed=False).count()
    print(json.dumps({"kept": told.hexdigest(), "open": open_now, "behind": behind}))


def main(what: str, *words: str) -> None:
    """Do one of the three."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
    import django

    django.setup()
    {"seed": seed, "plan": plan, "sum": sums}[what](*words)


if __name__ == "__main__":
    main(*sys.argv[1:])
