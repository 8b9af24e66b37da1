"""Whatever is wrong with one draft or rule, it is said, and the rest of the run goes on."""

import json
import os
import shutil
import time
from pathlib import Path

import pytest

import newslint
from newslint import drafts, formats
from newslint.engine import Linter
from newslint.errors import DraftError
from newslint.kinds.existence import Existence

GOOD = "He went to the the station on Monday.\n"
GOOD_LINE = "good.txt:1:12: warning: “the the”: the word stands twice. [Repeats.Word]"

UNPRIVILEGED = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
"""What takes from root the right to read everything."""

BYTES = {
    "empty": (b"", 0, ""),
    "invalid-utf-8": (b"line\nM\xfcnchen\n", 2, "line 2: byte 0xFC is not UTF-8"),
    "utf-16": ("Sie ging.\n".encode("utf-16"), 0, ""),
    "nul": (b"a\0b", 2, "line 1: a NUL byte"),
    "surrogate": (b"a \xed\xa0\x80 b\n", 2, "line 1: byte 0xED is not UTF-8"),
    "huge-line": (b"x" * 20_000_000, 2, "20,000,000 bytes long, expected at most 5,000,000"),
    "crlf": (b"He left.\r\n\r\nShe stayed.\r\n", 0, ""),
    "only-marks": ("\ufeff\u200b \u00a0\r\n".encode(), 0, ""),
}


@pytest.mark.parametrize("name", BYTES)
def test_odd_bytes(name, run, tmp_path: Path) -> None:
    data, code, message = BYTES[name]
    (tmp_path / "bad.txt").write_bytes(data)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    done = run("check", "--format", "concise", "bad.txt", "good.txt")
    assert GOOD_LINE in done.stdout
    assert done.returncode == code
    assert message in done.stdout
    assert ("bad.txt" in done.stdout) == bool(message)


