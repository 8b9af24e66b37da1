"""What the documentation says is so."""

import json
import re
from pathlib import Path

import pytest

from newslint import handbook, reports, styles

ROOT = Path(__file__).parents[1]


def test_the_handbook_is_fresh() -> None:
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == "".join(f"{line}\n" for line in handbook.pages()), "newslint rules docs"


def test_the_json_example_is_what_newslint_writes(run, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "json-v1.md").read_text(encoding="utf-8")
    example = json.loads(re.search(r"```json\n(.*?)```", page, re.DOTALL)[1])  # type: ignore[index]
    (tmp_path / "drafts").mkdir()
    text = "Petrov, Petrov, then Petrof with Petrov and Petrov.\n"
    (tmp_path / "drafts" / "a.txt").write_text(text, encoding="utf-8")
    report = json.loads(run("check", "--format", "json", "drafts").stdout)
    assert set(report["files"][0].pop("scores")) == {
        "readability", "broken", "translated", "spun", "generated",
    }  # fmt: skip
    del example["files"][0]["scores"]
    assert report == example


def test_rules_of_the_documentation_exist() -> None:
    known = {rule.id for rule in styles.shipped_rules()}
    named = re.compile(r"\b((?:Names|Quotes|Residue|Readability|Typos|Spun|Generated)\.\w+)\b")
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for rule_id in named.findall(page.read_text(encoding="utf-8")):
            assert rule_id in known, f"{page.name}: {rule_id}"


def test_the_rule_of_the_tutorial_runs(run, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "writing-rules.md").read_text(encoding="utf-8")
    rule = next(
        block for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if "swap:" in block
    )
    lines = [line.removeprefix("   ") for line in rule.splitlines()]
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "Words.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run("rules", "test", "house")
    assert done.stdout == "4 examples, 0 failed.\n"


def test_the_transcript_of_the_readme_is_real(run) -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    block = next(block for block in re.findall(r"```text\n(.*?)```", page, re.DOTALL))
    command, _, output = block.partition("\n")
    drafts = [str(ROOT / path) for path in command.split()[3:]]
    shown = run("check", "--isolated", *drafts).stdout
    assert shown.replace(f"{ROOT}/", "") == output


def test_the_pictures_of_the_documentation_are_there_and_small() -> None:
    shown = set()
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for name in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            picture = (page.parent / name).resolve()
            assert picture.stat().st_size < 200_000, f"{page.name}: {name}"
            shown.add(picture)
    assert shown == set((ROOT / "docs" / "images").glob("*.png"))


def test_every_report_is_documented() -> None:
    page = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| `.*?\|", page, re.MULTILINE))))
    assert named == set(reports.names())


@pytest.mark.parametrize("page", ["README.md", "docs/python.md"])
def test_the_python_of_the_documentation_runs(
    page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(compile(block, page, "exec"), {})
        assert capsys.readouterr().out
