"""One way to solve many: `mapped(fn, items)` over processes of this machine, over Dask or over Ray.

Each pool takes a call, says which calls are done, and forgets the rest; what is asked and kept does not depend on it.
"""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeVar

from dafeng.errors import DafengError, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Item = TypeVar("Item")
Result = TypeVar("Result")
Kind = Literal["processes", "dask", "ray", "here"]
KINDS = ("processes", "dask", "ray", "here")
#: Seconds between two looks at whether to stop.
LOOK = 0.3


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Result]):
    """What became of one item: its value, or the message of the error that dafeng gave for it."""

    index: int
    value: Result | None
    error: str = ""


class Pool(Protocol):
    """Where calls run."""

    def submit(self, fn: Callable[[Any], Any], item: Any) -> Any:
        """Hand a call over; give what stands for it."""

    def done(self, waiting: Sequence[Any], seconds: float) -> list[Any]:
        """Give the calls that are done, waiting for the first at most some seconds."""

    def result(self, call: Any) -> Any:
        """Give what a call that is done gave, or raise what it raised."""

    def close(self, waiting: Sequence[Any]) -> None:
        """Forget the calls that are left, and end."""


def mapped(
    fn: Callable[[Item], Result],
    items: Sequence[Item],
    kind: Kind = "processes",
    workers: int = 0,
    address: str = "",
    stop: Callable[[], bool] | None = None,
) -> Iterator[Outcome[Result]]:
    """Call a function for each item, and give each outcome when it is there, in any order.

    Args:
        fn: A function of a module, so that another process finds it. It may ask `stopped` whether to go on.
        items: What it is called with; anything that can be pickled.
        kind: "processes" of this machine, "dask", "ray", or "here", one after the other in this process.
        workers: How many run at once; as many as processors by default.
        address: Where a running Dask or Ray is; one is started on this machine by default.
        stop: Asked between outcomes; when it gives True all that is left is forgotten.

    Raises:
        Refused: the pool is not installed, or it broke.
    """
    pool = _OPEN[kind](workers or os.cpu_count() or 1, address)
    waiting: dict[Any, int] = {}
    try:
        for index, item in enumerate(items):
            waiting[pool.submit(fn, item)] = index
        while waiting and not (stop and stop()):
            for call in pool.done(list(waiting), LOOK):
                index = waiting.pop(call)
                try:
                    yield Outcome(index, pool.result(call))
                except DafengError as error:
                    yield Outcome(index, None, str(error))
    finally:
        pool.close(list(waiting))


_event: Any = None


def _begin(event: Any) -> None:
    global _event  # noqa: PLW0603 - a process has one
    _event = event
    # Ctrl-C reaches every process of a terminal; the one that was asked decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def stopped() -> bool:
    """Tell a call whether nobody waits for it any more."""
    return _event is not None and (_event.is_set() or os.getppid() == 1)


class Processes:
    """Processes of this machine; one that is to stop asks `stopped`."""

    def __init__(self, workers: int, address: str) -> None:
        context = multiprocessing.get_context("spawn")
        self.event = context.Event()
        self.pool = ProcessPoolExecutor(workers, context, _begin, (self.event,))

    def submit(self, fn: Callable[[Any], Any], item: Any) -> Future[Any]:
        """Hand a call over."""
        return self.pool.submit(fn, item)

    def done(self, waiting: Sequence[Future[Any]], seconds: float) -> list[Future[Any]]:
        """Give the calls that are done."""
        return list(wait(waiting, seconds, FIRST_COMPLETED).done)

    def result(self, call: Future[Any]) -> Any:
        """Give what a call gave."""
        try:
            return call.result()
        except BrokenProcessPool as error:
            raise Refused(
                "sweep: a process ended before its answer was there. Ask for fewer --workers; what is kept stays."
            ) from error

    def close(self, waiting: Sequence[Future[Any]]) -> None:
        """Stop what runs."""
        self.event.set()
        self.pool.shutdown(wait=True, cancel_futures=True)


