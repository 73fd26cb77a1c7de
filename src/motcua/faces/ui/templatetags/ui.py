"""What every template may say: icons, dates, money and words in the language of the page."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from motcua.core.now import now
from motcua.faces.ui.agents import device
from motcua.faces.ui.sign_ins import in_words
from motcua.kernel import vietnamese
from motcua.kernel.vietnamese import Language

register = template.Library()

_KILO_METRE = 1000
_KILO = 1024


def language() -> Language:
    """Give the language of the page."""
    return "en" if get_language() == "en" else "vi"


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite; it is decoration, the words beside it say the same."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("ui/icons.svg"),
        name,
    )


@register.filter
def day(at: datetime.datetime | datetime.date | None) -> str:
    """Write a day: 30/11/2026."""
    return vietnamese.format_date(_local(at), language()) if at else ""


@register.filter
def last_day(end: datetime.date | None) -> str:
    """Write the last day of a span that is kept with the first day after it."""
    return day(end - datetime.timedelta(days=1)) if end else ""


@register.filter
def weekday(at: datetime.datetime | datetime.date | None) -> str:
    """Write a promised day: Thứ Hai, 30/11/2026."""
    return vietnamese.format_weekday(_local(at), language()) if at else ""


@register.filter
def moment(at: datetime.datetime | None) -> str:
    """Write an instant: 14:05, 30/11/2026."""
    return vietnamese.format_moment(timezone.localtime(at), language()) if at else ""


@register.filter
def clock(at: datetime.datetime | None) -> str:
    """Write an instant of today as its hour, 14:05, and one of another day with the day."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    is_today = local.date() == timezone.localtime(now()).date()
    return f"{local:%H:%M}" if is_today else vietnamese.format_moment(local, language())


register.filter("sign_in_words", in_words)
register.filter("device", device)


@register.filter
def stamp(at: datetime.datetime | None) -> str:
    """Write an instant for the `datetime` attribute of a time element."""
    return timezone.localtime(at).isoformat(timespec="minutes") if at else ""


@register.filter
def words(text: object) -> str:
    """Give words that come in both languages: of a declaration, an agency or a refusal."""
    for name in ("text", "name"):
        said = getattr(text, name, None)
        if callable(said):
            return str(said(language()))
    return "" if text is None else str(text)


@register.filter
def money(dong: int) -> str:
    """Write an amount in đồng."""
    return vietnamese.format_money(dong, language())


@register.filter
def number(count: int) -> str:
    """Write a count: 1.708."""
    return vietnamese.format_number(count, language())


@register.filter
def metres(length: float) -> str:
    """Write a length in whole metres: 1.708."""
    return vietnamese.format_number(Decimal(str(length)), language(), decimals=0)


@register.filter
def kilometres(length: float) -> str:
    """Write a length in metres as kilometres: 319,25."""
    return vietnamese.format_number(Decimal(str(length)) / _KILO_METRE, language(), decimals=2)


@register.filter
def distance(length: int) -> str:
    """Write a round length: 500 m, 2 km."""
    if length >= _KILO_METRE:
        return f"{vietnamese.format_number(length // _KILO_METRE, language())} km"
    return f"{length} m"


@register.filter
def file_size(size: int) -> str:
    """Write a size in kilobytes or megabytes."""
    kilobytes = -(-size // _KILO)
    if kilobytes < _KILO:
        return f"{kilobytes} KB"
    return f"{kilobytes / _KILO:.1f} MB".replace(".", "." if language() == "en" else ",")


@register.filter
def mood(level: str) -> str:
    """Give the colour and the icon of a message: something is done, or must be done again."""
    return "soon" if level == "warning" else "ok"


def _local(at: datetime.datetime | datetime.date) -> datetime.date:
    return timezone.localtime(at).date() if isinstance(at, datetime.datetime) else at
