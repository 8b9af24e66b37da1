"""The wheel and the sdist hold the rules, and an installed newslint finds them."""

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from newslint import styles

ROOT = Path(__file__).parents[1]
RULES = {
    path.relative_to(ROOT / "rules").as_posix()
    for path in (ROOT / "rules").rglob("*")
    if path.is_file()
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def test_a_checkout_finds_its_rules() -> None:
    assert styles.shipped() == ROOT / "rules"


def test_the_wheel_holds_the_rules(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    inside = {
        name.removeprefix("newslint/rules/") for name in names if name.startswith("newslint/rules/")
    }
    assert inside == RULES
    assert {"newslint/reports/html/page.css", "newslint/reports/html/page.js"} <= set(names)
    assert "newslint/py.typed" in names
    assert "newslint/lexicons/frequency.tsv" in names
    assert not any(name.startswith(("rules/", "tests/", "seeds/")) for name in names)


def test_the_sdist_holds_the_rules_and_the_tests(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {f"rules/{name}" for name in RULES} <= names
    assert "tests/test_packaging.py" in names


def test_an_installed_newslint_finds_its_rules(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / "bin" / "python"
    site = next((tmp_path / "venv" / "lib").glob("python*")) / "site-packages"
    zipfile.ZipFile(wheel).extractall(site)
    # Its dependencies are those of this environment.
    own = [path for path in sys.path if path.endswith("site-packages")]
    (site / "own.pth").write_text("\n".join(own) + "\n", encoding="utf-8")
    code = "import newslint.styles as s; print(s.shipped()); print(len(s.shipped_rules()))"
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [str(python), "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    folder, count = done.stdout.split()
    assert Path(folder) == site / "newslint" / "rules"
    assert int(count) == len(styles.shipped_rules())
