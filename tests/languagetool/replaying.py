"""A server that replays answers: what it says, and what it was asked."""

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs

RECORDED = json.loads((Path(__file__).parent / "recorded/check.json").read_text(encoding="utf-8"))
"""What LanguageTool 6.8 answered to some paragraphs."""


class Reply(NamedTuple):
    """What the replaying server says: `cut` takes bytes off the end, `after` is in seconds."""

    body: bytes
    status: int = 200
    cut: int = 0
    after: float = 0


def answer(*matches: Any, **keys: Any) -> Reply:
    """An answer with the matches given."""
    return Reply(json.dumps({"matches": list(matches), **keys}).encode())


def match(offset: int, length: int, rule: str = "MORFOLOGIK_RULE_EN_US", *uses: str) -> Any:
    """A match as the server words it."""
    return {
        "offset": offset,
        "length": length,
        "message": f"{rule} speaks.",
        "replacements": [{"value": use} for use in uses],
        "rule": {"id": rule, "issueType": "misspelling", "category": {"id": "TYPOS"}},
    }


class Replay:
    """Answers each check with the next reply, or with `otherwise`; remembers what was asked."""

    def __init__(self) -> None:
        self.replies: deque[Reply] = deque()
        self.otherwise: Callable[[dict[str, str]], Reply] = lambda form: answer()
        self.asked: list[dict[str, str]] = []
        self.url = ""

    def texts(self) -> list[list[str]]:
        """The paragraphs of each check."""
        return [
            [piece["text"] for piece in json.loads(form["data"])["annotation"] if "text" in piece]
            for form in self.asked
        ]


@contextmanager
def replaying() -> Iterator[Replay]:
    """The server, on a port of its own."""
    state = Replay()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say(Reply(b"OK"))

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            form = {k: v[0] for k, v in parse_qs(self.rfile.read(length).decode()).items()}
            state.asked.append(form)
            self._say(state.replies.popleft() if state.replies else state.otherwise(form))

        def _say(self, reply: Reply) -> None:
            time.sleep(reply.after)
            try:
                self.send_response(reply.status)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body[: len(reply.body) - reply.cut])
            except OSError:
                pass  # The client had enough of waiting.

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    state.url = f"http://127.0.0.1:{server.server_port}"
    yield state
    server.shutdown()
    server.server_close()
