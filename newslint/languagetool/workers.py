"""Threads that a run does not wait for when it is broken off, as those of the library are."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue

_Task = tuple["Future[None]", Callable[[], object]]


class Workers:
    """So many threads, which do what they are given in turn."""

    def __init__(self, count: int) -> None:
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._count = count
        for _ in range(count):
            threading.Thread(target=self._work, daemon=True).start()

    def submit(self, task: Callable[[], object]) -> "Future[None]":
        """Has a task done; the future tells when it is, and raises what it raised."""
        future: Future[None] = Future()
        self._tasks.put((future, task))
        return future

    def dismiss(self) -> None:
        """Lets the threads end when they have done what they were given."""
        for _ in range(self._count):
            self._tasks.put(None)

    def _work(self) -> None:
        for future, task in iter(self._tasks.get, None):
            try:
                task()
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(None)
