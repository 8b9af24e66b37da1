"""`.newslint.yml`: what applies to a draft, and where each value comes from."""

from pathlib import Path

import pytest

from newslint import configfile
from newslint.config import Config, Settings
from newslint.configfile import discover, template
from newslint.errors import ConfigError

RULE = "extends: existence\nmessage: No “%s”.\nlevel: suggestion\ntokens: [guy]\n"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    folder = tmp_path / "styles" / "House"
    folder.mkdir(parents=True)
    (folder / "Guy.yml").write_text(RULE, encoding="utf-8")
    return tmp_path


def settings(folder: Path, text: str, draft: str = "a.md") -> Settings:
    path = folder / ".newslint.yml"
    path.write_text(text, encoding="utf-8")
    configfile._layer.cache_clear()
    return Config.load(path).settings(folder / draft)


def levels(found: Settings) -> dict[str, str]:
    return {rule.id: rule.level for rule in found.rules}


def test_the_default_is_recommended() -> None:
    found = Config.default().settings(Path("a.md"))
    assert (found.level, found.fail_on, found.language) == ("warning", "error", "")
    assert levels(found)["Names.NearMiss"] == "error"


def test_own_styles_and_levels(house: Path) -> None:
    base = "style-folders: [styles]\n"
    assert "House.Guy" not in levels(settings(house, base))
    assert levels(settings(house, base + "add-styles: [House]\n"))["House.Guy"] == "suggestion"
    assert levels(settings(house, base + "rules: {House.Guy: error}\n"))["House.Guy"] == "error"
    assert list(levels(settings(house, base + "styles: [House]\n"))) == ["House.Guy"]
    off = base + "add-styles: [House]\nrules: {House: off}\n"
    assert "House.Guy" not in levels(settings(house, off))


def test_keys_of_a_rule_are_changed(house: Path) -> None:
    text = "style-folders: [styles]\nrules:\n  House.Guy: {level: warning, tokens: [pal]}\n"
    rule = next(rule for rule in settings(house, text).rules if rule.id == "House.Guy")
    assert (rule.level, rule.tokens) == ("warning", ("pal",))  # type: ignore[attr-defined]


def test_overrides_by_glob_the_later_wins(house: Path) -> None:
    text = (
        "style-folders: [styles]\nadd-styles: [House]\noverrides:\n"
        "  - {files: 'drafts/**', rules: {House.Guy: warning}}\n"
        "  - {files: ['drafts/opinion/**', '*.txt'], rules: {House.Guy: off}, language: en-US}\n"
    )
    assert levels(settings(house, text))["House.Guy"] == "suggestion"
    assert levels(settings(house, text, "drafts/a.md"))["House.Guy"] == "warning"
    assert "House.Guy" not in levels(settings(house, text, "drafts/opinion/deep/a.md"))
    assert settings(house, text, "a.txt").language == "en-US"


def test_extends_a_profile_or_a_file(house: Path) -> None:
    assert settings(house, "extends: uk-news\n").language == "en-GB"
    (house / "base.yml").write_text("fail-on: never\nlanguage: en-US\n", encoding="utf-8")
    found = settings(house, "extends: base.yml\nlanguage: en-GB\n")
    assert (found.fail_on, found.language) == ("never", "en-GB")
    assert settings(house, "extends: strict\n").fail_on == "warning"


def test_language_and_names_reach_the_rules(house: Path) -> None:
    (house / "names.txt").write_text("# ours\nAnselm Brodie\n", encoding="utf-8")
    found = {rule.id: rule for rule in settings(house, "language: en-US\nnames: names.txt\n").rules}
    assert found["Consistency.Locale"].prefer == "en-US"  # type: ignore[attr-defined]
    assert found["Names.NearMiss"].listed == ("Anselm Brodie",)  # type: ignore[attr-defined]


def test_exclude(house: Path) -> None:
    assert settings(house, "exclude: ['archive/**']\n", "archive/a/b.md").excluded
    assert not settings(house, "exclude: ['archive/**']\n", "a.md").excluded


