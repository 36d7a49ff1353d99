"""Solves as jobs: named by their question, one at a time, bounded in number and time, stopped without a trace."""

from __future__ import annotations

import hashlib
import json
import math
import os
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dafeng.dispatch import kept
from dafeng.errors import Conflict, DafengError, NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: Jobs that wait or run at most.
MOST_WAITING = 8
#: Answers kept at most; the oldest go.
MOST_KEPT = 20
#: Seconds a job may take.
MOST_SECONDS = 900.0
#: Seconds between two looks at a running job.
LOOK = 0.1
#: Exit codes of a worker: its job was to stop, or was refused; 1 is what Python itself ends with.
STOPPED, REFUSED = 3, 4
ENDINGS = (".json", ".csv", ".error", ".state", ".job")


class Busy(DafengError):
    """Too many jobs wait already."""

    code = "busy"


@dataclass(frozen=True, slots=True)
class Job:
    """One job: waiting | running | done | failed.

    `progress` is the part of the way from a gap of 1 to the end, over all legs of the work; `leg` the one it is at.
    """

    id: str
    status: str
    question: Mapping[str, Any]
    progress: float | None = None
    iteration: int | None = None
    error: Mapping[str, Any] | None = None
    leg: Mapping[str, Any] | None = None


def name_of(question: Mapping[str, Any], pack: str, profiles: Path) -> str:
    """Give the name of a job: a digest of its question, the program, the pack's version and what was brought for it.

    A job of another program is another job: its answer is not given for this one's.
    """
    digest = hashlib.sha256(json.dumps([kept.program(), pack, question], sort_keys=True).encode())
    for path in sorted(profiles.glob("*.csv")) if profiles.is_dir() else ():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:32]


