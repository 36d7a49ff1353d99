"""Exit codes of `dafeng`; docs/guide/cli.md lists them from here."""

from __future__ import annotations

from enum import IntEnum

from dafeng.errors import Conflict, DafengError, FaultsFound, NotFound, Refused


class ExitCode(IntEnum):
    """How a command ended."""

    FINE = 0
    FAULTS = 1
    USAGE = 2
    NOT_FOUND = 3
    REFUSED = 4
    INTERNAL = 70
    INTERRUPTED = 130


MEANING: dict[ExitCode, str] = {
    ExitCode.FINE: "the command did what was asked",
    ExitCode.FAULTS: "faults were found in an input, and are listed",
    ExitCode.USAGE: "the command line itself is wrong",
    ExitCode.NOT_FOUND: "an id, a file or a city names nothing; the nearest names are offered",
    ExitCode.REFUSED: "the input is understood and may not be taken, or the act was done already",
    ExitCode.INTERNAL: "a fault of dafeng itself; DAFENG_DEBUG=1 prints where",
    ExitCode.INTERRUPTED: "interrupted with Ctrl-C; nothing was left half done",
}


def code_of(error: DafengError) -> ExitCode:
    """Give the exit code of an error."""
    if isinstance(error, NotFound):
        return ExitCode.NOT_FOUND
    if isinstance(error, FaultsFound):
        return ExitCode.FAULTS
    return ExitCode.REFUSED if isinstance(error, (Refused, Conflict)) else ExitCode.FAULTS