def test_origins(house: Path) -> None:
    found = settings(house, "fail-on: warning\nlanguage: en-GB\n")
    where = {origin.key: origin.where.rpartition("/")[2] for origin in found.origins}
    assert where["fail-on"] == ".newslint.yml:1"
    assert where["language"] == ".newslint.yml:2"
    assert where["level"].startswith("recommended.yml:")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: b\n", "1: unknown key `a`"),
        ("\nfail_on: error\n", "2: unknown key `fail_on`; did you mean `fail-on`?"),
        (
            "language: fr\n",
            "1: `language` is `fr`, expected one of en-AU, en-CA, en-GB, en-IN, en-US",
        ),
        ("extends: recomended\n", "1: no profile `recomended`; did you mean `recommended`?"),
        ("extends: .newslint.yml\n", "comes back to itself"),
        (
            "rules: {Names.NearMis: off}\n",
            "1: no rule `Names.NearMis`; did you mean `Names.NearMiss`?",
        ),
        ("rules:\n  Names.NearMiss: fatal\n", "2: `fatal`, expected one of off, on"),
        ("names: [gone.txt]\n", "1: `gone.txt` cannot be read"),
        ("style-folders: [gone]\n", "1: no folder `gone`"),
        ("- a\n", "1: expected keys and values"),
        ("overrides: [{files: a, extends: b}]\n", "unknown key `extends`"),
        (
            "overrides:\n  - files: a\n    rule: {}\n",
            "3: unknown key `rule`; did you mean `rules`?",
        ),
        ("styles: [Nmaes]\n", "1: no style `Nmaes`; did you mean `Names`?"),
        ("overrides:\n  - files: a.txt\n    add-styles: [Nmaes]\n", "3: no style `Nmaes`"),
        (
            "rules:\n  Readability.Grade:\n    grade: 9\n    levl: error\n",
            "4: Readability.Grade: unknown key `levl`; did you mean `level`?",
        ),
        (
            "rules:\n  Readability.Grade: {grade: high}\n",
            "2: Readability.Grade: `grade`: expected a number, got a text",
        ),
        ("fail-on: warnings\n", "1: `fail-on` is `warnings`, expected one of suggestion, warning"),
        ("names: &a [*a]\n", "1: values nested more than 50 deep, or in themselves"),
    ],
)
def test_errors_name_file_and_line(text: str, message: str, house: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        _ = settings(house, text).rules
    assert message in str(caught.value)
    assert ".newslint.yml" in str(caught.value)


def test_the_nearest_above_is_found_up_to_the_repository(tmp_path: Path) -> None:
    inner = tmp_path / "repo" / "drafts"
    inner.mkdir(parents=True)
    (tmp_path / ".newslint.yml").write_text("", encoding="utf-8")
    assert discover(inner) == tmp_path / ".newslint.yml"
    (tmp_path / "repo" / ".git").mkdir()
    assert discover(inner) is None
    (inner / ".newslint.yml").write_text("", encoding="utf-8")
    assert discover(inner) == inner / ".newslint.yml"


def test_the_template_is_a_configuration(tmp_path: Path) -> None:
    found = settings(tmp_path, template("en-US"))
    assert found.language == "en-US"


def test_selection() -> None:
    chosen = Config.default().with_selection(["Names.*"], ["Names.Variants"])
    ids = {rule.id for rule in chosen.settings(Path("a.md")).rules}
    assert "Names.NearMiss" in ids
    assert "Names.Variants" not in ids
    assert all(rule_id.startswith("Names.") for rule_id in ids)


@pytest.mark.parametrize("name", ["recommended", "uk-news", "us-news", "strict"])
def test_every_profile_stands_alone(tmp_path: Path, name: str) -> None:
    assert settings(tmp_path, f"extends: {name}\n").rules


def test_the_folders_on_the_way_to_a_draft_do_not_count(tmp_path: Path, monkeypatch) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
    (here / ".newslint.yml").write_text("language: en-GB\n", encoding="utf-8")
    monkeypatch.chdir(here)
    assert discover(Path("../there")) is None
    assert discover(Path()) == here / ".newslint.yml"
