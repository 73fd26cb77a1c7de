"""A scope is one integer: which kind of reader, and which one."""

from __future__ import annotations

from enum import IntEnum
from zlib import crc32

_KINDS = 8
KIND_BITS = _KINDS - 1
"""The bits of a scope that say its kind."""


class ScopeKind(IntEnum):
    """Who a scope stands for."""

    AGENCY = 1  # those who read what an agency, or one below it, holds
    OFFICER = 2  # the officer to whom work was given
    PARTY = 3  # the applicant
    POST = 4  # those who hold a post to which work was offered without a name


def scope(kind: ScopeKind, number: int) -> int:
    """Give the integer of a scope."""
    return number * _KINDS + kind


def kind_of(number: int) -> ScopeKind:
    """Give which kind of reader a scope stands for."""
    return ScopeKind(number % _KINDS)


def agency_scope(agency_id: int) -> int:
    """Give the scope of those who read an agency and what is below it."""
    return scope(ScopeKind.AGENCY, agency_id)


def officer_scope(officer_id: int) -> int:
    """Give the scope of one officer."""
    return scope(ScopeKind.OFFICER, officer_id)


def post_scope(agency_id: int, post: str) -> int:
    """Give the scope of those who hold a kind of post in an agency.

    The kind is twenty bits of its checksum: an agency has a handful of kinds, not thousands.
    """
    return scope(ScopeKind.POST, agency_id << 20 | crc32(post.encode()) & 0xFFFFF)


def party_scope(party_id: int) -> int:
    """Give the scope of one applicant."""
    return scope(ScopeKind.PARTY, party_id)
