"""The same drafts give the same bytes, however they are worked through."""

from itertools import permutations
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[1] / "seeds"
NAMES = sorted(path.name for path in SEEDS.iterdir() if path.suffix in (".txt", ".md", ".html"))
FORMATS = ("terminal", "json", "github", "concise")


@pytest.fixture(autouse=True)
def _seeds(tmp_path: Path) -> None:
    for name in NAMES:
        (tmp_path / name).write_bytes((SEEDS / name).read_bytes())


@pytest.mark.parametrize("format_", FORMATS)
def test_one_process_or_four(format_: str, run) -> None:
    one = run("check", "--format", format_, "--jobs", "1", *NAMES)
    four = run("check", "--format", format_, "--jobs", "4", *NAMES)
    assert one.returncode == four.returncode == 1
    assert one.stdout == four.stdout


def test_files_in_any_order(run) -> None:
    def lines(names: tuple[str, ...]) -> list[str]:
        return sorted(run("check", "--format", "concise", *names).stdout.splitlines())

    some = NAMES[:3]
    expected = lines(tuple(some))
    assert expected
    assert all(lines(order) == expected for order in permutations(some))


def test_one_call_or_five(run) -> None:
    whole = run("check", "--format", "concise", *NAMES).stdout
    parts = [NAMES[start::5] for start in range(5)]
    pieces = "".join(run("check", "--format", "concise", *part).stdout for part in parts)
    assert sorted(whole.splitlines()) == sorted(pieces.splitlines())


def test_a_folder_is_read_in_the_order_of_names(run) -> None:
    found = run("check", "--format", "concise", ".").stdout
    assert found == run("check", "--format", "concise", *NAMES).stdout
