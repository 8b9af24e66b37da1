"""What the client makes of answers, good and bad."""

import json
import socket
import time

import pytest
from replaying import RECORDED, Replay, Reply, answer, match

from newslint.languagetool import client as module
from newslint.languagetool.client import Client
from newslint.languagetool.errors import LanguageToolError

RECORDED_REPLY = Reply(json.dumps(RECORDED["answer"]).encode())
HTML = b"<html><body>Proxy authentication required</body></html>"


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PAUSE", 0)


def test_a_recorded_answer_in_code_points(replay: Replay) -> None:
    replay.replies.append(RECORDED_REPLY)
    texts = RECORDED["paragraphs"]
    remarks = Client(replay.url).check(texts, "en-US")
    found = [
        [text[slice(*remark.span)] for remark in answers or ()]
        for text, answers in zip(texts, remarks)
    ]
    assert found == [
        ["goverment", "are", "recieve"],
        ["thier", "teh"],
        ["Cafe\u0301", "nai\u0308ve", "wierd"],
    ]
    assert remarks[0][0].replacements[0] == "government"  # type: ignore[index]
    assert (remarks[0][1].id, remarks[0][1].category) == ("THAT_SOUND_GREAT", "GRAMMAR")  # type: ignore[index]


@pytest.mark.parametrize("path", ["", "/", "/v2", "/v2/"])
def test_an_address_with_or_without_its_version(replay: Replay, path: str) -> None:
    assert Client(replay.url + path).is_healthy()
    assert Client(replay.url.removeprefix("http://") + path).is_healthy()


@pytest.mark.parametrize("url", ["ftp://x", "http://", "", "::", "http://[::1", "localhost:port"])
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(LanguageToolError, match="no address"):
        Client(url)


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("localhost:8081", True), ("http://127.0.0.1:1/v2", True), ("http://[::1]:8081", True),
        ("https://api.languagetool.org", False), ("http://10.0.0.7", False), ("http://0.0.0.0", False),
        ("http://localhost.example.org", False), ("http://127.0.0.1@example.org", False),
    ],
)  # fmt: skip
def test_which_addresses_are_this_machine(url: str, local: bool) -> None:
    assert Client(url).is_local == local


@pytest.mark.parametrize("status", [429, 500, 503])
def test_busy_is_asked_once_more(replay: Replay, status: int) -> None:
    replay.replies += [Reply(b"busy", status), answer(match(0, 3))]
    assert len(Client(replay.url).check(["abc"], "en-US")[0] or ()) == 1
    assert len(replay.asked) == 2


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(b"Error: no such level\n", 400), "answers 400: Error: no such level"),
        (Reply(b"too many requests", 429), "answers 429: too many"),
        (Reply(b"Internal Error", 500), "answers 500: Internal"),
        (Reply(b"Server overloaded", 503), "answers 503: Server over"),
        (Reply(HTML, 502), "answers 502: <html>"),
        (Reply(HTML), "is not LanguageTool's: <html>"),
        (Reply(b""), "is not LanguageTool's: nothing"),
        (Reply(b'{"matches": [{"off'), "broke off$"),
        (Reply(b"[]"), "not as expected"),
        (Reply(b'{"matches": 3}'), "not as expected"),
        (Reply(b'{"matches": [{"offset": 1}]}'), "not as expected: KeyError 'length'"),
        (Reply(b'{"matches": []}', cut=5), "does not answer"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_answer_is_one_error(replay: Replay, reply: Reply, words: str) -> None:
    replay.otherwise = lambda form: reply
    with pytest.raises(LanguageToolError, match=words):
        Client(replay.url).check(["one", "two", "three", "four"], "en-US")
    assert len(replay.asked) <= 2


def test_nobody_there() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    client = Client(url)
    assert not client.is_healthy()
    with pytest.raises(LanguageToolError, match="does not answer"):
        client.check(["abc"], "en-US")


def test_too_much_at_once_is_asked_in_halves(replay: Replay) -> None:
    def choosy(form: dict[str, str]) -> Reply:
        sent = json.loads(form["data"])["annotation"]
        size = sum(len(piece.get("text", "")) for piece in sent)
        return Reply(b"too long", 413) if size > 6 else answer(match(0, 1))

    replay.otherwise = choosy
    remarks = Client(replay.url).check(["one", "two", "seventeen", "four"], "en-US")
    assert [answers is not None for answers in remarks] == [True, True, False, True]
    assert remarks[3] and remarks[3][0].span == (0, 1)


def test_an_incomplete_answer_is_not_used(replay: Replay) -> None:
    replay.replies.append(answer(match(0, 3), warnings={"incompleteResults": True}))
    remarks = Client(replay.url).check(["one", "two"], "en-US")
    assert remarks == [(), ()]
    assert replay.texts() == [["one", "two"], ["one"], ["two"]]
    replay.otherwise = lambda form: answer(warnings={"incompleteResults": True})
    assert Client(replay.url).check(["one"], "en-US") == [None]


def test_a_slow_answer_is_halved_once(replay: Replay) -> None:
    replay.replies.append(answer()._replace(after=0.6))
    remarks = Client(replay.url, timeout=0.3).check(["a", "b", "c", "d"], "en-US")
    assert remarks == [(), (), (), ()]
    assert replay.texts() == [["a", "b", "c", "d"], ["a", "b"], ["c", "d"]]


def test_a_server_that_hangs_is_not_waited_for_again_and_again(replay: Replay) -> None:
    replay.otherwise = lambda form: answer()._replace(after=2)
    start = time.monotonic()
    with pytest.raises(TimeoutError):
        Client(replay.url, timeout=0.2).check(["a", "b", "c", "d", "e", "f"], "en-US")
    assert time.monotonic() - start < 1
    assert len(replay.asked) == 2
