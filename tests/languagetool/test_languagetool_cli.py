"""LanguageTool from the command line, as a user meets it; the server replays."""

import json
from pathlib import Path

import pytest
from replaying import Replay, Reply, answer, match

from newslint import reports

TEXT = "He have said so. The plan is good.\n"
AGREEMENT = match(3, 4, "HE_VERB_AGR", "has")
AGREEMENT["rule"]["category"]["id"] = "GRAMMAR"


def configured(folder: Path, use: str, url: str, more: str = "") -> None:
    text = f"languagetool:\n  use: {use}\n  url: {url}\n{more}"
    (folder / ".newslint.yml").write_text(text, encoding="utf-8")
    (folder / "a.md").write_text(TEXT, encoding="utf-8")


@pytest.fixture
def check(run, own_cache: Path, nothing_installed: None):  # type: ignore[no-untyped-def]
    def call(*arguments: str, **environment: str):  # type: ignore[no-untyped-def]
        return run("check", "--format", "concise", *arguments, **environment)

    return call


def test_a_finding(check, replay: Replay, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    configured(tmp_path, "auto", replay.url)
    replay.otherwise = lambda form: answer(AGREEMENT)
    done = check()
    assert done.stdout == "a.md:1:4: warning: HE_VERB_AGR speaks. [LanguageTool.Grammar]\n"
    assert done.returncode == 0
    assert check("--fail-on", "warning").returncode == 1
    assert len(replay.asked) == 1, "the second run needs no server"


@pytest.mark.parametrize("name", sorted(reports.names()))
def test_in_auto_trouble_is_one_notice_in_every_format(  # type: ignore[no-untyped-def]
    check, replay: Replay, tmp_path: Path, name: str
) -> None:
    configured(tmp_path, "auto", replay.url)
    (tmp_path / "b.md").write_text("Another draft is here.\n", encoding="utf-8")
    replay.otherwise = lambda form: Reply(b"Server overloaded", 503)
    done = check("--format", name)
    assert done.stdout.count("answers 503") == 1
    assert done.returncode == 0


def test_the_command_line_says_how_it_is_used(  # type: ignore[no-untyped-def]
    check, replay: Replay, tmp_path: Path
) -> None:
    configured(tmp_path, "auto", replay.url)
    replay.otherwise = lambda form: Reply(b"Server overloaded", 503)
    assert check("--languagetool", "on").returncode == 2
    calm = check("--languagetool", "off")
    assert (calm.returncode, calm.stdout, calm.stderr) == (0, "", "")


def test_in_auto_findings_decide_the_exit_code(  # type: ignore[no-untyped-def]
    check, replay: Replay, tmp_path: Path
) -> None:
    configured(tmp_path, "auto", replay.url, "rules: {Residue: error}\n")
    (tmp_path / "a.md").write_text("He came.\n\nComments:\n", encoding="utf-8")
    replay.otherwise = lambda form: Reply(b"bad", 400)
    assert check().returncode == 1


@pytest.mark.parametrize("use", ["on", "auto", "off"])
def test_not_installed(check, tmp_path: Path, use: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / ".newslint.yml").write_text(f"languagetool: {use}\n", encoding="utf-8")
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    done = check()
    said = "a.md: LanguageTool: it is not installed; run: newslint languagetool install\n"
    assert done.stdout == ("" if use == "off" else said)
    assert done.returncode == (2 if use == "on" else 0)


def test_another_machine_is_refused(check, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    configured(tmp_path, "auto", "https://api.languagetool.org")
    done = check()
    assert "is another machine" in done.stdout
    assert "allow-remote: true" in done.stdout


def test_house_words_and_names_are_known(  # type: ignore[no-untyped-def]
    check, replay: Replay, tmp_path: Path
) -> None:
    configured(tmp_path, "on", replay.url, "level: suggestion\n")
    (tmp_path / "a.md").write_text("Quirbly met the goverble.\n", encoding="utf-8")
    speller = (
        match(0, 7, "MORFOLOGIK_RULE_EN_US"),
        match(16, 8, "MORFOLOGIK_RULE_EN_US", "governable"),
    )
    replay.otherwise = lambda form: answer(*speller)
    assert "LanguageTool.UnknownName" in check().stdout
    house = "level: suggestion\nnames: [names.txt]\nwords: [words.txt]\n"
    configured(tmp_path, "on", replay.url, house)
    (tmp_path / "a.md").write_text("Quirbly met the goverble.\n", encoding="utf-8")
    (tmp_path / "names.txt").write_text("Zoltan Quirbly\n", encoding="utf-8")
    (tmp_path / "words.txt").write_text("goverble\n", encoding="utf-8")
    assert check("--select", "LanguageTool", "a.md").stdout == ""


def test_our_own_rules_win(check, replay: Replay, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    configured(tmp_path, "on", replay.url)
    (tmp_path / "a.md").write_text("The goverment met a old man.\n", encoding="utf-8")
    article = match(18, 1, "EN_A_VS_AN", "an")
    article["rule"]["category"]["id"] = "GRAMMAR"  # Where a rule of ours judges it.
    replay.otherwise = lambda form: answer(
        match(4, 9, "MORFOLOGIK_RULE_EN_US", "government"), article
    )
    done = check()
    assert "LanguageTool" not in done.stdout
    assert "[Typos.Misspelling]" in done.stdout
    assert "[Grammar.Article]" in done.stdout
    alone = check("--select", "LanguageTool").stdout
    assert "LanguageTool.Spelling" in alone
    assert "LanguageTool.Grammar" in alone


def test_direct_speech_is_left_alone(check, replay: Replay, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    configured(tmp_path, "on", replay.url)
    (tmp_path / "a.md").write_text("“He have said so,” she said.\n", encoding="utf-8")
    said = match(4, 4, "HE_VERB_AGR", "has")
    said["rule"]["category"]["id"] = "GRAMMAR"
    replay.otherwise = lambda form: answer(said)
    assert check().stdout == ""


@pytest.mark.parametrize(
    ("configuration", "front", "asked", "notice"),
    [
        ("language: en-GB\n", "", "en-GB", ""),
        ("language: en-CA\n", "", "en-CA", ""),
        ("language: en-AU\n", "", "en-AU", ""),
        ("language: en-IN\n", "", "en-GB", "LanguageTool: it has no en-IN; en-GB is used"),
        ("", "", "en-US", ""),
        ("language: en-GB\n", "en-US", "en-US", ""),
        ("language: en-GB\n", "xx", "en-GB", "newslint: front matter: no language `xx`"),
    ],
)
def test_the_english_of_a_draft(  # type: ignore[no-untyped-def]
    check, replay: Replay, tmp_path: Path, configuration: str, front: str, asked: str, notice: str
) -> None:
    configured(tmp_path, "auto", replay.url, configuration)
    if front:
        head = f"---\nnewslint: {{language: {front}}}\n---\n"
        (tmp_path / "a.md").write_text(head + TEXT, encoding="utf-8")
    done = check()
    assert [form["language"] for form in replay.asked] == [asked]
    assert notice in done.stdout
    assert done.stdout.count("\n") == bool(notice)


def test_the_wrong_english_is_one_finding(  # type: ignore[no-untyped-def]
    check, replay: Replay, tmp_path: Path
) -> None:
    configured(tmp_path, "on", replay.url, "language: en-GB\n")
    text = "“The color,” he said. The neighbor of the harbor criticized the odor.\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    words = ("color", "neighbor", "harbor", "odor")
    matches = [match(text.index(word), len(word), "MORFOLOGIK_RULE_EN_GB", "x") for word in words]
    replay.otherwise = lambda form: answer(*matches)
    done = check("--select", "LanguageTool")
    message = "“neighbor” is American spelling; this draft is to be in British English."
    assert done.stdout == f"a.md:1:27: warning: {message} [LanguageTool.Variant]\n"


def test_many_processes_and_one_give_the_same(  # type: ignore[no-untyped-def]
    check, replay: Replay, tmp_path: Path
) -> None:
    configured(tmp_path, "on", replay.url)
    for number in range(30):
        (tmp_path / f"{number}.md").write_text(f"He have said {number}.\n", encoding="utf-8")

    def agree(form: dict[str, str]) -> Reply:
        sent = "".join(p.get("text") or p["markup"] for p in json.loads(form["data"])["annotation"])
        starts = [at for at in range(len(sent)) if sent.startswith("have", at)]
        return answer(*({**AGREEMENT, "offset": start} for start in starts))

    replay.otherwise = agree
    alone = check("--jobs", "1")
    assert alone.stdout.count("LanguageTool.Grammar") == 31
    assert check("--jobs", "4").stdout == alone.stdout
    fresh = check("--jobs", "4", XDG_CACHE_HOME=str(tmp_path / "another"))
    assert fresh.stdout == alone.stdout


def test_status_says_what_is_there(run, nothing_installed: None) -> None:  # type: ignore[no-untyped-def]
    done = run("languagetool", "status")
    assert "use: off" in done.stdout
    assert "LanguageTool: not installed; run: newslint languagetool install" in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize("action", ["stop", "logs", "rules"])
def test_what_needs_an_installation_says_so(run, nothing_installed: None, action: str) -> None:  # type: ignore[no-untyped-def]
    done = run("languagetool", action)
    assert "LanguageTool is not installed; run: newslint languagetool install" in done.stderr
    assert done.returncode == 2


def test_install_without_java_is_one_sentence(  # type: ignore[no-untyped-def]
    run, nothing_installed: None, tmp_path: Path
) -> None:
    (tmp_path / "bin").mkdir()
    done = run(
        "languagetool", "install", PATH=str(tmp_path / "bin"), JAVA_HOME="", NEWSLINT_JAVA=""
    )
    assert done.stderr == (
        "newslint: languagetool: there is no Java; install Java 17 or later, "
        "or: newslint languagetool install --java\n"
    )
    assert done.returncode == 2


def test_the_library_is_imported_only_to_get_or_start_it(  # type: ignore[no-untyped-def]
    check, replay: Replay, tmp_path: Path
) -> None:
    configured(tmp_path, "on", replay.url)
    done = check(PYTHONPROFILEIMPORTTIME="1")
    assert "newslint.languagetool.checker" in done.stderr
    assert "language_tool_python" not in done.stderr
    assert "requests" not in done.stderr
