"""What every page may use."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from motcua.core.people.models import Account


def house(request: HttpRequest) -> dict[str, object]:
    """Tell templates whether the data is sample, which officer signed in, and how dense to be."""
    account = getattr(request, "user", None)
    officer = account.officer if isinstance(account, Account) else None
    density = "officer" if request.path.startswith("/ban/") else "citizen"
    return {"sample": settings.MOTCUA_SAMPLE, "officer": officer, "density": density}
