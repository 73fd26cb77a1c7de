"""Random histories of a few dossiers, for properties that hold whatever was done in any order."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import strategies as st

from motcua.core.agencies.queries import agency_by_code
from motcua.kernel.errors import Refused

MOVES = [
    ("receive", {}),
    ("assign", {}),
    ("assign", {"officer": "specialist"}),
    ("assign", {"officer": "second"}),
    ("consult", {"legs": ("police",), "reason": "Hỏi."}),
    ("consult", {"legs": ("external",), "reason": "Hỏi."}),
    ("reply", {"leg": 1, "reason": "Được."}),
    ("hand_over", {"agency": "H26.15", "reason": "Đúng."}),
    ("hand_over", {"agency": "H26.15", "officer": "other_specialist", "reason": "Đúng."}),
    ("supplement", {"reason": "Thiếu."}),
    ("answer", {}),
    ("submit", {}),
    ("send_back", {"reason": "Lại."}),
    ("agree", {}),
    ("refuse", {"reason": "Không."}),
    ("issue", {}),
    ("return", {}),
    ("withdraw", {"reason": "Thôi."}),
]
HISTORIES = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(MOVES)), max_size=25)


def play(world, history) -> list:
    """Make the moves of a history, each by the first who is not refused, if any."""
    done = [world.file(), world.take_in(), world.to("appraise")]
    for hour, (number, (name, wishes)) in enumerate(history, start=10):
        chosen = dict(wishes)
        if "officer" in chosen:
            chosen["officer_id"] = world.officer_id(chosen.pop("officer"))
        if "agency" in chosen:
            chosen["agency_id"] = agency_by_code(chosen.pop("agency")).id
        for who in [*world.officers, world.applicant(done[number])]:
            with suppress(Refused):
                done[number] = world.move(done[number], who, name, hours=hour, **chosen)
                break
    return done
