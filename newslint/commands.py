"""What the commands do; they give lines or exit codes, and the command line prints."""

import argparse
import contextlib
import datetime
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from newslint import batch, bench, drafts, examples, formats, kinds, reports, scores, styles
from newslint.batch import Job
from newslint.config import Config, Settings
from newslint.configfile import NAMES, template
from newslint.errors import ConfigError, DraftError, StyleError
from newslint.findings import Finding, Notice, Report, rank
from newslint.text import Document

if TYPE_CHECKING:
    from newslint.languagetool.checker import Checker

CLEAN, FOUND, FAILED = 0, 1, 2
_LONG_RUN = 40


def check(options: argparse.Namespace) -> int:
    """Checks drafts and prints a report; the exit code."""
    jobs, missing = _jobs(options)
    notices = _say_notices(jobs)
    wants_scores = options.format == "json" or options.readability
    helper = _helper(jobs)
    linted = batch.lint_all(jobs, options.jobs, scores=wants_scores, helper=helper)
    found = _progress(_with_notices(linted, helper), len(jobs), options)
    verdict = _Verdict(options, jobs)
    lines = reports.writer(options.format)(verdict.watch([*missing, *found]), _shown(options))
    _write(lines, options.output)
    if notices or missing or verdict.failed:
        return FAILED
    return FOUND if verdict.found and not options.exit_zero else CLEAN


def show_config(options: argparse.Namespace) -> Iterator[str]:
    """What applies to a file, a line a value, with where it comes from."""
    path = Path(options.show_config)
    config = _config(options) or Config.discover(path.absolute().parent)
    settings = config.settings(path)
    if settings.excluded:
        yield f"{path} is excluded."
    for key, value, where in settings.origins:
        yield f"{key}: {value}  ({where})"
    yield f"{len(settings.rules)} rules are on:"
    yield from (f"  {rule.id}: {rule.level}" for rule in settings.rules)


def list_rules(options: argparse.Namespace) -> Iterator[str]:
    """A line a rule: on or off, level, evidence, the first sentence of why."""
    config = _config(options) or Config.discover(Path.cwd())
    on = {rule.id: rule for rule in config.settings(Path("draft.md")).rules}
    for file in config.rule_files:
        if config.chosen(file.id):
            rule = on.get(file.id) or file.rule()
            level = rule.level if file.id in on else "off"
            rate = f"{rule.evidence.clean_per_10k:g}" if rule.evidence else "–"
            why = rule.why.split(". ")[0].rstrip(".")
            yield f"{file.id:<32} {level:<11} {rate:>6}  {why}"


def explain(options: argparse.Namespace) -> Iterator[str]:
    """Why a rule is, what it finds, how sure it is; or the keys of a kind."""
    from newslint import handbook

    config = _config(options) or Config.discover(Path.cwd())
    found = {file.id: file for file in config.rule_files}
    name = options.name
    if name in found:
        yield from handbook.page(found[name].rule())
    elif name in kinds.names():
        yield from handbook.kind_page(name)
    else:
        hint = styles.nearest(name, [*sorted(found), *kinds.names()])
        raise ConfigError("explain", f"no rule or kind `{name}`{hint}")


def init(options: argparse.Namespace) -> Iterator[str]:
    """Writes a configuration here, unless there is one."""
    path = Path(NAMES[0])
    if any(Path(name).exists() for name in NAMES):
        raise ConfigError(str(path), "there is one already, expected none; it was left alone")
    _write_file(path, template(options.language))
    yield f"Wrote {path}. Next: newslint check"


def test_rules(options: argparse.Namespace) -> int:
    """Runs the examples of rules and prints what does not hold."""
    tried = failed = skipped = 0
    with _remarking(options) as prepare:
        for file in _rule_files(options.paths):
            try:
                rule = file.rule()
            except StyleError as error:
                failed += 1
                print(error)
                continue
            if rule.judges_remarks and prepare is None:
                skipped += len(rule.examples)
                continue
            tried += len(rule.examples)
            for failure in examples.failures(rule, prepare):
                failed += 1
                print(f"{file.path}: {failure.rule}: example {failure.number}: {failure.message}")
    print(f"{tried} examples, {failed} failed.")
    if skipped:
        print(f"{skipped} need LanguageTool; run them with --languagetool.")
    return FOUND if failed else CLEAN


