"""Names as a reader knows them, and `newslint names`, which lists them."""

import json
from pathlib import Path

import pytest

from newslint import formats
from newslint.fullnames import full_names


def names(text: str, format: str = "txt") -> list[str]:
    return list(full_names(formats.read(text.encode(), f"a.{format}")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We met Dorothea Lindqvist of Saint Brannoc.", ["Dorothea Lindqvist", "Saint Brannoc"]),
        ("The Bank of England waited. So did Mr Brodie.", ["Bank of England", "Brodie"]),
        ("Was it Blair of Labour, or Ursula von der Leyen?", ["Blair", "Labour", "Ursula von der Leyen"]),
        ("She read John F. Kennedy’s letter to NATO.", ["John F. Kennedy", "NATO"]),
        ("“They lied,” he said. “Everyone lied to Lindqvist.”", ["Lindqvist"]),
        ("Ships wait. Crews wait. Mark Hadley came on Monday in May.", ["Mark Hadley"]),
        ("Kim Jong-un met a Kyiv-based doctor.", ["Kim Jong-un"]),
        ("I think I’ve seen Émile Zola and Zoë Müller.", ["Émile Zola", "Zoë Müller"]),
        ("Ferry Workers Return To The Quay\n\nA ferry left.", []),
        ("FERRY WORKERS RETURN TO WORK\n\nA ferry left.", []),
        ("The council met. The Council voted.", []),
        ("", []),
    ],
)  # fmt: skip
def test_names_of_a_draft(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_name_begins_a_sentence_whole_if_it_stands_whole_elsewhere() -> None:
    assert names("Bank of England rates rose, said the Bank of England.") == ["Bank of England"]


def test_markup_is_no_part_of_a_name() -> None:
    assert names("We met **Dorothea** [Lindqvist](x).", "md") == ["Dorothea Lindqvist"]


@pytest.fixture(autouse=True)
def _drafts(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    texts = {
        "a.md": "It was Dorothea Lindqvist.\n\n“We saw Dorothea Lindqvist in Brannoc,” he said.\n",
        "b.md": "Again Dorothea Lindqvist came, to see Anselm Brodie.\n",
        "c.md": "He saw Dorothea Lindkvist, and Jane Roe.\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")


def test_the_table(run) -> None:
    assert run("names").stdout.splitlines() == [
        "name                mentions  drafts  first",
        "Dorothea Lindqvist         3       2  a.md:1",
        "Anselm Brodie              1       1  b.md:1",
        "Brannoc                    1       1  a.md:3",
        "Dorothea Lindkvist         1       1  c.md:1",
        "Jane Roe                   1       1  c.md:1",
        "5 names.",
    ]
    assert run("names", "c.md").stdout.splitlines()[-1] == "2 names."


def test_near_misses_with_both_places(run) -> None:
    assert run("names", "--near").stdout.splitlines() == [
        "form       drafts  first   near       drafts  first",
        "Lindkvist       1  c.md:1  Lindqvist       2  a.md:1  a slip",
        "1 pair.",
    ]
    (pair,) = json.loads(run("names", "--near", "--format", "json").stdout)["near"]
    assert pair["one"] == {
        "name": "Lindkvist",
        "mentions": 1,
        "drafts": 1,
        "path": "c.md",
        "line": 1,
    }
    assert (pair["other"]["name"], pair["other"]["mentions"], pair["sure"]) == (
        "Lindqvist",
        3,
        True,
    )


def test_what_is_marked_as_a_slip_is_what_check_finds(run) -> None:
    found = run("check", "--archive", "--select", "Names.Archive", "--format", "concise").stdout
    assert found == (
        "c.md:1:17: warning: “Lindkvist”, but “Lindqvist” in a.md:1 and 1 other draft. [Names.Archive]\n"
    )


def test_names_new_to_the_archive(run) -> None:
    assert run("names", "--new", "c.md").stdout.splitlines() == [
        "name                mentions  first   nearest known",
        "Dorothea Lindkvist         1  c.md:1  Dorothea Lindqvist (a.md:1)",
        "Jane Roe                   1  c.md:1  –",
        "2 new names.",
    ]
    new = json.loads(run("names", "--new", "c.md", "--format", "json").stdout)
    assert new["version"] == 1
    assert [one["nearest"] and one["nearest"]["name"] for one in new["new"]] == [
        "Dorothea Lindqvist",
        None,
    ]
    assert run("names", "--new", "a.md", "b.md").stdout.splitlines()[-1] == "4 new names."


def test_a_part_of_the_drafts_leaves_the_index_whole(run, tmp_path: Path) -> None:
    run("names")
    index = tmp_path / ".newslint_cache" / "names.sqlite"
    before = index.read_bytes()
    run("names", "a.md")
    run("names", "--new", "a.md")
    assert index.read_bytes() == before


@pytest.mark.parametrize("arguments", [["gone"], ["--new", "gone.md"], ["--near", "--new", "a.md"]])
def test_errors(arguments: list[str], run) -> None:
    done = run("names", *arguments)
    assert done.returncode == 2
    assert done.stderr and not done.stdout and "Traceback" not in done.stderr


def test_no_drafts_no_names(run, tmp_path: Path) -> None:
    for path in tmp_path.glob("*.md"):
        path.unlink()
    assert run("names").stdout.splitlines()[-1] == "0 names."
    assert run("names", "--near").stdout.splitlines()[-1] == "0 pairs."
