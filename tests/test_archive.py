"""Names over all drafts: `check --archive`, however its files and processes are split."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from pathlib import Path

import pytest

from newslint import formats
from newslint.archive import Archive, Draft, in_archive, names_of
from newslint.index import FOLDER, read, root

SLIP = "“No deal,” said Dorothea Lindkvist of the union. Lindkvist was angry.\n"
RIGHT = "The port wrote to Dorothea Lindqvist.\n"
INDEX = Path(FOLDER, "names.sqlite")
FOUND = (
    "new.md:1:26: warning: “Lindkvist”, but “Lindqvist” in old/a.md:1 and 2 other drafts."
    " [Names.Archive]\n"
)


@pytest.fixture(autouse=True)
def _archive(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "old").mkdir()
    for name in "abc":
        (tmp_path / "old" / f"{name}.md").write_text(f"{RIGHT}\nPart {name}.\n", encoding="utf-8")
    (tmp_path / "new.md").write_text(SLIP, encoding="utf-8")


@pytest.fixture
def check(run):
    """The names that the archive spells otherwise, a line each."""

    def call(*paths: str, **environment: str) -> str:
        done = run("check", "--archive", "--select", "Names.Archive", "--format", "concise", *paths,
                   **environment)  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    return call


def test_a_name_that_other_drafts_spell_otherwise(check, run) -> None:
    assert check("new.md") == FOUND
    assert run("check", "new.md", "--format", "concise").stdout == ""


def test_json_names_the_other_place_in_the_message_and_the_own_ones_as_related(run) -> None:
    report = json.loads(run("check", "--archive", "--format", "json", "new.md").stdout)
    (finding,) = report["files"][0]["findings"]
    assert finding["fixes"] == [{"text": "Lindqvist", "safe": False}]
    assert [SLIP[one["start"] : one["end"]] for one in finding["related"]] == ["Lindkvist"]


def test_the_configuration_asks_for_it_and_the_command_line_declines(run, tmp_path: Path) -> None:
    (tmp_path / ".newslint.yml").write_text("archive: true\n", encoding="utf-8")
    assert "Names.Archive" in run("check", "new.md").stdout
    assert "Names.Archive" not in run("check", "--no-archive", "new.md").stdout
    assert ".newslint.yml:1" in run("check", "--show-config", "new.md").stdout


def test_one_draft_is_not_enough(check, tmp_path: Path) -> None:
    for name in "bc":
        (tmp_path / "old" / f"{name}.md").unlink()
    assert check("new.md") == ""


def test_copies_count_once(check, tmp_path: Path) -> None:
    for name in "bc":
        shutil.copy(tmp_path / "old" / "a.md", tmp_path / "old" / f"{name}.md")
    assert check("new.md") == ""


def test_as_many_drafts_with_the_slip_make_two_names(check, tmp_path: Path) -> None:
    (tmp_path / "old" / "d.md").write_text(f"{SLIP}\nPart d.\n", encoding="utf-8")
    assert check("new.md") == ""


def test_what_is_excluded_or_ignored_is_no_evidence(check, tmp_path: Path) -> None:
    (tmp_path / ".newslint.yml").write_text("exclude: [old/**]\n", encoding="utf-8")
    assert check("new.md") == ""
    (tmp_path / ".newslint.yml").unlink()
    (tmp_path / ".git").rmdir()
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text("old/\n", encoding="utf-8")
    assert check("new.md") == ""


def test_standard_input_is_compared_under_its_name(run, tmp_path: Path) -> None:
    arguments = ("check", "--archive", "--format", "concise", "-", "--stdin-filename", "new.md")
    assert run(*arguments, stdin=SLIP).stdout == FOUND
    (tmp_path / "old" / "b.md").unlink()
    # The two that are left have the name, one of them as the draft that is typed now.
    arguments = (*arguments[:-1], "old/c.md")
    assert run(*arguments, stdin=SLIP).stdout == ""


def test_any_order_any_split_any_number_of_processes(check, tmp_path: Path) -> None:
    names = ["new.md", "old/a.md", "old/b.md", "old/c.md"]
    expected = check(*names)
    assert expected == FOUND
    assert all(check(*order) == expected for order in list(permutations(names))[::5])
    assert check("--jobs", "3", ".") == expected
    assert "".join(check(name) for name in names) == expected
    assert check(str(tmp_path / "new.md")).endswith(FOUND)


def test_several_calls_at_once_with_no_index(check, tmp_path: Path) -> None:
    for number in range(300):
        text = f"{RIGHT}\nPart {number}.\n"
        (tmp_path / "old" / f"{number}.md").write_text(text, encoding="utf-8")
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(check, ["new.md", "new.md", "old/a.md", "new.md"]))
    expected = FOUND.replace("a.md:1 and 2", "0.md:1 and 302")
    assert found == [expected, expected, "", expected]
    assert check("new.md") == expected


def test_changed_renamed_and_deleted_drafts(check, tmp_path: Path) -> None:
    assert "old/a.md:1 and 2" in check("new.md")
    (tmp_path / "old" / "a.md").rename(tmp_path / "old" / "z.md")
    assert "old/b.md:1 and 2" in check("new.md")
    (tmp_path / "old" / "b.md").write_text("Nothing happened.\n", encoding="utf-8")
    assert "old/c.md:1 and 1" in check("new.md")
    (tmp_path / "old" / "c.md").unlink()
    assert check("new.md") == ""


@pytest.mark.parametrize("damage", ["empty", "text", "torn", "rows"])
def test_a_damaged_index_is_made_again(damage: str, check, run, tmp_path: Path) -> None:
    assert check("new.md") == FOUND
    index = tmp_path / INDEX
    whole = index.read_bytes()
    match damage:
        case "empty":
            index.write_bytes(b"")
        case "text":
            index.write_bytes(b"This is no database. " * 100)
        case "torn":
            index.write_bytes(whole[: len(whole) // 2])
        case "rows":
            index.write_bytes(whole.replace(b"Lindqvist", b"\xff" * len("Lindqvist")))
    done = run("check", "--archive", "--format", "concise", "new.md")
    assert done.stdout == FOUND
    assert ("made again" in done.stderr) == (damage in ("text", "torn"))
    assert check("new.md") == FOUND


def test_where_nothing_can_be_written_the_drafts_are_read_in_memory(check, tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("A file in the way.", encoding="utf-8")
    assert check("new.md") == FOUND
    assert (tmp_path / FOLDER).read_text(encoding="utf-8") == "A file in the way."


def test_an_index_that_another_holds_is_waited_for(check, tmp_path: Path) -> None:
    import sqlite3

    assert check("new.md") == FOUND
    (tmp_path / "old" / "d.md").write_text(f"{RIGHT}\nPart d.\n", encoding="utf-8")
    other = sqlite3.connect(tmp_path / INDEX, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(check, "new.md")
        time.sleep(1.5)
        assert not waiting.done()
        other.execute("ROLLBACK")
        assert "old/a.md:1 and 3" in waiting.result()
    other.close()


def test_the_folder_of_the_index_is_none_of_gits_business(check, tmp_path: Path) -> None:
    check("new.md")
    assert (tmp_path / FOLDER / ".gitignore").read_text(encoding="utf-8") == "*\n"


def _kill_while_reading(tmp_path: Path, seconds: float) -> int:
    """Starts a check, kills it with all of its processes, and tells how it ended."""
    command = [sys.executable, "-m", "newslint", "check", "--archive", "new.md"]
    started = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        return started.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(started.pid, 9)
        return started.wait()


@pytest.fixture
def many(tmp_path: Path) -> Iterator[int]:
    """So many drafts that reading them takes a while."""
    count = 900
    body = "The harbour was quiet on Monday, and Ingrid Halvorsen of Saint Brannoc slept. " * 40
    for number in range(count):
        text = f"{RIGHT}\n{body}\n\nPart {number}.\n"
        (tmp_path / "old" / f"{number:03}.md").write_text(text, encoding="utf-8")
    yield count


def test_killed_in_the_middle_the_index_is_whole(check, many: int, tmp_path: Path) -> None:
    ends = [_kill_while_reading(tmp_path, seconds) for seconds in (0.6, 1.0, 1.6, 2.4)]
    assert -9 in ends
    found = check("new.md")
    assert f"“Lindqvist” in old/000.md:1 and {many + 2} other drafts" in found
    assert check("new.md") == found


def test_the_index_says_what_the_drafts_say(tmp_path: Path) -> None:
    paths = sorted(tmp_path.rglob("*.md"))
    fresh, kept = read(tmp_path, paths), read(tmp_path, list(reversed(paths)))
    assert [draft.path for draft in fresh.archive.drafts] == sorted(
        path.relative_to(tmp_path).as_posix() for path in paths
    )
    assert fresh.archive.drafts == kept.archive.drafts
    assert fresh.archive.known() == kept.archive.known()


def test_a_draft_is_read_once_as_long_as_it_stays(tmp_path: Path, monkeypatch) -> None:
    from newslint import index

    paths = sorted(tmp_path.rglob("*.md"))
    looked: list[str] = []
    look = index._look
    monkeypatch.setattr(index, "_look", lambda path: looked.append(path.name) or look(path))
    read(tmp_path, paths, 1)
    assert sorted(looked) == ["a.md", "b.md", "c.md", "new.md"]
    (tmp_path / "old" / "b.md").write_text("It rained.\n", encoding="utf-8")
    read(tmp_path, paths, 1)
    assert looked[4:] == ["b.md"]


def test_drafts_long_gone_leave_the_index(tmp_path: Path, monkeypatch) -> None:
    import sqlite3

    from newslint import index

    monkeypatch.setattr(index, "_SPARE", 0)
    path = tmp_path / "new.md"
    for number in range(5):
        path.write_text(f"Part {number}.\n", encoding="utf-8")
        read(tmp_path, [path])
    (count,) = sqlite3.connect(tmp_path / INDEX).execute("SELECT count(*) FROM names").fetchone()
    assert count <= 2


def test_the_root_of_an_archive(tmp_path: Path, monkeypatch) -> None:
    assert root(tmp_path / "old" / "a.md") == tmp_path
    (tmp_path / ".git").rmdir()
    (tmp_path / "old" / ".newslint.yml").write_text("", encoding="utf-8")
    assert root(tmp_path / "old" / "a.md") == tmp_path / "old"
    (tmp_path / "old" / ".newslint.yml").unlink()
    monkeypatch.chdir(tmp_path)
    assert root(tmp_path / "old" / "a.md") == tmp_path
    monkeypatch.chdir("/")
    assert root(Path("new.md")) == Path("/")


@pytest.mark.parametrize(
    "text", ["", "🙂", "Émile\u0301 Zola\r\nmet Zoë.", "\u202bשרה כהן", "O’Connor's"]
)
def test_names_stand_where_the_archive_says(text: str) -> None:
    document = formats.read(text.encode(), "a.txt")
    names = names_of(document)
    for name in (*names.entries, *names.full):
        assert name.text in document.line(name.line)


def test_what_others_say_depends_on_no_order() -> None:
    texts = {"a.txt": SLIP, "b.txt": RIGHT, "c.txt": f"{RIGHT} Then."}
    drafts = [
        Draft(name, text.encode(), names_of(formats.read(text.encode(), name)))
        for name, text in texts.items()
    ]
    document = formats.read(SLIP.encode(), "a.txt")
    found = {Archive(order).elsewhere(document) for order in permutations(drafts)}
    assert len(found) == 1
    documents = [formats.read(text.encode(), name) for name, text in texts.items()]
    assert found == {in_archive(documents)[0].elsewhere}
    (lindqvist,) = (one for one in in_archive(documents)[0].elsewhere if one.text == "Lindqvist")
    assert (lindqvist.drafts, lindqvist.uses, lindqvist.path, lindqvist.line) == (2, 2, "b.txt", 1)
