"""A report from the cache is the report, byte for byte; nothing that matters is overlooked."""

import subprocess
from itertools import permutations
from pathlib import Path

import pytest

from newslint import reports

SEEDS = Path(__file__).parents[1] / "seeds"
NAMES = sorted(path.name for path in SEEDS.iterdir() if path.suffix in (".txt", ".md", ".html"))


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The seeds, and a cache of their own."""
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(tmp_path / ".cache"))
    for name in NAMES:
        (tmp_path / name).write_bytes((SEEDS / name).read_bytes())
    return tmp_path


@pytest.fixture
def lint(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What a run says; anew, and then twice with the cache, which must agree."""
    monkeypatch.setenv("NEWSLINT_CACHE_DIR", str(tmp_path / ".cache"))

    def call(*arguments: str) -> str:
        runs = [run("check", *more, *arguments) for more in (["--no-cache"], [], [])]
        assert _all(runs[1]) == _all(runs[0])
        assert _all(runs[2]) == _all(runs[0])
        return runs[0].stdout + runs[0].stderr

    return call


def _all(done: subprocess.CompletedProcess[str]) -> tuple[int, str, str]:
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("format_", reports.names())
def test_all_formats(format_: str, lint, archive: Path) -> None:
    (archive / "empty.md").write_bytes(b"")
    (archive / "utf16.txt").write_bytes("He saw saw “it”.\r\n".encode("utf-16"))
    (archive / "broken.txt").write_bytes(b"\xff")
    assert lint("--format", format_, ".")
    assert lint("--format", format_, "--level", "suggestion", "--readability", "--statistics", ".")


def test_scores_are_shown_only_if_asked_for(lint, archive: Path) -> None:
    assert "reading ease" not in lint(".")
    assert "reading ease" in lint("--readability", ".")
    assert "reading ease" not in lint(".")


@pytest.mark.parametrize(
    "first", [["--jobs", "1"], ["--jobs", "4"], ["--level", "error"], ["--format", "json"]]
)
def test_however_the_drafts_are_worked_through(first: list[str], run, archive: Path) -> None:
    expected = run("check", "--format", "json", "--no-cache", "--jobs", "1", *NAMES).stdout
    run("check", *first, *NAMES[::2])
    for more in (["--jobs", "4"], ["--jobs", "1"], ["--no-cache", "--jobs", "4"]):
        assert run("check", "--format", "json", *more, *NAMES).stdout == expected


def test_in_any_order_and_in_five_calls(run, archive: Path) -> None:
    def lines(*names: str) -> list[str]:
        return run("check", "--format", "concise", *names).stdout.splitlines()

    expected = sorted(run("check", "--no-cache", "--format", "concise", *NAMES).stdout.splitlines())
    assert all(sorted(lines(*order, *NAMES[3:])) == expected for order in permutations(NAMES[:3]))
    assert sorted(line for start in range(5) for line in lines(*NAMES[start::5])) == expected


def test_processes_that_share_a_cache(run, archive: Path) -> None:
    expected = run("check", "--format", "json", "--no-cache", ".").stdout
    import os
    import sys

    command = [sys.executable, "-m", "newslint", "check", "--format", "json", "."]
    running = [
        subprocess.Popen(command, cwd=archive, stdout=subprocess.PIPE, text=True, env=os.environ)
        for _ in range(4)
    ]
    assert [process.communicate()[0] for process in running] == [expected] * 4


HOUSE = "extends: existence\nmessage: '“%s”: no.'\ntokens: [guy]\n"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A style of one's own, and a draft with a guy in it."""
    (tmp_path / "house" / "House").mkdir(parents=True)
    (tmp_path / "house" / "House" / "Guy.yml").write_text(HOUSE)
    (tmp_path / "a.txt").write_text("A guy met Petrof.\n")
    _configure(tmp_path)
    return tmp_path / "house" / "House"


def _configure(tmp_path: Path, more: str = "") -> None:
    text = f"style-folders: [house]\nadd-styles: [House]\n{more}"
    (tmp_path / ".newslint.yml").write_text(text)


def test_what_changes_is_seen(lint, house: Path, tmp_path: Path) -> None:
    assert "“guy”: no." in lint("a.txt")
    (house / "Guy.yml").write_text(HOUSE.replace("no.", "so"))
    assert "“guy”: so" in lint("a.txt")
    _configure(tmp_path, "rules: {House.Guy: {message: 'Yes: %s'}}\n")
    assert "Yes: guy" in lint("a.txt")
    _configure(tmp_path, "rules: {House.Guy: error}\n")
    assert "1:3  error" in lint("a.txt")
    _configure(tmp_path, "overrides: [{files: 'a.*', rules: {House.Guy: off}}]\n")
    assert "House" not in lint("a.txt")
    _configure(tmp_path)
    assert "House" not in lint("a.txt", "--ignore", "House")
    (tmp_path / "a.txt").write_text("A girl.\n")
    assert "House" not in lint("a.txt")