def bench_rules(options: argparse.Namespace) -> Iterator[str]:
    """How often rules fire on a corpus, in findings per 10,000 words."""
    files = [file for file in _all_files(options) if _asked(file.id, options.rules)]
    if not options.languagetool:
        files = [file for file in files if not file.kind.judges_remarks]
    run = bench.Bench([file.rule() for file in files])
    with _remarking(options) as prepare:
        for document in _documents(options.corpus):
            run.add(prepare(document) if prepare else document)
    if options.hits:
        for hit in run.hits:
            yield f"{hit.draft}:{hit.line}: {hit.rule}: …{hit.before} [[{hit.found}]] {hit.after}…"
    yield f"{run.words:,} words"
    yield f"{'rule':<32} {'findings':>8} {'drafts':>7} {'per 10,000 words':>17}"
    for rate in run.rates():
        yield f"{rate.rule:<32} {rate.findings:>8} {rate.drafts:>7} {rate.per_10k:>17.2f}"
    if options.write:
        month = f"{datetime.date.today():%Y-%m}"
        rates = {rate.rule: rate for rate in run.rates()}
        for file in files:
            bench.write_evidence(file.path, rates[file.id].evidence(month))


@contextlib.contextmanager
def _remarking(options: argparse.Namespace) -> Iterator[examples.Prepare | None]:
    """What has LanguageTool remark on drafts, if that is asked for. Raises ConfigError."""
    if not options.languagetool:
        yield None
        return
    from newslint.languagetool.checker import Checker
    from newslint.languagetool.setup import Setup

    checker = Checker(Setup(use="on"))
    try:
        yield checker.prepared
    finally:
        checker.close()
    if checker.failed:
        raise ConfigError("languagetool", checker.notices[0])


def lint_rules(options: argparse.Namespace) -> Iterator[str]:
    """What is wrong with the rules that can be had."""
    rules = [file.rule() for file in _all_files(options)]
    documents = list(_documents(options.corpus)) if options.corpus else []
    yield from bench.complaints(rules, documents)


def calibrate(options: argparse.Namespace) -> Iterator[str]:
    """Measures the scores of edited news, and writes what newslint ships."""
    settings = Config.default().settings(Path("draft.txt"))
    jobs = [
        Job(path, settings._replace(level="suggestion"))
        for path in drafts.find([options.corpus])
        if isinstance(path, Path)
    ]
    month = f"{datetime.date.today():%Y-%m}"
    calibration = scores.calibrate(batch.lint_all(jobs), settings.rules, month)
    scores.save(calibration)
    yield f"{calibration.articles} articles, {calibration.words:,} words"


def languagetool(options: argparse.Namespace) -> Iterator[str]:
    """What an action of `newslint languagetool` has to say."""
    from newslint.languagetool import installation, manage
    from newslint.languagetool.errors import LanguageToolError

    config = _config(options) or Config.discover(Path.cwd())
    settings = config.settings(Path("draft.md"))
    setup = settings.languagetool
    judges = [rule for rule in settings.rules if isinstance(rule, kinds.kind("languagetool"))]
    try:
        match options.action:
            case "install":
                version = options.version or installation.VERSION
                yield from manage.install(options.source, version, options.java)
            case "status":
                yield from manage.status(setup)
            case "stop":
                yield from manage.stop(setup)
            case "logs":
                yield from manage.logs(setup)
            case _:
                variant = settings.language or "en-US"
                yield from manage.rules(setup, variant, lambda *names: _judges(judges, *names))
    except LanguageToolError as error:
        raise ConfigError("languagetool", str(error)) from None


def _judges(judges: Sequence[Any], rule: str, category: str) -> list[str]:
    taken = (judge for judge in judges if judge.takes(rule, category))
    return [f"{judge.id} ({judge.level})" for judge in taken]


def _helper(jobs: Sequence[Job]) -> "Checker | None":
    """What asks LanguageTool; None if no draft wants it."""
    wanted = (job.settings.languagetool for job in jobs if job.settings.languagetool.use != "off")
    setup = next(wanted, None)
    if setup is None:
        return None
    from newslint.languagetool.checker import Checker

    return Checker(setup)


def _with_notices(found: Iterator[Report], helper: "Checker | None") -> Iterator[Report]:
    """The reports, the last of them with what LanguageTool's helper has to say of the run."""
    if helper is None:
        yield from found
        return
    last = None
    for report in found:
        if last:
            yield last
        last = report
    helper.close()
    if last:
        fails = helper.failed and helper.setup.use == "on"
        said = tuple(Notice("LanguageTool", text, fails) for text in helper.notices)
        yield msgspec.structs.replace(last, notices=(*last.notices, *said))


class _Verdict:
    """Watches reports go by, and remembers whether the run fails."""

    def __init__(self, options: argparse.Namespace, jobs: Sequence[Job]) -> None:
        self._fail_on = {str(job.path): job.settings.fail_on for job in jobs}
        self._asked = options.fail_on
        self.found = self.failed = False

    def watch(self, found: Iterable[Report]) -> Iterator[Report]:
        for report in found:
            self.failed |= any(notice.failed for notice in report.notices)
            limit = self._asked or self._fail_on.get(report.name, "error")
            self.found |= any(_fails(finding, limit) for finding in report.findings)
            yield report


def _fails(finding: Finding, limit: str) -> bool:
    return limit != "never" and rank(finding.level) >= rank(limit)  # type: ignore[arg-type]


