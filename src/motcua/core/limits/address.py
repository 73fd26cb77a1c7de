"""From which address a request came, also behind proxies that this house trusts."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping

from django.conf import settings

_OWN_PREFIX = 64  # a household or a rented server has at least this much of IPv6 to itself


def sender(meta: Mapping[str, object]) -> str:
    """Give the sender's address as limits know it, from the headers of a request (`META`).

    Each of the `MOTCUA_PROXIES` proxies in front adds whom it heard from at the end of
    `X-Forwarded-For`; anything further left is the sender's own invention. Of an IPv6 address the
    network counts, since whoever has one address there has them all.
    """
    nearest = str(meta.get("REMOTE_ADDR", ""))
    told = str(meta.get("HTTP_X_FORWARDED_FOR", "")) if settings.MOTCUA_PROXIES else ""
    way = [part.strip() for part in told.split(",") if part.strip()] + [nearest]
    return _known(way[-min(len(way), settings.MOTCUA_PROXIES + 1)]) or _known(nearest) or nearest


def _known(text: str) -> str:
    """Give the one spelling of an address; nothing where it is none."""
    host = text[1:].partition("]")[0] if text.startswith("[") else text
    if host.count(":") == 1:  # IPv4 with a port
        host = host.partition(":")[0]
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, _OWN_PREFIX), strict=False))
