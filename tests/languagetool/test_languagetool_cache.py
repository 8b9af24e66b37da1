"""Answers on disk: what was asked once is known; trouble with the file is none of the run's."""

import sqlite3
import threading
from pathlib import Path

import pytest

from newslint.languagetool import cache as module
from newslint.languagetool.cache import Cache, key
from newslint.remarks import Remark
from newslint.spans import Span

REMARK = Remark(Span(1, 3), "ID", "CATEGORY", "type", "message 😀", ("use",))


def test_an_answer_comes_back(tmp_path: Path) -> None:
    one = key("6.8", "en-US", "A paragraph 😀 \ud800.")
    Cache(tmp_path / "a.db").put({one: [REMARK]})
    assert Cache(tmp_path / "a.db").get([one, b"another"]) == {one: (REMARK,)}


def test_each_part_of_the_question_counts() -> None:
    asked = [
        ("6.8", "en-US", "a"),
        ("6.9", "en-US", "a"),
        ("6.8", "en-GB", "a"),
        ("6.8", "en-US", "b"),
    ]
    assert len({key(*one) for one in asked}) == 4


def test_the_longest_unused_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ROWS", 8)
    cache = Cache(tmp_path / "a.db")
    for number in range(8):
        cache.put({bytes([number]): [REMARK]})
    cache.get([b"\0"])
    cache.put({b"new": [REMARK]})
    kept = cache.get([b"\0", b"\1", b"\7", b"new"])
    assert set(kept) == {b"\0", b"\7", b"new"}
    (count,) = sqlite3.connect(tmp_path / "a.db").execute("SELECT count(*) FROM answers").fetchone()
    assert count == 6


def test_old_answers_of_another_server_do_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.time, "time", lambda: 1_000_000.0)
    Cache(tmp_path / "a.db", days=1).put({b"k": [REMARK]})
    assert Cache(tmp_path / "a.db", days=1).get([b"k"])
    monkeypatch.setattr(module.time, "time", lambda: 1_000_000.0 + 2 * 86_400)
    assert not Cache(tmp_path / "a.db", days=1).get([b"k"])
    assert Cache(tmp_path / "a.db").get([b"k"])


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"x" * 4000])
def test_a_file_that_is_no_database_is_made_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)
    cache = Cache(path)
    cache.put({b"k": [REMARK]})
    assert cache.get([b"k"]) == {b"k": (REMARK,)}


def test_no_file_can_be_had(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "a.db")
    cache.put({b"k": [REMARK]})
    assert cache.get([b"k"]) == {b"k": (REMARK,)}


def test_an_answer_that_cannot_be_read_is_asked_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "a.db")
    cache.put({b"k": [REMARK]})
    with sqlite3.connect(tmp_path / "a.db") as database:
        database.execute("UPDATE answers SET answer = '{'")
    assert cache.get([b"k"]) == {}


def test_runs_side_by_side(tmp_path: Path) -> None:
    def fill(first: int) -> None:
        cache = Cache(tmp_path / "a.db")
        for number in range(20):
            cache.put({bytes([first, number]): [REMARK]})
        cache.close()

    threads = [threading.Thread(target=fill, args=(first,)) for first in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    asked = [bytes([first, number]) for first in range(4) for number in range(20)]
    assert set(Cache(tmp_path / "a.db").get(asked)) == set(asked)
