"""Made-up names that tell one order from another: by tên, with đ after d, and ổ after o."""

from __future__ import annotations

NAMES = ("Vũ Đức Ổn", "Đào Thị Yến", "Nguyễn Văn Ân", "Trần Văn An", "Lê Thị Dung", "Bùi Văn Đạo")
BY_NAME = ["Trần Văn An", "Nguyễn Văn Ân", "Lê Thị Dung", "Bùi Văn Đạo", "Vũ Đức Ổn", "Đào Thị Yến"]
