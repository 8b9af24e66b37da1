"""Drafts in, remarks out: what the cache knows from there, the rest from the server, in batches.

Drafts are handed in as they are read, while rules of ours still run; the answers are fetched at the
end. What a paragraph gets does not depend on what it was sent with, so the remarks are the same for
any order and number of drafts. Whatever fails is one notice, and no remark.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, wait
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import msgspec

from newslint.languagetool import installation, server
from newslint.languagetool.cache import Cache, folder, key
from newslint.languagetool.client import Answer, Client
from newslint.languagetool.errors import LanguageToolError
from newslint.languagetool.installation import Installation
from newslint.languagetool.setup import Setup
from newslint.languagetool.workers import Workers
from newslint.remarks import Remark
from newslint.spans import Span
from newslint.text import Document

_WORKERS = 2
_BATCH = 20_000
"""Characters that are sent at once; a request costs some ten milliseconds."""

_LONGEST = 50_000
"""Characters of a paragraph that is sent; a longer one is no paragraph."""

_DAY = 1.0
"""Days that answers of a server that is not ours are kept: it may be renewed unseen."""

_VARIANTS = ("en-AU", "en-CA", "en-GB", "en-NZ", "en-US", "en-ZA")
"""The Englishes whose spelling it knows; any other it takes for `en`, and spells nothing."""

_INSTEAD = {"en-IE": "en-GB", "en-IN": "en-GB"}


class Asked(NamedTuple):
    """The paragraphs of a draft, and the keys of their answers."""

    spans: tuple[Span, ...]
    keys: tuple[bytes, ...]


class Checker:
    """Asks LanguageTool for any number of drafts; to be closed."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self._lock = threading.Lock()
        self._local = threading.local()
        self._workers: Workers | None = None
        self._pending: dict[tuple[str, bytes], str] = {}
        self._size = 0
        self._running: dict[bytes, Future[None]] = {}
        self._answers: dict[bytes, tuple[Remark, ...]] = {}
        self._url = ""
        self._trouble = ""
        self._left_out = 0
        self._said: list[str] = []
        self._installation, self._identity = self._backend()
        days = 0 if self._installation else _DAY
        self._cache = Cache(folder() / "languagetool.sqlite3", days)

    @property
    def failed(self) -> bool:
        """Whether something was asked in vain."""
        return bool(self._trouble or self._left_out)

    @property
    def notices(self) -> tuple[str, ...]:
        """What went wrong, or was done otherwise than asked; the first is the gravest."""
        left_out = "1 paragraph was" if self._left_out == 1 else f"{self._left_out} paragraphs were"
        grave = (self._trouble, f"{left_out} too long to be checked" if self._left_out else "")
        return (*filter(None, grave), *self._said)

    def ask(self, document: Document, language: str) -> Asked:
        """Takes a draft in; what the cache does not know is sent when there is enough of it."""
        variant = self._variant(language)
        spans = tuple(block.span for block in document.blocks)
        texts = [document.prose[span.start : span.end] for span in spans]
        keys = tuple(key(self._identity, variant, text) for text in texts)
        unknown = [one for one in dict.fromkeys(keys) if one not in self._answers]
        self._answers |= self._cache.get(unknown)
        for one, text in zip(keys, texts):
            waiting = one in self._running or (variant, one) in self._pending
            if not (one in self._answers or waiting or self._trouble):
                self._await(one, text, variant)
        if self._size >= _BATCH:
            self.send()
        return Asked(spans, keys)

    def _await(self, one: bytes, text: str, variant: str) -> None:
        if len(text) > _LONGEST:
            self._left_out += 1
            return
        self._wake()
        self._pending[variant, one] = text
        self._size += len(text)

    def send(self) -> None:
        """Sends what is waiting, in the background."""
        for variant in sorted({variant for variant, _ in self._pending}):
            asked = [(one, text) for (its, one), text in self._pending.items() if its == variant]
            for batch in _batches(asked):
                assert self._workers is not None
                step = partial(self._fetch, batch, variant)
                future = self._workers.submit(partial(self._attempt, step))
                self._running |= dict.fromkeys((one for one, _ in batch), future)
        self._pending.clear()
        self._size = 0

    def remarks(self, asked: Asked) -> tuple[Remark, ...]:
        """What LanguageTool says of a draft, in the spans of its prose; waits for the answers."""
        self.send()
        found: list[Remark] = []
        for span, one in zip(asked.spans, asked.keys):
            if one in self._running:
                self._wait(self._running[one])
            for remark in self._answers.get(one, ()):
                found.append(remark._replace(span=remark.span.shift(span.start)))
        return tuple(found)

    def prepared(self, document: Document, language: str = "") -> Document:
        """The draft with its remarks."""
        remarks = self.remarks(self.ask(document, language))
        return msgspec.structs.replace(document, remarks=remarks)

    def close(self) -> None:
        """Lets go of the threads and of the cache."""
        if self._workers:
            self._workers.dismiss()
        self._cache.close()

    def _wait(self, future: "Future[None]") -> None:
        """Waits, and meanwhile says that the server is in use, so that it does not go idle."""
        while wait([future], min(5.0, self.setup.idle / 4)).not_done:
            if self._installation:
                server.beat(self._installation)
        future.result()

    def _wake(self) -> None:
        """Lets the server start while drafts are still read."""
        if self._workers is None:
            self._workers = Workers(_WORKERS)
            self._workers.submit(partial(self._attempt, self._client))

    def _backend(self) -> tuple[Installation | None, str]:
        """Whom to ask: the address given, what is installed here, or a server that runs here.

        What is installed comes before a server that happens to run, so that what is found does not
        depend on it.
        """
        if self.setup.url:
            return None, self._named(self.setup.url)
        try:
            installed = installation.find(self.setup.jars, self.setup.overlay)
        except LanguageToolError as error:
            self._give_up(str(error))
            return None, ""
        if installed:
            return installed, installed.identity
        self._url = server.usual("en-US") or ""
        if not self._url:
            self._give_up("it is not installed; run: newslint languagetool install")
        return None, self._url

    def _named(self, url: str) -> str:
        """The address of the configuration, unless drafts would go where they should not."""
        try:
            local = Client(url).is_local
        except LanguageToolError as error:
            self._give_up(str(error))
            return url
        if not (local or self.setup.allow_remote):
            self._give_up(
                f"{url} is another machine, and drafts would go there; "
                "say `allow-remote: true` to allow it"
            )
        self._url = url
        return url

    def _variant(self, language: str) -> str:
        """The English that LanguageTool knows, for one that was asked for."""
        if language in ("", *_VARIANTS):
            return language or "en-US"
        instead = _INSTEAD.get(language, "en-US")
        self._say(f"it has no {language}; {instead} is used")
        return instead

    def _fetch(self, batch: Sequence[tuple[bytes, str]], variant: str) -> None:
        """Asks for paragraphs, and keeps the answers."""
        answers = self._client().check([text for _, text in batch], variant)
        self._keep({one: answer for (one, _), answer in zip(batch, answers)})

    def _attempt(self, step: Callable[[], object]) -> None:
        """Does something in a thread of the workers, unless a step before it failed."""
        if self._trouble:
            return
        try:
            step()
        except LanguageToolError as error:
            self._give_up(str(error))
        except TimeoutError:
            self._give_up(f"no answer in {self.setup.timeout:g} seconds")
        except OSError as error:
            self._give_up(f"no answer: {error}")

    def _keep(self, answers: Mapping[bytes, Answer]) -> None:
        fresh = {one: answer for one, answer in answers.items() if answer is not None}
        with self._lock:
            self._answers |= fresh
            self._left_out += len(answers) - len(fresh)
            self._cache.put(fresh)

    def _client(self) -> Client:
        """The client of this thread; the first one waits for the server to start."""
        with self._lock:
            self._url = self._url or self._start()
        if not hasattr(self._local, "client"):
            self._local.client = Client(self._url, self.setup.timeout)
        if self._installation:
            server.beat(self._installation)
        client: Client = self._local.client
        return client

    def _start(self) -> str:
        """The address of the server, started if need be, but not again where that failed."""
        if self._trouble:
            raise LanguageToolError(self._trouble)
        assert self._installation is not None
        try:
            return server.ensure(self._installation, self.setup.idle)
        except LanguageToolError as error:
            self._give_up(str(error))  # Before another thread may try.
            raise

    def _give_up(self, reason: str) -> None:
        """Nothing more is asked; of several reasons the first is told."""
        self._trouble = self._trouble or reason

    def _say(self, message: str) -> None:
        if message not in self._said:
            self._said.append(message)


def _batches(asked: Sequence[tuple[bytes, str]]) -> list[Sequence[tuple[bytes, str]]]:
    """The paragraphs in runs of `_BATCH` characters and a paragraph."""
    cuts, size = [0], 0
    for number, (_, text) in enumerate(asked):
        size += len(text)
        if size >= _BATCH:
            cuts.append(number + 1)
            size = 0
    edges = sorted({*cuts, len(asked)})
    return [asked[start:end] for start, end in pairwise(edges)]
