"""The contract of the step engine told a second time: slow, mutable, with nothing in common.

The engine folds a marking forward. Here a dossier *is* the list of everything that happened to
it, and each question (where is it, which legs are there, how often was this done) is answered
by reading that list from the beginning. Only the frozen data of `definition` are shared; effects
are plain tuples of the effect's name and its values, refusals are plain codes.
"""

from __future__ import annotations

from typing import Any

from motcua.kernel.flow.definition import Definition, Move
from motcua.kernel.flow.engine import Order

LEAVING = ["forward", "back", "refuse", "withdraw", "stop", "hand_over"]
FROM_ENDS = ["reopen"]
BARRED_WHILE_WAITING = ["forward", "back", "supplement", "consult", "apologise"]

Refusal = tuple[str, tuple[str, ...]]
"""A code and the keys of legs that the sentence names (none for most codes)."""


class NaiveDossier:
    """One dossier; ``history`` is all it knows, ``told`` the effects of the last order."""

    def __init__(self, definition: Definition) -> None:
        self.definition = definition
        self.history: list[tuple[Any, ...]] = [("came to", definition.start)]
        self.told: list[tuple[Any, ...]] = [("StepEntered", definition.start)]

    # What the history says.

    def place(self) -> str:
        """Where the main token came to last."""
        return [event[1] for event in self.history if event[0] == "came to"][-1]

    def legs(self) -> list[dict[str, Any]]:
        """Every leg that was asked and has not gone since, in the order of asking."""
        found: list[dict[str, Any]] = []
        for what, *about in self.history:
            if what == "asked":
                found.append({"number": about[0], "key": about[1], "replied": False})
            if what == "replied":
                for leg in found:
                    leg["replied"] = leg["replied"] or leg["number"] == about[0]
            if what == "gone":
                found = [leg for leg in found if leg["number"] != about[0]]
        return found

    def settled(self) -> list[str]:
        """The legs about which nobody need be asked again."""
        return sorted({event[1] for event in self.history if event[0] == "settled"})

    def open_legs(self) -> list[dict[str, Any]]:
        """Those that still owe a reply."""
        return [leg for leg in self.legs() if not leg["replied"]]

    def waiting(self) -> bool:
        """Whether the last word about waiting was that it begins."""
        words = [event[0] for event in self.history if event[0] in ("waits", "waits no more")]
        return words != [] and words[-1] == "waits"

    def times(self, move: str) -> int:
        """How often this move was done."""
        return self.history.count(("did", move))

    def next_number(self) -> int:
        """One more than the legs that were ever asked."""
        return 1 + len([event for event in self.history if event[0] == "asked"])

    def is_end(self, place: str) -> bool:
        """Whether a token that comes here rests for ever."""
        return place in [end.key for end in self.definition.ends]

    def view(self) -> dict[str, Any]:
        """Everything that a marking shows."""
        limited = sorted(move.key for move in self.definition.moves if move.at_most > 0)
        return {
            "at": self.place(),
            "waiting": self.waiting(),
            "legs": [(leg["number"], leg["key"], leg["replied"]) for leg in self.legs()],
            "used": [(key, self.times(key)) for key in limited if self.times(key) > 0],
            "next_leg": self.next_number(),
            "settled": self.settled(),
        }

    # One order.

    def order(self, order: Order) -> Refusal | None:
        """Do what is ordered and tell it in ``told``, or say why not and change nothing."""
        self.told = []
        for move in self.definition.moves:
            if move.key == order.move:
                objections = self.objections(move, order)
                if objections:
                    return objections[0]
                self.do(move, order)
                return None
        return ("flow.unknown_move", ())

    def objections(self, move: Move, order: Order) -> list[Refusal]:
        """All that speaks against it, in the order of the contract."""
        here, kind, wait = self.place(), move.kind.value, self.waiting()
        table = [
            ("flow.ended", self.is_end(here) and kind not in FROM_ENDS),
            ("flow.ended", self.is_end(here) and here not in move.sources),
            ("flow.not_from_here", here not in move.sources),
            ("flow.waiting", wait and kind in BARRED_WHILE_WAITING),
            ("flow.not_waiting", not wait and kind == "answer"),
            ("flow.used_up", move.at_most > 0 and self.times(move.key) >= move.at_most),
            ("flow.reason_missing", move.reason and order.reason.split() == []),
            ("flow.unpaid", move.paid and order.owing),
        ]
        found: list[Refusal] = [(code, ()) for code, holds in table if holds]
        if kind == "reply" and order.leg not in [leg["number"] for leg in self.open_legs()]:
            found.append(("flow.no_such_leg", ()))
        if kind == "consult" and not self.may_ask(move, list(order.legs)):
            found.append(("flow.bad_legs", tuple(self.free(move))))
        if kind == "forward" and not self.may_leave(move, order):
            found.append(("flow.legs_open", tuple(self.awaited(move, order))))
        if kind == "forward" and self.lacking(move):
            found.append(("flow.legs_missing", tuple(self.lacking(move))))
        alone = self.legs() == [] and list(self.settled()) == []
        if kind == "forward" and move.join.value == "asked" and alone:
            found.append(("flow.nobody_asked", ()))
        return found

    def free(self, move: Move) -> list[str]:
        """What may be asked now: what the move names, save what is being asked already."""
        being_asked = [leg["key"] for leg in self.open_legs()]
        return [key for key in move.legs if key not in being_asked]

    def may_ask(self, move: Move, keys: list[str]) -> bool:
        """Whether these legs, and there are some, are each free and each named once."""
        for key in keys:
            if keys.count(key) > 1 or key not in self.free(move):
                return False
        return keys != []

    def may_leave(self, move: Move, order: Order) -> bool:
        """Whether the join of a forward move is met."""
        if move.join.value == "any":
            return self.legs() == [] or self.open_legs() != self.legs()
        return self.awaited(move, order) == []

    def awaited(self, move: Move, order: Order) -> list[str]:
        """The open legs that keep the dossier here; a late one does not where that counts."""
        keys = []
        for leg in self.open_legs():
            if move.join.value == "deadline" and leg["number"] in order.late_legs:
                continue
            keys.append(leg["key"])
        return keys

    def lacking(self, move: Move) -> list[str]:
        """What the move requires and nobody has been asked for, now or earlier."""
        asked_now = [leg["key"] for leg in self.legs()]
        return [key for key in move.legs if key not in asked_now and key not in self.settled()]

    def do(self, move: Move, order: Order) -> None:
        """Carry the order out, one line of the order of effects after the other."""
        here, kind = self.place(), move.kind.value
        if kind == "forward":
            self.history.extend(("settled", leg["key"]) for leg in self.legs())
        self.do_legs(move, order)
        if kind in LEAVING:
            self.told.append(("StepLeft", here))
        if move.clock is not None:
            self.told.append(("ClockMoved", move.clock.value))
        if kind in [*LEAVING, "reopen"]:
            self.arrive(here if move.target is None else move.target)
        stays = {
            "assign": ("Assigned", here),
            "apologise": ("PromiseMoved",),
        }
        self.told.extend([stays[kind]] if kind in stays else [])
        if kind == "supplement":
            self.history.append(("waits",))
        if kind == "answer":
            self.history.append(("waits no more",))
        self.history.append(("did", move.key))
        self.announce(move)

    def do_legs(self, move: Move, order: Order) -> None:
        """Ask, take the reply, call off and forget."""
        kind = move.kind.value
        if kind == "consult":
            for key in order.legs:
                self.told.append(("LegOpened", self.next_number(), key))
                self.history.append(("asked", self.next_number(), key))
        if kind == "reply":
            for leg in [leg for leg in self.legs() if leg["number"] == order.leg]:
                self.told.append(("LegReplied", leg["number"], leg["key"]))
                self.history.append(("replied", leg["number"]))
                self.history.append(("settled", leg["key"]))
        keeps = move.open_legs.value == "keep"
        stays = move.target is None or move.target == self.place()
        if kind == "supplement" and not keeps:
            self.call_off()
        if kind in LEAVING and not (kind == "hand_over" and stays and keeps):
            self.call_off()
            for leg in self.legs():
                self.history.append(("gone", leg["number"]))

    def call_off(self) -> None:
        """Cancel every open leg."""
        for leg in self.open_legs():
            self.told.append(("LegCancelled", leg["number"], leg["key"]))
            self.history.append(("gone", leg["number"]))

    def arrive(self, place: str) -> None:
        """Put the main token down; an end waits for nobody."""
        self.history.append(("came to", place))
        if not self.is_end(place):
            self.told.append(("StepEntered", place))
            return
        for end in [end for end in self.definition.ends if end.key == place]:
            self.told.append(("Ended", end.key, end.outcome))
        self.history.append(("waits no more",))

    def announce(self, move: Move) -> None:
        """Tell what goes out."""
        if move.gives_code:
            self.told.append(("CodeGiven",))
        if move.letter is not None:
            self.told.append(("LetterDue", move.letter))
        if move.message is not None:
            self.told.append(("MessageDue", move.message))
