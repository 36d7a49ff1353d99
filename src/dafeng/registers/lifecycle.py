"""Life cycles: the states of a record, who may move it from one to another, and when a reason must be given."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from dafeng.errors import Conflict, NotFound, Refused

#: reporter: answers for the figures of a unit. verifier: an independent body. authority: whoever runs the scheme.
Role = Literal["reporter", "verifier", "authority"]
ROLES: tuple[Role, ...] = ("reporter", "verifier", "authority")


@dataclass(frozen=True, slots=True)
class Transition:
    """One move: its word, the states it leads from and to, the role it takes, and whether it must say why.

    `not_by` names an earlier move that the same person may not have made.
    """

    word: str
    start: str
    end: str
    role: Role
    reason: bool = False
    not_by: str = ""


@dataclass(frozen=True)
class LifeCycle:
    """States in order, the first being that of a new record; `open` are those in which its content may change."""

    states: tuple[str, ...]
    open: frozenset[str]
    transitions: tuple[Transition, ...]

    def move(self, word: str, state: str) -> Transition:
        """Find the move a word stands for in a state.

        Raises:
            NotFound: no move has this word.
            Conflict: it does not start in this state.
        """
        known = [move for move in self.transitions if move.word == word]
        if not known:
            raise NotFound("move", word, [move.word for move in self.transitions])
        for move in known:
            if move.start == state:
                return move
        starts = " or ".join(move.start for move in known)
        raise Conflict(f"{word}: the record is {state} (expected {starts}). {self._advice(state)}")

    def allow(self, move: Transition, who: str, roles: Collection[str], reason: str, earlier: str = "") -> None:
        """Check that a person may make a move; `earlier` is who made the move it may not be made by too.

        Raises:
            Refused: the person lacks the role, did what is to be checked, or gives no reason.
        """
        if not who:
            raise Refused(f"{move.word}: nobody is named. Say who does this.")
        if move.role not in roles:
            held = ", ".join(sorted(roles)) or "no role"
            raise Refused(
                f"{move.word}: {who} may not do this (has {held}, expected {move.role}). Ask one who has it, "
                f"or have the role granted."
            )
        if move.not_by and who == earlier:
            raise Refused(f"{move.word}: {who} made the move '{move.not_by}' too. Have another person do this.")
        if move.reason and not reason.strip():
            raise Refused(f"{move.word}: no reason is given. Say why.")

    def _advice(self, state: str) -> str:
        words = ", ".join(move.word for move in self.transitions if move.start == state)
        return f"From here the moves are {words}." if words else "No move leads from here."


#: The yearly report of an enterprise.
REPORT = LifeCycle(
    states=("draft", "reported", "verified", "locked"),
    open=frozenset({"draft"}),
    transitions=(
        Transition("report", "draft", "reported", "reporter"),
        Transition("return", "reported", "draft", "verifier", reason=True),
        Transition("verify", "reported", "verified", "verifier", not_by="report"),
        Transition("return", "verified", "draft", "authority", reason=True),
        Transition("lock", "verified", "locked", "authority"),
        Transition("unlock", "locked", "draft", "authority", reason=True),
    ),
)
