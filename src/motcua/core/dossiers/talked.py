"""The acts by which people talk in a dossier: they leave its situation and its clock alone.

Their words are remarks like those of any act; whoever reads remarks as reasons leaves these out.
"""

from __future__ import annotations

NOTE = "talk_note"
"""Between officers; the applicant reads nothing of it, not even that it was written."""

QUESTION = "talk_question"
"""From who holds the dossier to its applicant: no request for papers, which is a move."""

ANSWER = "talk_answer"
"""From the applicant."""

TALK = (NOTE, QUESTION, ANSWER)
