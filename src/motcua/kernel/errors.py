"""How Motcua says no: named errors with a stable code and a sentence in both languages."""

from __future__ import annotations

from typing import ClassVar


class Refused(Exception):
    """An act was refused, nothing was changed, and this sentence says what to do about it.

    A subclass lives next to the function that raises it and declares

    * ``code``: stable for ever, ``area.what`` (clients and tests rely on it);
    * ``vi`` and ``en``: one sentence each, with ``{name}`` for what the caller passes by keyword;
    * ``status``: the HTTP status with which the doors answer;
    * ``retry``: whether the very same request may succeed when it is sent again.

    ``details`` holds the keyword values, so that an API client need not parse the sentence.
    """

    code: ClassVar[str] = "refused"
    vi: ClassVar[str] = "Yêu cầu bị từ chối."
    en: ClassVar[str] = "The request was refused."
    status: ClassVar[int] = 422
    retry: ClassVar[bool] = False

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(self.text("en"))

    def text(self, language: str) -> str:
        """Give the sentence in ``vi`` (the default for any other language) or ``en``."""
        template = self.en if language == "en" else self.vi
        return template.format(**self.details)


class Invalid(Refused):
    """Several fields are wrong; ``problems`` lists one refusal per field, all at once."""

    code = "input.invalid"
    vi = "Có {count} chỗ cần sửa."
    en = "There are {count} problems."

    def __init__(self, problems: dict[str, Refused]) -> None:
        self.problems = problems
        super().__init__(count=len(problems))
