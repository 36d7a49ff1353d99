"""Review: a person decides on every item that was read out of a document before it enters a plan."""

from dafeng.review.decision import Decision, Decisions, Verdict
from dafeng.review.figure import figures
from dafeng.review.header import HeaderGuess, read_header
from dafeng.review.item import Item, items
from dafeng.review.outcome import accepted, accepted_yaml, proposed, undecided

__all__ = [
    "Decision",
    "Decisions",
    "HeaderGuess",
    "Item",
    "Verdict",
    "accepted",
    "accepted_yaml",
    "figures",
    "items",
    "proposed",
    "read_header",
    "undecided",
]
