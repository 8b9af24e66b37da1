"""One warm server for all runs: found, or started and left to its supervisor."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from newslint.languagetool import supervisor
from newslint.languagetool.cache import folder as cache_folder
from newslint.languagetool.client import Client
from newslint.languagetool.errors import LanguageToolError
from newslint.languagetool.installation import Installation

USUAL = ("http://127.0.0.1:8081", "http://127.0.0.1:8010")
"""Where others start LanguageTool: its own packages and its Docker images."""

_PATIENCE = 90.0
"""Seconds that a server may take to start."""

_HEALTH = 2.0


class State(NamedTuple):
    """A server of ours that runs."""

    url: str
    pid: int
    guard: int
    folder: Path


def running(installation: Installation) -> State | None:
    """The server of an installation, if one runs and is well."""
    folder = _folder(installation)
    try:
        state = json.loads((folder / "server.json").read_text())
        found = State(state["url"], state["pid"], state["guard"], folder)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if _is_well(found.url) else None


def ensure(installation: Installation, idle: float) -> str:
    """The address of the server of an installation, started if need be.

    It ends `idle` seconds after its last use. Raises LanguageToolError.
    """
    folder = _folder(installation)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "heartbeat").touch()
    except OSError as error:
        raise LanguageToolError(f"{folder} cannot be written: {error.strerror}") from None
    if state := running(installation):
        return state.url
    command = installation.command()
    with _lock(folder):
        # Another run may have started it while this one waited.
        if state := running(installation):
            return state.url
        return _start(installation, folder, command, idle).url


def beat(installation: Installation) -> None:
    """Says that the server is in use."""
    with contextlib.suppress(OSError):
        (_folder(installation) / "heartbeat").touch()


def stop(installation: Installation) -> bool:
    """Ends the server of an installation; whether there was one."""
    state = running(installation)
    if state is None:
        return False
    for process in (state.guard, state.pid):  # If the guard is gone, the server itself.
        with contextlib.suppress(OSError):
            os.kill(process, signal.SIGTERM)
            break
    end = time.monotonic() + _PATIENCE
    while _is_well(state.url) and time.monotonic() < end:
        time.sleep(0.1)
    return True


def log(installation: Installation) -> Path:
    """The file that the server writes what it has to say to."""
    return _folder(installation) / "log"


def usual(variant: str) -> str | None:
    """The address of a server that somebody else started on this machine, and that is fit."""
    for url in USUAL:
        client = Client(url, _HEALTH)
        try:
            if client.is_healthy() and variant in client.languages():
                return url
        except LanguageToolError:
            continue
        finally:
            client.close()
    return None


def _start(installation: Installation, folder: Path, command: list[str], idle: float) -> State:
    for old in ("server.json", "log"):
        (folder / old).unlink(missing_ok=True)
    with log(installation).open("ab") as output:
        guard = subprocess.Popen(
            [sys.executable, "-P", "-S", supervisor.__file__, str(folder), str(idle), *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            cwd=folder,
        )
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if state := running(installation):
            return state
        if guard.poll() is not None:
            raise LanguageToolError(f"LanguageTool did not start: {_last_line(installation)}")
        time.sleep(0.1)
    guard.terminate()
    raise LanguageToolError(f"LanguageTool did not start in {_PATIENCE:.0f} seconds")


def _folder(installation: Installation) -> Path:
    return cache_folder() / "languagetool" / installation.identity


def _is_well(url: str) -> bool:
    client = Client(url, _HEALTH)
    try:
        return client.is_healthy()
    finally:
        client.close()


def _last_line(installation: Installation) -> str:
    try:
        lines = log(installation).read_text(errors="replace").split("\n")
    except OSError:
        lines = []
    said = [line.strip() for line in lines if line.strip()]
    wrong = [line for line in said if "Error" in line or "Exception" in line]
    return (wrong or said or ["it said nothing"])[0][:200]


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Lets one run at a time start the server; given up by the system if the run dies."""
    with (folder / "lock").open("w") as file:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            yield
            return
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)
        yield