def test_utf_16_is_read_with_places_in_code_points(run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("😀 He went to the the station.\n".encode("utf-16"))
    report = json.loads(run("check", "--format", "json", "a.txt").stdout)
    (finding,) = report["files"][0]["findings"]
    assert (finding["start"], finding["column"], finding["text"]) == (13, 14, "the the")


def test_missing_path(run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    done = run("check", "--format", "concise", "gone.txt", "good.txt")
    assert "gone.txt: draft: no such file or folder" in done.stdout
    assert GOOD_LINE in done.stdout
    assert done.returncode == 2


def test_a_draft_that_vanishes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (found,) = drafts.find([str(tmp_path)])
    assert isinstance(found, Path)
    found.unlink()
    with pytest.raises(DraftError, match="No such file"):
        drafts.read(found)


@pytest.mark.skipif(
    os.geteuid() == 0 and not shutil.which("setpriv"), reason="root may read everything"
)
def test_a_draft_that_may_not_be_read(run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "shut.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "shut.txt").chmod(0)
    done = run(
        "check", "--format", "concise", ".", before=UNPRIVILEGED if os.geteuid() == 0 else []
    )
    assert "shut.txt: draft: cannot be read: Permission denied" in done.stdout
    assert GOOD_LINE in done.stdout
    assert done.returncode == 2


@pytest.mark.parametrize("report", ["terminal", "concise", "json", "github"])
@pytest.mark.parametrize("name", [b"bad\xff.txt", b"two\nlines.txt", b"esc\x1b[31m.txt"])
def test_any_file_name_can_be_reported(name: bytes, report: str, run, tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(name)).write_text(GOOD, encoding="utf-8")
    done = run("check", "--format", report, ".")
    assert done.returncode == 0
    assert not done.stderr
    assert "the the" in done.stdout
    assert name != b"bad\xff.txt" or r"bad\xff.txt" in done.stdout.replace(r"\\", "\\")


def test_a_missing_file_of_any_name(run) -> None:
    done = run("check", "--format", "json", os.fsdecode(b"gone\xff.txt"))
    assert done.returncode == 2
    assert json.loads(done.stdout)["files"][0]["path"] == r"gone\xff.txt"


@pytest.mark.parametrize("report", ["terminal", "concise"])
def test_no_draft_gives_orders_to_a_terminal(report: str, run, tmp_path: Path) -> None:
    (tmp_path / "a\x1b[5m.txt").write_text("“The \x1b[31mred\x1b[0m\x07 fox, she said.\n")
    done = run("check", "--format", report, "--color", "never", ".")
    assert "does not close" in done.stdout
    assert not set(done.stdout) & {"\x1b", "\x07"}


def test_output_is_utf_8_whatever_the_locale(run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("He went to the the Café 😀.\n", encoding="utf-8")
    plain = run("check", "a.txt").stdout
    assert "Café 😀" in plain
    assert run("check", "a.txt", PYTHONIOENCODING="ascii").stdout == plain
    assert (
        run("check", "a.txt", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0").stdout == plain
    )


@pytest.mark.parametrize("columns", ["", "wide", "1"])
def test_any_width(columns: str, run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    assert "the the" in run("check", "a.txt", COLUMNS=columns).stdout


ENDLESS = ["x", "<", "{{", "{% ", "<!-- vale ", "<!--", "<b></i>", "<b>", "“a ", '<img alt="', "a-",
           "a.", "{{< a >}} b ", "[", "*a ", "`", "&", "«"]  # fmt: skip


@pytest.mark.parametrize("extension", [".txt", ".md", ".html"])
def test_what_never_ends_is_read_in_time(extension: str) -> None:
    for atom in ENDLESS:
        source = (atom * 20_000)[:40_000]
        began = time.process_time()
        document = formats.read(source.encode(), f"a{extension}")
        _ = document.words, document.sentences, document.pairing
        assert time.process_time() - began < 5, atom


def test_a_word_without_end_is_linted_in_time() -> None:
    began = time.process_time()
    newslint.lint("x" * 20_000)
    assert time.process_time() - began < 10


def test_a_link_to_nowhere_and_a_folder_with_the_name_of_a_draft(run, tmp_path: Path) -> None:
    (tmp_path / "dangling.txt").symlink_to("nowhere.txt")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "folder.txt" / "good.txt").write_text(GOOD, encoding="utf-8")
    done = run("check", "--format", "concise", ".")
    assert "dangling.txt: draft: cannot be read: No such file or directory" in done.stdout
    assert "folder.txt/good.txt:1:12" in done.stdout
    assert done.returncode == 2


def test_a_folder_that_links_to_itself(run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "self").symlink_to(tmp_path)
    done = run("check", "--format", "concise", ".")
    assert done.stdout.splitlines() == [GOOD_LINE]


def test_broken_configuration(run, tmp_path: Path) -> None:
    (tmp_path / ".newslint.yml").write_text("language: en-GB\nstyels: [Names]\n", encoding="utf-8")
    done = run("check", ".")
    assert done.returncode == 2
    assert ".newslint.yml:2: unknown key `styels`; did you mean `styles`?" in done.stderr
    (tmp_path / ".newslint.yml").write_text("rules: [\n", encoding="utf-8")
    done = run("check", ".")
    assert done.returncode == 2
    assert ".newslint.yml:2: not YAML" in done.stderr


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("extends: existence\nmessage: no\n", "expected `tokens` or `raw`"),
        ("extends: existence\nmessage: no\ntokns: [a]\n", "House/Bad.yml:3: unknown key `tokns`; did you mean `tokens`?"),
        ("extends: existance\nmessage: no\n", "House/Bad.yml:1: no kind `existance`; did you mean `existence`?"),
        ("message: no\n", "no `extends`, expected the name of a kind"),
        ("extends: existence\ntokens: [a]\n", "no `message`, expected one"),
        ("extends: existence\nmessage: no\ntokens: [a, '(']\n", "House/Bad.yml:3: `(` is not a regular expression"),
        ("extends: existence\nmessage: no\ntokens: [a\n", "not YAML"),
        ("extends: existence\nmessage: no\ntokens: a\nlevel: fatal\n", "House/Bad.yml:4: `level` is `fatal`, expected one of suggestion, warning, error"),
        ("extends: occurrence\nmessage: no\ntoken: a\nmax: many\n", "House/Bad.yml:4: `max`: expected a whole number, got a text"),
        ("extends: existence\nmessage: no\ntokens: a\nexamples:\n  - bda: a\n", "House/Bad.yml:5: unknown key `bda`; did you mean `bad`?"),
        ("extends: existence\nmessage: no\ntokens: &a [*a]\n", "House/Bad.yml:3: values nested more than 50 deep, or in themselves"),
        ("extends: existence\nmessage: no\ntokens: " + "[" * 3000 + "]" * 3000 + "\n", "House/Bad.yml"),
        ("extends: existence\nmessage: no\ntokens: a\nscope: [text, paragrph & ~list]\n", "House/Bad.yml:4: no scope `paragrph`; did you mean `paragraph`?"),
        ("extends: capitalization\nmessage: no\nmatch: '('\n", "House/Bad.yml:3: `(` is not a regular expression"),
        ("extends: occurrence\nmessage: no\nmax: 1\ntoken: '['\n", "House/Bad.yml:4: `[` is not a regular expression"),
        ("extends: substitution\nmessage: no\nswap:\n  a: b\n  (c: d\n", "House/Bad.yml:5: `(c` is not a regular expression"),
        ("extends: existence\nmessage: no\ntokens: a\naction: {name: edit, params: [regex, '(', b]}\n", "House/Bad.yml:4: `(` is not a regular expression"),
        ("extends: metric\nmessage: no\nformula: wrods / 2\ncondition: '> 1'\n", "House/Bad.yml:3: `wrods` is not known in a formula"),
        ("extends: readability\nmessage: no\ngrade: 2\nmetrics: [Fog]\n", "House/Bad.yml:4: expected `metrics` to be of Gunning Fog"),
        ("extends: existence\nmessage: a\nmessage: b\ntokens: a\n", "House/Bad.yml:3: `message` is given twice"),
        ("extends: substitution\nmessage: no\nswap: gone.tsv\n", "gone.tsv: cannot be read"),
    ],
)  # fmt: skip
def test_broken_rule(rule: str, message: str, run, tmp_path: Path) -> None:
    house = tmp_path / "House"
    house.mkdir()
    (house / "Bad.yml").write_text(rule, encoding="utf-8")
    (tmp_path / ".newslint.yml").write_text(
        "style-folders: [House]\nadd-styles: [House]\n", encoding="utf-8"
    )
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    done = run("check", "--format", "concise", "good.txt")
    assert message in done.stderr
    assert GOOD_LINE in done.stdout
    assert done.returncode == 2


def test_a_rule_that_is_slow_at_every_passage_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newslint.rule.PATIENCE", 0.0)
    rule = Existence(id="House.Slow", message="no", tokens=("[xyz]+",))
    document = formats.read(b"A y.\n\n" * 40, "a.txt")
    (notice,) = Linter([rule]).lint(document).notices
    assert (notice.source, notice.message) == (
        "House.Slow",
        "a pattern took too long and was cut off",
    )


def test_a_pattern_that_runs_away_is_cut_off(run, tmp_path: Path) -> None:
    house = tmp_path / "House"
    house.mkdir()
    (house / "Slow.yml").write_text(
        "extends: existence\nmessage: no\nnonword: true\ntokens: ['(x+x+)+y']\n", encoding="utf-8"
    )
    (tmp_path / ".newslint.yml").write_text(
        "style-folders: [House]\nadd-styles: [House]\n", encoding="utf-8"
    )
    (tmp_path / "bad.txt").write_text("y " + "x" * 5000 + "\n", encoding="utf-8")
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    done = run("check", "--format", "concise", ".")
    assert "bad.txt: House.Slow: a pattern took too long and was cut off" in done.stdout
    assert GOOD_LINE in done.stdout
    assert done.returncode == 2
