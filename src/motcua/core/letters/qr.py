"""The QR symbol of a paper: the look-up link and nothing about a person."""

from __future__ import annotations

import io

import segno
from django.conf import settings


def lookup_link(lookup: str) -> str:
    """Give the public address where a look-up number is followed."""
    return f"{settings.MOTCUA_PUBLIC_ADDRESS.rstrip('/')}/tra-cuu?so={lookup}"


def qr_svg(content: str) -> str:
    """Draw a QR symbol (ISO/IEC 18004, error correction M) as SVG without its quiet zone."""
    drawn = io.BytesIO()
    symbol = segno.make_qr(content, error="m", boost_error=False)
    symbol.save(drawn, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None)
    return drawn.getvalue().decode()


def qr_inline(content: str) -> str:
    """Draw a QR symbol as a part of a page: dark on light in every theme, quiet zone included."""
    symbol = segno.make_qr(content, error="m", boost_error=False)
    drawn: str = symbol.svg_inline(scale=5, border=4, light="#fff", svgclass=None, lineclass=None)
    return drawn
