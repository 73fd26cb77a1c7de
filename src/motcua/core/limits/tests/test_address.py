"""Whose address counts: the nearest, or what a trusted proxy saw, never what a sender claims."""

from __future__ import annotations

import pytest

from motcua.core.limits.address import sender


@pytest.mark.parametrize(
    ("proxies", "told", "nearest", "found"),
    [
        (0, None, "192.0.2.1", "192.0.2.1"),
        (0, "203.0.113.9", "192.0.2.1", "192.0.2.1"),  # nobody is trusted: a claim
        (1, "203.0.113.9", "127.0.0.1", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "127.0.0.1", "203.0.113.9"),  # the left one is invented
        (2, "10.0.0.1, 203.0.113.9, 198.51.100.2", "127.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "198.51.100.2", "203.0.113.9"),  # from inside: one proxy less
        (1, None, "192.0.2.1", "192.0.2.1"),
        (1, " , ,", "192.0.2.1", "192.0.2.1"),
        (1, "unknown", "192.0.2.1", "192.0.2.1"),
        (1, "'; DROP TABLE", "192.0.2.1", "192.0.2.1"),
        (1, "203.0.113.9:5151", "127.0.0.1", "203.0.113.9"),
        (1, "[2001:db8:1:2:3::4]:443", "::1", "2001:db8:1:2::/64"),
        (0, None, "2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        (0, None, "fe80::1%eth0", "fe80::/64"),
        (0, None, "::ffff:192.0.2.1", "192.0.2.1"),
        (0, None, "", ""),
    ],
)
def test_an_address(settings, proxies, told, nearest, found):
    settings.MOTCUA_PROXIES = proxies
    meta = {"REMOTE_ADDR": nearest}
    if told is not None:
        meta["HTTP_X_FORWARDED_FOR"] = told
    assert sender(meta) == found