class Here:
    """This process, one call after the other."""

    def __init__(self, workers: int, address: str) -> None:
        self.calls: dict[int, tuple[Callable[[Any], Any], Any]] = {}

    def submit(self, fn: Callable[[Any], Any], item: Any) -> int:
        """Note a call."""
        self.calls[len(self.calls)] = (fn, item)
        return len(self.calls) - 1

    def done(self, waiting: Sequence[int], seconds: float) -> list[int]:
        """Give the next call."""
        return list(waiting[:1])

    def result(self, call: int) -> Any:
        """Make the call."""
        fn, item = self.calls[call]
        return fn(item)

    def close(self, waiting: Sequence[int]) -> None:
        """Forget the rest."""
        self.calls.clear()


class Dask:
    """A Dask cluster, or one that is started here."""

    def __init__(self, workers: int, address: str) -> None:
        self.module = _installed("distributed", "dask")
        local = {"n_workers": workers, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
        try:
            self.client = self.module.Client(address) if address else self.module.Client(**local)
        except (OSError, ValueError) as error:
            raise _unreachable("dask", address, error) from error

    def submit(self, fn: Callable[[Any], Any], item: Any) -> Any:
        """Hand a call over."""
        return self.client.submit(fn, item, pure=False)

    def done(self, waiting: Sequence[Any], seconds: float) -> list[Any]:
        """Give the calls that are done."""
        try:
            return list(self.module.wait(list(waiting), seconds, return_when="FIRST_COMPLETED").done)
        except TimeoutError:
            return []

    def result(self, call: Any) -> Any:
        """Give what a call gave."""
        return call.result()

    def close(self, waiting: Sequence[Any]) -> None:
        """Cancel the rest and leave the cluster."""
        if waiting:
            self.client.cancel(list(waiting), force=True)
        self.client.close()
        if self.client.cluster is not None:
            self.client.cluster.close()


class Ray:
    """A Ray cluster, or one that is started here."""

    def __init__(self, workers: int, address: str) -> None:
        self.module = _installed("ray", "ray")
        self.mine = not self.module.is_initialized()
        if self.mine:
            # Without "local" Ray joins a cluster that runs on this machine, or the remains of one.
            local = {"address": "local", "num_cpus": workers, "include_dashboard": False}
            try:
                self.module.init(log_to_driver=False, **({"address": address} if address else local))
            except (OSError, ValueError, RuntimeError) as error:
                raise _unreachable("ray", address, error) from error

    def submit(self, fn: Callable[[Any], Any], item: Any) -> Any:
        """Hand a call over."""
        return self.module.remote(fn).remote(item)

    def done(self, waiting: Sequence[Any], seconds: float) -> list[Any]:
        """Give the calls that are done."""
        return list(self.module.wait(list(waiting), num_returns=1, timeout=seconds)[0])

    def result(self, call: Any) -> Any:
        """Give what a call gave, or raise what it raised where it ran."""
        try:
            return self.module.get(call)
        except self.module.exceptions.RayTaskError as error:
            raise (error.cause if isinstance(error.cause, DafengError) else error) from None

    def close(self, waiting: Sequence[Any]) -> None:
        """Cancel the rest and leave the cluster."""
        for call in waiting:
            self.module.cancel(call, force=True)
        if self.mine:
            self.module.shutdown()


_OPEN: dict[str, Callable[[int, str], Pool]] = {"processes": Processes, "here": Here, "dask": Dask, "ray": Ray}


def _unreachable(pool: str, address: str, error: Exception) -> Refused:
    said = str(error).strip().partition("\n")[0] or type(error).__name__
    where = f"no cluster answers at '{address}'" if address else "none could be started here"
    return Refused(
        f"sweep, pool {pool}: {where} ({said}). Give the --address of a cluster that runs, or use --pool processes."
    )


def _installed(module: str, extra: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise Refused(
            f"sweep, pool {extra}: {module} is not installed. Install it with pip install 'dafeng[{extra}]'."
        ) from error
