"""What language-tool-python downloads: imported here alone, and only to get or to start it.

It is GPL-3.0 and comes with the extra `languagetool`; without it this module finds what an
earlier environment has downloaded.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from newslint.languagetool.errors import LanguageToolError

_SERVER_JAR = "languagetool-server.jar"


def folders() -> list[Path]:
    """Its downloads, the newest first; their names say the release."""
    home = Path(os.environ.get("LTP_PATH") or Path.home() / ".cache/language_tool_python")
    found = (path for path in home.glob("LanguageTool-*") if (path / _SERVER_JAR).is_file())
    return sorted(found, key=release, reverse=True)


def get(version: str, java: Path) -> Path:
    """Downloads LanguageTool's own archive, checks its hash, and gives its folder.

    Raises LanguageToolError.
    """
    try:
        from language_tool_python.download_lt import LocalLanguageTool
    except ImportError:
        hint = "pip install 'newslint[languagetool]', or add `--from maven`"
        raise LanguageToolError(f"language-tool-python is not installed; {hint}") from None
    try:
        with _first_on_path(java):
            release = LocalLanguageTool.from_version_name(version)
            release.download()
            return Path(release.get_directory_path())
    except (Exception, SystemExit) as error:  # it raises whatever its libraries do
        said = " ".join(str(error).split())[:200] or type(error).__name__
        raise LanguageToolError(f"the download failed: {said}; or add `--from maven`") from None


def command(folder: Path, java: Path) -> list[str]:
    """What starts the server of a download, as language-tool-python has it where it is at hand."""
    try:
        from language_tool_python.download_lt import LocalLanguageTool

        with _first_on_path(java):
            found = LocalLanguageTool.from_path(folder)
            if Path(found.get_directory_path()) == folder:
                return [str(java), *found.get_server_cmd()[1:]]
    except Exception:  # not installed, or told of another folder
        pass
    return [str(java), "-cp", str(folder / _SERVER_JAR), "org.languagetool.server.HTTPServer"]


@contextlib.contextmanager
def _first_on_path(java: Path) -> Iterator[None]:
    """It runs whatever `java` comes first on the path, and knows no other way."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(java.parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before


def release(folder: Path) -> tuple[int, ...]:
    """The release that a folder is named for, to be sorted by."""
    digits = folder.name.removeprefix("LanguageTool-").split(".")
    return tuple(int(part) if part.isdecimal() else 0 for part in digits)
