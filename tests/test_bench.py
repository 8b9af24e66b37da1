"""Rules measured on a corpus, and what `rules lint` complains of."""

from pathlib import Path

import pytest

from newslint import bench, formats
from newslint.kinds.existence import Existence
from newslint.rule import Evidence, Example


def rule(name: str, token: str, bad: str = "A guy.") -> Existence:
    return Existence(id=f"A.{name}", message="x", tokens=(token,), examples=(Example(bad=bad),))


def test_rates_and_hits() -> None:
    run = bench.Bench([rule("Guy", "guy"), rule("Pal", "pal")])
    run.add(formats.read(b"A guy and a guy and so on, yes.", "a.txt"))
    run.add(formats.read(b"Nobody.", "b.txt"))
    (first, second) = run.rates()
    assert (first.rule, first.findings, first.drafts, first.words) == ("A.Guy", 2, 1, 10)
    assert first.per_10k == 2000
    assert second.findings == 0
    assert (run.hits[0].before, run.hits[0].found, run.hits[0].after) == (
        "A",
        "guy",
        "and a guy and so on, yes.",
    )


def test_evidence_is_written_and_all_else_left(tmp_path: Path) -> None:
    path = tmp_path / "R.yml"
    path.write_text(
        "extends: existence  # why\nevidence: {words: 1}\ntokens: [a]\n", encoding="utf-8"
    )
    bench.write_evidence(path, Evidence(0.25, 1000, "2026-11"))
    assert path.read_text(encoding="utf-8") == (
        'extends: existence  # why\nevidence: {clean_per_10k: 0.25, words: 1000, on: "2026-11"}\ntokens: [a]\n'
    )
    path.write_text("tokens: [a]", encoding="utf-8")
    bench.write_evidence(path, Evidence(0, 1000, "2026-11"))
    assert path.read_text(encoding="utf-8").endswith(
        '\nevidence: {clean_per_10k: 0, words: 1000, on: "2026-11"}\n'
    )


def test_complaints() -> None:
    doubles = [rule("Guy", "guy"), rule("Man", "guys?"), rule("Dead", "pal")]
    said = list(bench.complaints(doubles, []))
    assert any(line.startswith("A.Dead: example 1: expected a finding") for line in said)
    assert "A.Guy: A.Man finds all of its bad examples, too" in said


def test_a_slow_rule_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    document = formats.read(b"A guy and a pal.", "a.txt")
    monkeypatch.setattr(bench, "SLOW", 0.0)
    assert any(
        "A.Guy: takes" in line for line in bench.complaints([rule("Guy", "guy")], [document])
    )
    monkeypatch.setattr(bench, "SLOW", 1e9)
    assert list(bench.complaints([rule("Guy", "guy")], [document])) == []
