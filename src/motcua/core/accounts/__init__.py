"""Accounts at work: how they sign in, second factors, sessions, keys of programs, locks."""

from __future__ import annotations
