import os
import pickle
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newslint
from newslint.lexicon import Lexicon, dictionary, frequency

PACKAGE = Path(newslint.__file__).parent
RULES = PACKAGE.parent / "rules"
LEXICONS = (*sorted(PACKAGE.glob("lexicons/*.t[xs][tv]")), RULES / "Typos" / "misspellings.tsv")
SPELLINGS = RULES / "Consistency" / "uk-us.tsv"

WORD = st.text(st.characters(exclude_characters="\t\n", exclude_categories=["Cs"]), min_size=1)


def rows(path: Path) -> Iterator[list[str]]:
    lines = path.read_text("utf-8").split("\n")
    return (line.split("\t") for line in lines if line and not line.startswith("#"))


def words(language: str) -> set[str]:
    return {word.lower() for (word,) in rows(PACKAGE / "lexicons" / f"{language}.txt")}


@pytest.mark.parametrize("path", LEXICONS, ids=lambda path: path.name)
def test_shipped_lexicons_are_sorted_by_bytes_and_unique(path: Path) -> None:
    lines = path.read_bytes().split(b"\n")
    assert lines.pop() == b""
    assert all(a.split(b"\t")[0] < b.split(b"\t")[0] for a, b in pairwise(lines))
    assert len(lines) > 50_000


@given(st.dictionaries(WORD, WORD), WORD)
def test_finds_what_is_listed_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, listed: dict[str, str], other: str
) -> None:
    path = tmp_path_factory.mktemp("lexicon") / "words.tsv"
    lines = [f"{word}\t{listed[word]}".encode() for word in sorted(listed, key=str.encode)]
    path.write_bytes(b"\n".join(lines))
    lexicon = Lexicon(path)
    assert {word: lexicon.get(word) for word in listed} == listed
    assert (other in lexicon) == (other in listed)


def test_words_without_values_after_comments(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("# of the house\napple\nzoë\n", "utf-8")
    assert [Lexicon(path).get(word) for word in ("apple", "zoë", "app", "", "# of")] == [
        "", "", None, None, None,
    ]  # fmt: skip


def test_an_empty_file_has_no_words_and_a_missing_one_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    assert "a" not in Lexicon(tmp_path / "empty.txt")
    with pytest.raises(FileNotFoundError):
        Lexicon(tmp_path / "missing.txt").get("a")


def test_a_lexicon_goes_to_another_process() -> None:
    assert "Kyiv" in pickle.loads(pickle.dumps(dictionary("en-GB")))


def test_reads_from_a_package_in_an_archive(tmp_path: Path) -> None:
    archive = tmp_path / "newslint.zip"
    with zipfile.ZipFile(archive, "w") as package:
        for name in ("__init__.py", "lexicon.py", "lexicons/frequency.tsv"):
            package.write(PACKAGE / name, f"newslint/{name}")
    code = "import newslint.lexicon as lexicon; print(lexicon.__file__, lexicon.frequency('Kyiv'))"
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(archive)},
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert run.stdout.split() == [f"{archive}/newslint/lexicon.py", str(frequency("Kyiv"))]


@pytest.mark.parametrize("name", ["Vladimir", "Zelensky", "Kharkiv", "Deloitte", "Netanyahu"])
def test_frequency_knows_names(name: str) -> None:
    assert frequency(name) >= 3


@pytest.mark.parametrize("slip", ["Vladmir", "Deliotte", "goverment", "seperate", "", "’", "-"])
def test_frequency_does_not_know_slips(slip: str) -> None:
    assert frequency(slip) == 0.0


def test_frequency_puts_words_in_order() -> None:
    ranked = [frequency(word) for word in ("the", "government", "lake", "parley", "xylograph")]
    assert ranked == sorted(ranked, reverse=True)
    assert ranked[0] > 7 and ranked[-1] == 0.0


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("GOVERNMENT", "government"),
        ("Erdoğan", "erdogan"),
        ("Erdog\u0306an", "erdogan"),
        ("government’s", "government"),
        ("O’Connor", "connor"),
        ("Kyiv-based", "based"),
    ],
)
def test_frequency_of_other_ways_to_write_a_word(written: str, plain: str) -> None:
    assert frequency(written) == frequency(plain) > 0


def test_dictionaries_keep_to_their_side_of_the_ocean() -> None:
    american, british = dictionary("en-US"), dictionary("en-GB")
    both = ("organize", "Vladimir", "café", "don't", "whistleblower")
    assert all(word in american and word in british for word in both)
    assert all(word in british and word not in american for word in ("organise", "colour"))
    assert all(word in american and word not in british for word in ("color", "analyze"))
    neither = ("vladimir", "recieve", "government's")
    assert not any(word in american or word in british for word in neither)


def test_misspellings_are_no_words_and_their_corrections_are() -> None:
    known = words("en-US") | words("en-GB")
    for wrong, rights in rows(LEXICONS[-1]):
        assert wrong not in known and len(wrong) > 3, wrong
        assert all(part in known for part in rights.lower().replace("|", " ").split()), wrong


def test_no_word_is_evidence_for_both_sides_of_the_ocean() -> None:
    pairs = list(rows(SPELLINGS))
    british, american = ([word for word in side if word] for side in zip(*pairs, strict=True))
    assert all(len(pair) == 2 and any(pair) for pair in pairs)
    assert not set(british) & set(american)
    assert len(pairs) == len({tuple(pair) for pair in pairs})


def test_the_notice_names_every_list() -> None:
    notice = (PACKAGE / "lexicons" / "NOTICE.md").read_text("utf-8")
    assert all(path.name in notice for path in (*LEXICONS, SPELLINGS))