def test_lists_of_ones_own(lint, house: Path, tmp_path: Path) -> None:
    _configure(tmp_path, "names: [names.txt]\n")
    (tmp_path / "names.txt").write_text("Volodymyr Zelenskyy\n")
    (tmp_path / "a.txt").write_text("Volodymyr Zelenskiyy came to Kyiv.\n")
    assert "Zelenskyy" in lint("a.txt")
    (tmp_path / "names.txt").write_text("Volodymyr Zelenskiyy\n")
    assert "Zelenskyy" not in lint("a.txt")


@pytest.mark.parametrize("where", ["words.tsv", "../../lists/words.tsv", "lists/words.tsv"])
def test_files_of_a_rule(where: str, lint, house: Path) -> None:
    (house / "Guy.yml").write_text(f"extends: substitution\nmessage: 'Write %s.'\nswap: {where}\n")
    (house / where).parent.mkdir(exist_ok=True)
    (house / where).write_text("guy\tman\n")
    assert "Write man." in lint("a.txt")
    (house / where).write_text("guy\tson\n")
    assert "Write son." in lint("a.txt")


def test_the_suffix_of_a_draft(lint, tmp_path: Path) -> None:
    for name in ("a.md", "a.txt"):
        (tmp_path / name).write_text("He saw <b>saw</b> it. `It went went.`\n")
    shown = lint("--format", "concise", "a.md", "a.txt")
    assert {line.split(":")[0] for line in shown.splitlines()} == {"a.md", "a.txt"}
    assert "a.txt:1:27" in shown
    assert "a.md:1:27" not in shown


def test_trouble_is_not_kept(lint, house: Path, run) -> None:
    (house / "Guy.yml").write_text("extends: misspelling\nmessage: 'No: %s'\nwords: words.dic\n")
    assert "House.Guy: failed" in lint("a.txt")
    assert run("check", "a.txt").returncode == 2
    (house / "words.dic").write_text("")
    assert "House.Guy: failed" not in lint("a.txt")


def test_a_broken_rule_is_said_each_time(lint, run, house: Path) -> None:
    (house / "Bad.yml").write_text("extends: nosuch\nmessage: No.\n")
    assert "Bad.yml:1: no kind `nosuch`" in lint("a.txt")
    assert run("check", "a.txt").returncode == 2


@pytest.mark.parametrize("content", [b"", b"garbage" * 999, None])
def test_a_cache_that_is_none(content: bytes | None, lint, archive: Path) -> None:
    lint("--format", "json", ".")
    path = archive / ".cache" / "newslint.sqlite"
    path.write_bytes(path.read_bytes()[:9000] if content is None else content)
    lint("--format", "json", ".")


def test_options(run, archive: Path, tmp_path: Path) -> None:
    run("check", "--no-cache", ".")
    assert not (tmp_path / ".cache").exists()
    run("check", "--cache-dir", "mine", ".")
    assert (tmp_path / "mine" / "newslint.sqlite").exists()
    assert not (tmp_path / ".cache").exists()
    expected = run("check", "--no-cache", ".").stdout
    assert run("check", "--cache-dir", "/dev/null/x", ".").stdout == expected
    nobody = {"NEWSLINT_CACHE_DIR": "", "XDG_CACHE_HOME": "", "HOME": "/proc/nobody"}
    assert run("check", ".", **nobody).stdout == expected


def test_nothing_is_read_or_run_twice(archive: Path, run) -> None:
    """The second run needs no rule: with a wrong answer in the cache, the wrong answer comes out."""
    import sys

    run("check", "--exit-zero", *NAMES)
    code = (
        "import sys; from newslint.cli import main; main(['check', '--exit-zero', *sys.argv[1:]]);"
        "print(*sorted(m for m in sys.modules if m.startswith('newslint.')), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *NAMES],
        cwd=archive,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "newslint.kinds.existence" not in done.stderr.split()
    assert "newslint.cache" in done.stderr.split()


def test_a_helper_hears_of_drafts_from_the_cache(archive: Path) -> None:
    from newslint import batch
    from newslint.cache import Cache
    from newslint.config import Config
    from newslint.remarks import Remark
    from newslint.spans import Span
    from newslint.store import Store
    from newslint.text import Document

    class Echo:
        """Remarks upon the first word of each draft."""

        def ask(self, document: Document, language: str) -> Document:
            return document

        def remarks(self, asked: Document) -> tuple[Remark, ...]:
            span = Span(0, asked.prose.index(" "))
            return (Remark(span, "EN_A_VS_AN", "GRAMMAR", "grammar", "An echo."),)

    config = Config.default()
    settings = config.settings(archive / "x.txt")
    setup = type(settings.languagetool)(use="on")
    settings = settings._replace(languagetool=setup)
    jobs = [batch.Job(archive / name, settings) for name in NAMES]
    expected = [report.findings for report in batch.lint_all(jobs, helper=Echo())]
    assert any(finding.message == "An echo." for found in expected for finding in found)
    for _ in range(3):
        cache = Cache(Store(archive / ".cache"))
        assert [
            report.findings for report in batch.lint_all(jobs, helper=Echo(), cache=cache)
        ] == expected
        cache.close()
        cache = Cache(Store(archive / ".cache"))
        own = [report.findings for report in batch.lint_all(jobs, cache=cache)]
        assert own == [report.findings for report in batch.lint_all(jobs)]
        cache.close()