class Jobs:
    """The jobs of one city in one folder. Several server processes may share the folder; one solve runs at a time."""

    def __init__(self, folder: Path, seconds: float = MOST_SECONDS) -> None:
        self.folder, self.seconds = folder, seconds
        self._waiting: OrderedDict[str, None] = OrderedDict()
        self._running: subprocess.Popen[bytes] | None = None
        self._current = ""
        self._lock = threading.RLock()
        self._closed = False
        self._thread: threading.Thread | None = None

    def submit(self, question: Mapping[str, Any], id: str) -> Job:
        """Take a job in; one that was asked before is the same job.

        Raises:
            Busy: too many wait.
        """
        with self._lock:
            self.folder.mkdir(parents=True, exist_ok=True)
            before = self._find(id)
            if before is not None and before.status != "failed":
                return before
            if len(self._waiting) + bool(self._current) >= MOST_WAITING:
                raise Busy(f"{MOST_WAITING} jobs wait already. Ask again when one has ended.")
            self._forget(id)
            kept.write(self.folder / f"{id}.job", json.dumps(dict(question)))
            kept.write(self.folder / f"{id}.state", json.dumps({"pid": os.getpid()}))
            self._waiting[id] = None
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="dispatch", daemon=True)
                self._thread.start()
            return self.get(id)

    def get(self, id: str) -> Job:
        """Give a job as it stands.

        Raises:
            NotFound: there is none, or it was stopped.
        """
        found = self._find(id)
        if found is None:
            raise NotFound("job", id[:64], self.known())
        return found

    def known(self) -> list[str]:
        """List the names of all jobs, the newest first."""
        if not self.folder.is_dir():
            return []
        files = sorted(self.folder.glob("*.job"), key=lambda path: path.stat().st_mtime, reverse=True)
        return [path.stem for path in files if self._find(path.stem) is not None]

    def result(self, id: str, ending: str = ".json") -> str:
        """Give the answer of a job as text: its record, or its hours (".csv").

        Raises:
            NotFound: there is no such job.
            Conflict: it has no answer yet, or was refused.
        """
        job = self.get(id)
        if job.status != "done":
            why = f": {job.error['message']}" if job.error else ""
            raise Conflict(f"job {id}: it is {job.status}{why}. Ask again when it is done.")
        return (self.folder / f"{id}{ending}").read_text(encoding="utf-8")

    def cancel(self, id: str) -> Job:
        """Stop a job, or forget its answer; nothing of it stays.

        Raises:
            NotFound: there is no such job.
        """
        with self._lock:
            job = self.get(id)
            self._waiting.pop(id, None)
            if self._current == id and self._running is not None:
                self._stop(self._running)
                self._running = None
            self._forget(id)
            return job

    def close(self) -> None:
        """Stop everything that runs."""
        with self._lock:
            self._closed = True
            self._waiting.clear()
            if self._running is not None:
                self._stop(self._running)
        if self._thread is not None:
            self._thread.join(timeout=10)

    def _find(self, id: str) -> Job | None:
        path = self.folder / f"{id}.job"
        if not id.isalnum() or not path.is_file():
            return None
        try:
            question = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        asked = {name: value for name, value in question.items() if name not in ("city", "database")}
        if (self.folder / f"{id}.json").is_file():
            return Job(id, "done", asked, 1.0)
        error = self._read(id, ".error")
        if error is not None:
            return Job(id, "failed", asked, error=error)
        state = self._read(id, ".state")
        if state is None or not self._lives(id, int(state["pid"])):
            return None
        if "gap" not in state:
            return Job(id, "waiting", asked, 0.0)
        progress = float(state.get("progress", way(float(state["gap"]))))
        return Job(id, "running", asked, progress, int(state["iteration"]), leg=state.get("leg"))

    def _lives(self, id: str, pid: int) -> bool:
        """Tell whether the process that has a job in hand runs.

        A server that is started again, in a container say, may bear the number of the one that was killed: what it does
        not know of was the other's.
        """
        if pid != os.getpid():
            return alive(pid)
        with self._lock:
            return id in self._waiting or id == self._current

    def _read(self, id: str, ending: str) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = json.loads((self.folder / f"{id}{ending}").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return found

    def _forget(self, id: str) -> None:
        for ending in ENDINGS:
            (self.folder / f"{id}{ending}").unlink(missing_ok=True)
        for path in self.folder.glob(f".{id}.*"):
            path.unlink(missing_ok=True)

    def _work(self) -> None:
        while True:
            with self._lock:
                if self._closed or not self._waiting:
                    self._thread = None
                    return
                self._current, _ = self._waiting.popitem(last=False)
            try:
                with one_at_a_time(self.folder / ".lock", lambda: self._closed):
                    self._solve(self._current)
            finally:
                with self._lock:
                    self._current, self._running = "", None
            self._tidy()

    def _solve(self, id: str) -> None:
        with self._lock:
            if self._closed or not (self.folder / f"{id}.job").is_file():
                return
            command = [sys.executable, "-m", "dafeng.dispatch.worker", str(self.folder), id]
            said = (self.folder / f".{id}.said").open("wb+")
            running = self._running = subprocess.Popen(  # noqa: S603 - this interpreter, a module of this program
                command, stdout=subprocess.DEVNULL, stderr=said
            )
        end = time.monotonic() + self.seconds
        why = ""
        while running.poll() is None:
            if time.monotonic() > end:
                why = f"it took more than {self.seconds:g} seconds. Ask for fewer years or for steps of 3 hours."
                self._stop(running)
            time.sleep(LOOK)
        with said:
            said.seek(0)
            last = said.read().decode(errors="replace").strip().splitlines()[-1:]
        if running.returncode > 0 and running.returncode not in (STOPPED, REFUSED) and not why:
            why = f"the solver ended with code {running.returncode}: {' '.join(last)[:200]}"
        with self._lock:
            if self._running is not running:
                return
            (self.folder / f"{id}.state").unlink(missing_ok=True)
            for path in self.folder.glob(f".{id}.*"):
                path.unlink(missing_ok=True)
            if why and not self._closed:
                kept.write(self.folder / f"{id}.error", json.dumps({"code": "stopped", "message": why}))
            elif running.returncode not in (0, REFUSED):
                self._forget(id)

    def _stop(self, running: subprocess.Popen[bytes]) -> None:
        running.kill()
        running.wait()

    def _tidy(self) -> None:
        answers = sorted(self.folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
        for path in answers[:-MOST_KEPT]:
            self._forget(path.stem)


def alive(pid: int) -> bool:
    """Tell whether a process runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def way(gap: float) -> float:
    """Give the part of the way to the optimum that a gap tells, on a scale of its digits."""
    end = 5e-8
    return 0.0 if gap >= 1 else min(math.log(max(gap, end)) / math.log(end), 1.0)


@contextmanager
def one_at_a_time(path: Path, given_up: Callable[[], bool]) -> Iterator[None]:
    """Hold a file's lock, so that server processes that share a folder solve one after another."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    with path.open("w") as stream:
        while not given_up():
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                time.sleep(LOOK)
        yield
