"""Guards one LanguageTool server, apart from the runs that use it.

    python supervisor.py FOLDER IDLE COMMAND…

It starts the server on a free port, writes `server.json` into the folder once the server is well,
and ends it when no run has touched `heartbeat` for IDLE seconds, when the folder is gone, or when
it is itself told to end. It is started through `-c` or `-m` by each run that finds no server, so it
imports the standard library alone.
"""

import contextlib
import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType

_PROPERTIES = {
    "pipelineCaching": "true",
    "maxPipelinePoolSize": "10",
    "pipelineExpireTimeInSeconds": "3600",
    "cacheSize": "5000",
    "cacheTTLSeconds": "3600",
    "maxCheckThreads": "4",
    "maxTextCheckerThreads": "4",
    "textCheckerQueueSize": "1000",
    "maxTextLength": "200000",
}
_DEATH = 1
"""Linux's PR_SET_PDEATHSIG: the signal that a child gets when its parent dies."""


def main(arguments: list[str]) -> int:
    """Runs until the server is no longer needed; the exit code is the server's if it fails."""
    folder, idle, command = Path(arguments[0]), float(arguments[1]), arguments[2:]
    port = _free_port()
    properties = folder / "server.properties"
    properties.write_text("".join(f"{key}={value}\n" for key, value in _PROPERTIES.items()))
    signal.signal(signal.SIGTERM, _leave)  # Before there is anything to leave behind.
    server = subprocess.Popen(
        [*command, "--port", str(port), "--config", str(properties)],
        stdin=subprocess.DEVNULL,
        cwd=folder,
        # Safe: this process has no threads.
        preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
    )
    state = folder / "server.json"
    try:
        while not _is_well(port):
            if server.poll() is not None:
                return server.returncode or 1
            time.sleep(0.1)
        _write(state, {"url": f"http://127.0.0.1:{port}", "pid": server.pid, "guard": os.getpid()})
        while server.poll() is None and _is_needed(folder, idle):
            time.sleep(min(1.0, idle / 4))
        return 0
    finally:
        with contextlib.suppress(OSError):
            state.unlink()
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)


def _is_needed(folder: Path, idle: float) -> bool:
    try:
        return time.time() - (folder / "heartbeat").stat().st_mtime < idle
    except OSError:
        return False


def _is_well(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/v2/healthcheck")
        return connection.getresponse().read().strip() == b"OK"
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _write(path: Path, state: dict[str, object]) -> None:
    incoming = path.with_suffix(".incoming")
    incoming.write_text(json.dumps(state))
    incoming.replace(path)


def _die_with_parent() -> None:
    """Has the system end the server even where this process is killed."""
    ctypes.CDLL(None).prctl(_DEATH, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
