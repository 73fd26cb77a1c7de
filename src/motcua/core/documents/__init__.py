"""Văn bản phát hành: papers made from letters, outside the act, by a job."""

from __future__ import annotations