def _config(options: argparse.Namespace) -> Config | None:
    """The configuration asked for; None where each draft has its own."""
    select, ignore = _globs(options.select), _globs(options.ignore)
    config = None
    if options.isolated:
        config = Config.default()
    elif options.config:
        config = Config.load(Path(options.config))
    elif select or ignore:
        config = Config.discover(Path.cwd())
    return config.with_selection(select, ignore) if config else None


def _globs(values: Sequence[str]) -> list[str]:
    return [glob.strip() for value in values for glob in value.split(",") if glob.strip()]


def _jobs(options: argparse.Namespace) -> tuple[list[Job], list[Report]]:
    """The drafts to lint; and reports of the paths that are none."""
    config = _config(options)
    if config is None:
        Config.discover(Path.cwd())  # A broken one is an error, whatever the drafts.
    missing: list[Report] = []
    paths: list[Path] = []
    data: dict[Path, bytes] = {}
    for found in drafts.find(options.paths, gitignore=not options.no_gitignore):
        if isinstance(found, DraftError) and found.name == "-":
            path = Path(options.stdin_filename or "stdin.txt")
            data[path] = sys.stdin.buffer.read()
            paths.append(path)
        elif isinstance(found, DraftError):
            missing.append(Report(found.name, notices=(Notice("draft", found.message),)))
        else:
            paths.append(found)
    # The same object for the same settings, so that their rules are made ready once.
    changed: dict[int, Settings] = {}
    jobs = [
        Job(path, changed.setdefault(id(settings), _asked_for(settings, options)), data.get(path))
        for path, settings in batch.settings_for(paths, config)
        if not settings.excluded
    ]
    return jobs, missing


def _asked_for(settings: Settings, options: argparse.Namespace) -> Settings:
    """The settings with what the command line says."""
    if options.level:
        settings = settings._replace(level=options.level)
    if options.languagetool:
        setup = msgspec.structs.replace(settings.languagetool, use=options.languagetool)
        settings = settings._replace(languagetool=setup)
    return settings


def _say_notices(jobs: Sequence[Job]) -> bool:
    """Prints what is wrong with rules, once each; whether any of it means that one did not run."""
    notices = dict.fromkeys(notice for job in jobs for notice in job.settings.notices)
    for notice in notices:
        print(f"newslint: {notice.message}", file=sys.stderr)
    return any(notice.failed for notice in notices)


def _progress(found: Iterator[Report], count: int, options: argparse.Namespace) -> Iterator[Report]:
    for_people = sys.stderr.isatty() and not options.quiet
    if count < _LONG_RUN or not for_people:
        yield from _named(found) if options.verbose else found
        return
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    yield from track(found, "checking", total=count, console=console, transient=True)


def _named(found: Iterator[Report]) -> Iterator[Report]:
    for report in found:
        print(f"newslint: checked {report.name}", file=sys.stderr)
        yield report


def _shown(options: argparse.Namespace) -> reports.Options:
    try:
        width = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        width = int(os.environ.get("COLUMNS", "100"))
    return reports.Options(
        color=_wants_color(options),
        width=max(40, width),
        scores=options.readability,
        statistics=options.statistics,
        quiet=options.quiet,
    )


def _wants_color(options: argparse.Namespace) -> bool:
    """What `--color` says; else NO_COLOR and FORCE_COLOR; else whether it is a terminal."""
    if options.color != "auto":
        return bool(options.color == "always")
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return options.output is None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _write(lines: Iterable[str], output: str | None) -> None:
    if output is None:
        for line in lines:
            print(line)
    else:
        _write_file(Path(output), "".join(f"{line}\n" for line in lines))


def _write_file(path: Path, text: str) -> None:
    """Writes a file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _all_files(options: argparse.Namespace) -> list[styles.RuleFile]:
    config = _config(options) or Config.discover(Path.cwd())
    return [file for file in config.rule_files if config.chosen(file.id)]


def _rule_files(paths: Sequence[str]) -> Iterator[styles.RuleFile]:
    if not paths:
        yield from Config.discover(Path.cwd()).rule_files
    for path in map(Path, paths):
        if path.is_dir():
            yield from (styles.RuleFile(file) for file in sorted(path.rglob("*.yml")))
        elif path.exists():
            yield styles.RuleFile(path)
        else:
            raise StyleError(str(path), "no such rule file or folder")


def _asked(rule_id: str, asked: Sequence[str]) -> bool:
    return not asked or rule_id in asked or rule_id.partition(".")[0] in asked


def _documents(corpus: str) -> Iterator[Document]:
    if not Path(corpus).is_dir():
        raise ConfigError(corpus, "no such folder, expected a folder of texts")
    for path in drafts.find([corpus], gitignore=False):
        if isinstance(path, Path):
            yield formats.read(drafts.read(path), str(path))
