"""What is said to a LanguageTool server, and what is made of its answers."""

import json
import time
from collections.abc import Sequence
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

from newslint.languagetool.annotation import Batch, batch
from newslint.languagetool.errors import LanguageToolError
from newslint.remarks import Remark
from newslint.spans import Span

_REPLACEMENTS = 5
_AGAIN = (429, 500, 502, 503, 504)
"""Answers after which the same is asked once more."""

_TOO_MUCH = 413
_PAUSE = 0.5
_CONNECTING = 5.0


Answer = tuple[Remark, ...] | None


class Client:
    """Asks one server; each thread has a client of its own. `timeout` is in seconds."""

    def __init__(self, url: str, timeout: float = 60) -> None:
        parts = _address(url)
        self._secure = parts.scheme == "https"
        self._host, self._port = str(parts.hostname), parts.port
        # Some write the address with the version of the interface, some without.
        self._path = parts.path.rstrip("/").removesuffix("/v2") + "/v2/"
        self._timeout = timeout
        self._connection: HTTPConnection | None = None
        self.url = url

    @property
    def is_local(self) -> bool:
        """Whether what is sent stays on this machine."""
        try:
            return ip_address(self._host).is_loopback
        except ValueError:
            return self._host == "localhost"

    def is_healthy(self) -> bool:
        """Whether the server is there and well."""
        try:
            status, body = self._once("GET", "healthcheck", None)
        except (OSError, HTTPException):
            return False
        return status == HTTPStatus.OK and body.strip() == b"OK"

    def languages(self) -> frozenset[str]:
        """The codes of the languages that the server knows, such as en-GB."""
        answer = self._json("GET", "languages", None)
        return frozenset(str(one.get("longCode", "")) for one in answer)

    def rules(self, variant: str) -> list[dict[str, Any]]:
        """The rules that the server has for a variant of English."""
        answer = self._json("GET", "configinfo?" + urlencode({"language": variant}), None)
        rules: list[dict[str, Any]] = answer.get("rules", [])
        return rules

    def check(self, paragraphs: Sequence[str], variant: str, halvings: int = 1) -> list[Answer]:
        """The remarks on each paragraph; None for one that the server would not take whole.

        Too much at once is asked for in halves; so is what was too slow, but only `halvings` times:
        a server that hangs must not be waited for again and again. Raises LanguageToolError, or
        TimeoutError.
        """
        try:
            return list(self._check(batch(paragraphs), variant))
        except _TooMuchError:
            if len(paragraphs) == 1:
                return [None]
        except TimeoutError:
            if not halvings or len(paragraphs) == 1:
                raise
            halvings -= 1
        half = len(paragraphs) // 2
        return [
            *self.check(paragraphs[:half], variant, halvings),
            *self.check(paragraphs[half:], variant, halvings),
        ]

    def _check(self, asked: Batch, variant: str) -> list[tuple[Remark, ...]]:
        form = {
            "language": variant,
            "mode": "allButTextLevelOnly",  # Exact by paragraph; the rest is for rules of ours.
            "data": json.dumps({"annotation": asked.annotation}, ensure_ascii=False),
        }
        return _remarks(self._json("POST", "check", form), asked)

    def _json(self, method: str, path: str, form: dict[str, str] | None) -> Any:
        status, body = self._twice(method, path, form)
        if status == _TOO_MUCH:
            raise _TooMuchError
        if status != HTTPStatus.OK:
            raise LanguageToolError(f"{self.url} answers {status}: {_first_line(body)}")
        try:
            return json.loads(body)
        except ValueError:
            said = _first_line(body)
            wrong = "broke off" if said.startswith("{") else f"is not LanguageTool's: {said}"
            raise LanguageToolError(f"the answer of {self.url} {wrong}") from None

    def _twice(self, method: str, path: str, form: dict[str, str] | None) -> tuple[int, bytes]:
        """The answer; asked for once more if the server is busy or the line was cut."""
        try:
            status, body = self._once(method, path, form)
        except TimeoutError:
            raise
        except (OSError, HTTPException):
            status, body = 0, b""
        if status and status not in _AGAIN:
            return status, body
        time.sleep(_PAUSE)
        try:
            return self._once(method, path, form)
        except TimeoutError:
            raise
        except (OSError, HTTPException) as error:
            raise LanguageToolError(f"{self.url} does not answer: {error}") from None

    def _once(self, method: str, path: str, form: dict[str, str] | None) -> tuple[int, bytes]:
        body = urlencode(form, errors="surrogatepass") if form else None
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        try:
            connection = self._connected()
            connection.request(method, self._path + path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except BaseException:
            self.close()
            raise

    def _connected(self) -> HTTPConnection:
        """The line to the server; that nobody is there shows sooner than that he is slow."""
        if self._connection is None:
            make = HTTPSConnection if self._secure else HTTPConnection
            connection = make(self._host, self._port, timeout=min(self._timeout, _CONNECTING))
            try:
                connection.connect()
            except TimeoutError:
                raise ConnectionError(f"no connection in {connection.timeout:g} seconds") from None
            connection.sock.settimeout(self._timeout)
            self._connection = connection
        return self._connection

    def close(self) -> None:
        """Hangs up."""
        if self._connection:
            self._connection.close()
            self._connection = None


def _address(url: str) -> SplitResult:
    try:
        parts = urlsplit(url if "//" in url else f"http://{url}")
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return parts
    except ValueError:  # a port that is no number, or half an IPv6 address
        pass
    raise LanguageToolError(f"`{url}` is no address, expected http://HOST:PORT")


class _TooMuchError(Exception):
    """The server takes less at once, or gave up half-way."""


def _remarks(answer: Any, asked: Batch) -> list[tuple[Remark, ...]]:
    try:
        if answer.get("warnings", {}).get("incompleteResults"):
            raise _TooMuchError
        found: list[list[Remark]] = [[] for _ in asked.paragraphs]
        for match in answer["matches"]:
            start = match["offset"]
            place = asked.locate(start, start + match["length"])
            if place:
                found[place[0]].append(_remark(match, place[1]))
    except (KeyError, TypeError, AttributeError) as error:
        message = f"the answer is not as expected: {type(error).__name__} {error}"
        raise LanguageToolError(message) from None
    return [tuple(sorted(remarks)) for remarks in found]


def _remark(match: dict[str, Any], span: Span) -> Remark:
    rule = match["rule"]
    values = [one.get("value", "") for one in match.get("replacements", [])]
    return Remark(
        span,
        rule["id"],
        rule.get("category", {}).get("id", ""),
        rule.get("issueType", ""),
        match.get("message", ""),
        tuple(values[:_REPLACEMENTS]),
    )


def _first_line(body: bytes) -> str:
    text = body.decode("utf-8", "replace").strip()
    return (text.splitlines() or ["nothing"])[0][:120]
