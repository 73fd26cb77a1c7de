"""Numbers and money as people here write and type them: 1.234.567,8 and 773.000.000 ₫."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from motcua.kernel.errors import Refused
from motcua.kernel.vietnamese.dates import Language

MAX_DIGITS = 40
"""Longer input is refused: no amount or measure of a city comes near it."""

_TYPED = re.compile(r"[-−]?([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]+))?")
_CURRENCY = re.compile(r"\s*(?:₫|đồng|đ|vnđ|vnd)\s*$", re.IGNORECASE)
_EXACT = Context(prec=400)


class NumberUnreadable(Refused):
    """Not a number in Vietnamese notation."""

    code = "number.unreadable"
    vi = "Không đọc được số “{text}”; hãy nhập như 1234,5 hoặc 1.234,5."
    en = "“{text}” is not a number; type it as 1234,5 or 1.234,5."


class MoneyNotWhole(Refused):
    """An amount with a fraction of a đồng."""

    code = "number.money_not_whole"
    vi = "Số tiền “{text}” phải là số đồng chẵn."
    en = "The amount “{text}” must be a whole number of đồng."


def parse_number(text: str) -> Decimal:
    """Read ``1234,5``, ``1.234,5`` or ``-3``; a dot only ever groups thousands.

    Raises ``NumberUnreadable``, also for ``1234.5`` and ``1.23``, which would be guesses.
    """
    stripped = text.strip()
    typed = _TYPED.fullmatch(stripped)
    if not typed or len(stripped) > MAX_DIGITS:
        raise NumberUnreadable(text=stripped[:40])
    sign = "" if stripped[0].isdigit() else "-"
    fraction = f".{typed[2]}" if typed[2] else ""
    return Decimal(sign + typed[1].replace(".", "") + fraction)


def parse_money(text: str) -> int:
    """Read an amount in đồng, with or without ₫. Raises ``NumberUnreadable, MoneyNotWhole``."""
    amount = parse_number(_CURRENCY.sub("", text))
    if amount != amount.to_integral_value():
        raise MoneyNotWhole(text=text.strip()[:40])
    return int(amount)


def format_number(
    value: int | Decimal,
    language: Language = "vi",
    *,
    decimals: int | None = None,
) -> str:
    """Give ``1.234.567,8`` (English ``1,234,567.8``).

    With ``decimals`` the value is rounded half away from zero, as an officer rounds by hand.
    """
    number = Decimal(value)
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _EXACT)
    if number == 0:
        number = abs(number)  # no “-0,0”
    english = f"{number:,f}"
    return english if language == "en" else english.translate(_SWAP)


def format_percent(share: Decimal, language: Language = "vi", *, decimals: int = 1) -> str:
    """Give a share of one as a percentage: ``Decimal("0.0935")`` is ``9,4%``."""
    return format_number(share.scaleb(2), language, decimals=decimals) + "%"


def format_money(dong: int, language: Language = "vi") -> str:
    """Give ``773.000.000 ₫`` (English ``₫773,000,000``)."""
    if language == "en":
        return f"{'-' if dong < 0 else ''}₫{format_number(abs(dong), 'en')}"
    return f"{format_number(dong)} ₫"


_SWAP = str.maketrans(",.", ".,")
