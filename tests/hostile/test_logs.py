"""No request forges a line of the log or paints the keeper's screen."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

ADDRESSES = [
    "/x%0a2026-11-26 ERROR forged",
    "/x%0d%0aforged",
    "/ban/ho-so/%1b[31mred",
    "/api/v1/procedures/%1b]0;title%07",
    "/x%e2%80%aeetah",
    "/x%c2%85next",
    "/x%e2%80%a8line",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_request_writes_a_line_of_its_own(world, caplog, address):
    with caplog.at_level(logging.DEBUG):
        Client(raise_request_exception=False).get(
            address, headers={"user-agent": "a\x1b[2J", "referer": "x\r\nforged"}
        )
    said = [record.getMessage() for record in caplog.records]
    assert [text for text in said if any(not sign.isprintable() for sign in text)] == []
