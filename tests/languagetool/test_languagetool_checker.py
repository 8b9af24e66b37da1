"""Many drafts and one server: batches, the cache, and what happens when something fails."""

from pathlib import Path

import pytest
from replaying import Replay, Reply, answer, match

from newslint import formats
from newslint.languagetool import checker as module
from newslint.languagetool import client
from newslint.languagetool.checker import Checker
from newslint.languagetool.setup import Setup
from newslint.text import Document

pytestmark = pytest.mark.usefixtures("own_cache")


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_PAUSE", 0)


def draft(text: str, name: str = "a.md") -> Document:
    return formats.read(text.encode(), name)


def found(checker: Checker, document: Document, language: str = "") -> list[str]:
    remarks = checker.remarks(checker.ask(document, language))
    return [document.source[slice(*document.to_source(remark.span))] for remark in remarks]


def test_spans_of_the_source(replay: Replay) -> None:
    replay.replies.append(answer(match(5, 8), match(19, 3)))
    document = draft("# A 😀 <b>headline</b>\n\nRun **the** end.\n")
    checker = Checker(Setup(url=replay.url))
    assert found(checker, document) == ["headline", "the"]
    assert replay.texts() == [["A 😀 headline", "Run the end."]]


def test_an_unchanged_draft_is_not_asked_again(replay: Replay) -> None:
    replay.otherwise = lambda form: answer(match(0, 3))
    document = draft("One thing.\n\nTwo things.\n")
    first = found(Checker(Setup(url=replay.url)), document)
    again = found(Checker(Setup(url=replay.url)), document)
    assert first == again == ["One"]
    assert len(replay.asked) == 1


def test_a_changed_word_asks_for_one_paragraph(replay: Replay) -> None:
    texts = [f"Paragraph {number} is here." for number in range(9)]
    found(Checker(Setup(url=replay.url)), draft("\n\n".join(texts)))
    texts[4] = "Paragraph 4 is there."
    found(Checker(Setup(url=replay.url)), draft("\n\n".join(texts)))
    assert replay.texts()[1:] == [["Paragraph 4 is there."]]


def test_the_same_paragraph_is_asked_once(replay: Replay) -> None:
    replay.otherwise = lambda form: answer(match(0, 3))
    checker = Checker(Setup(url=replay.url))
    drafts = [draft("The same.\n", f"{number}.txt") for number in range(5)]
    asked = [checker.ask(document, "") for document in drafts]
    assert [len(checker.remarks(one)) for one in asked] == [1] * 5
    assert replay.texts() == [["The same."]]


def test_another_english_is_another_question(replay: Replay) -> None:
    checker = Checker(Setup(url=replay.url))
    for language in ("en-US", "en-GB", "en-AU", "en-CA", "en-IN", "", "en-US"):
        found(checker, draft("The colour.\n"), language)
    assert [form["language"] for form in replay.asked] == ["en-US", "en-GB", "en-AU", "en-CA"]
    assert checker.notices == ("it has no en-IN; en-GB is used",)
    assert not checker.failed


def test_batches_are_bounded(replay: Replay) -> None:
    text = "\n\n".join(f"{number} " + "word " * 200 for number in range(60))
    found(Checker(Setup(url=replay.url)), draft(text, "a.txt"))
    sizes = [sum(map(len, texts)) for texts in replay.texts()]
    assert len(sizes) > 2
    assert max(sizes) < module._BATCH + 1100


def test_batches_do_not_change_what_is_found(
    replay: Replay, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def mark_the(form: dict[str, str]) -> Reply:
        sent = "\n\n".join(replay.texts()[-1])
        starts = [at for at in range(len(sent)) if sent.startswith("teh", at)]
        return answer(*(match(start, 3) for start in starts))

    replay.otherwise = mark_the
    monkeypatch.setattr(module, "_WORKERS", 1)  # the replay knows only the last question
    document = draft("\n\n".join(f"Paragraph {number} of teh draft." for number in range(20)))
    seen = []
    for size in (1, 100, 20_000):
        monkeypatch.setattr(module, "_BATCH", size)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / str(size)))
        checker = Checker(Setup(url=replay.url))
        seen.append(checker.remarks(checker.ask(document, "")))
    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0]) == 20


def test_all_that_fails_is_one_notice(replay: Replay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BATCH", 10)
    replay.otherwise = lambda form: Reply(b"Server overloaded", 503)
    checker = Checker(Setup(url=replay.url))
    for number in range(20):
        assert found(checker, draft(f"Draft number {number}.\n")) == []
    assert checker.notices == (f"{replay.url} answers 503: Server overloaded",)
    assert checker.failed
    assert len(replay.asked) <= 4, "the drafts after the failure are not asked for"


def test_what_failed_is_not_kept(replay: Replay) -> None:
    replay.replies += [Reply(b"bad", 400)]
    replay.otherwise = lambda form: answer(match(0, 3))
    assert found(Checker(Setup(url=replay.url)), draft("One.\n")) == []
    assert found(Checker(Setup(url=replay.url)), draft("One.\n")) == ["One"]


def test_a_paragraph_that_the_server_refuses_is_left_out(replay: Replay) -> None:
    def choosy(form: dict[str, str]) -> Reply:
        texts = replay.texts()[-1]
        return Reply(b"too long", 413) if any("refuse" in t for t in texts) else answer(match(0, 3))

    replay.otherwise = choosy
    checker = Checker(Setup(url=replay.url))
    assert "Two" in found(checker, draft("One.\n\nI refuse.\n\nTwo.\n"))
    assert checker.notices == ("1 paragraph was too long to be checked",)


def test_a_paragraph_without_end_is_not_sent(replay: Replay) -> None:
    checker = Checker(Setup(url=replay.url))
    found(checker, draft("word " * 11_000 + "\n\nShort.\n", "a.txt"))
    assert replay.texts() == [["Short."]]
    assert checker.notices == ("1 paragraph was too long to be checked",)


def test_a_slow_server(replay: Replay) -> None:
    replay.otherwise = lambda form: answer()._replace(after=2)
    checker = Checker(Setup(url=replay.url, timeout=0.2))
    assert found(checker, draft("One.\n")) == []
    assert checker.notices == ("no answer in 0.2 seconds",)


@pytest.mark.parametrize("url", ["https://api.languagetool.org", "http://10.0.0.7:8081/v2/"])
def test_another_machine_only_where_that_is_said(url: str) -> None:
    checker = Checker(Setup(url=url))
    assert found(checker, draft("Secret.\n")) == []
    assert "is another machine, and drafts would go there" in checker.notices[0]
    assert Checker(Setup(url=url, allow_remote=True)).notices == ()


@pytest.mark.usefixtures("nothing_installed")
def test_a_server_that_others_started_is_found(
    replay: Replay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.server, "USUAL", ("http://127.0.0.1:9", replay.url))
    monkeypatch.setattr(client.Client, "languages", lambda self: frozenset({"en-US"}))
    replay.otherwise = lambda form: answer(match(0, 3))
    checker = Checker(Setup())
    assert found(checker, draft("One.\n")) == ["One"]
    assert not checker.failed


@pytest.mark.usefixtures("nothing_installed")
def test_nothing_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.server, "USUAL", ())
    checker = Checker(Setup())
    assert found(checker, draft("One.\n")) == []
    assert checker.notices == ("it is not installed; run: newslint languagetool install",)
