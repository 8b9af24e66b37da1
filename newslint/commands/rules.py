"""`newslint rules` and `newslint explain`: what rules there are, tried and measured."""

import argparse
import contextlib
import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

from newslint import batch, bench, drafts, examples, formats, kinds, scores, styles
from newslint.archive import in_archive
from newslint.batch import Job
from newslint.commands import CLEAN, FOUND
from newslint.commands.selection import here, rule_files
from newslint.config import Config
from newslint.errors import ConfigError, StyleError
from newslint.text import Document
from newslint.validation import nearest


def table(options: argparse.Namespace) -> Iterator[str]:
    """A line a rule: on or off, level, evidence, the first sentence of why."""
    config = here(options)
    on = {rule.id: rule for rule in config.settings(Path("draft.md")).rules}
    for file in config.library.rule_files:
        if config.library.chosen(file.id):
            rule = on.get(file.id) or file.rule()
            level = rule.level if file.id in on else "off"
            rate = f"{rule.evidence.clean_per_10k:g}" if rule.evidence else "–"
            why = rule.why.split(". ")[0].rstrip(".")
            yield f"{file.id:<32} {level:<11} {rate:>6}  {why}"


def explain(options: argparse.Namespace) -> Iterator[str]:
    """Why a rule is, what it finds, how sure it is; or the keys of a kind."""
    from newslint import handbook

    config = here(options)
    found = {file.id: file for file in config.library.rule_files}
    name = options.name
    if name in found:
        yield from handbook.page(found[name].rule())
    elif name in kinds.names():
        yield from handbook.kind_page(name)
    else:
        hint = nearest(name, [*sorted(found), *kinds.names()])
        raise ConfigError("explain", f"no rule or kind `{name}`{hint}")


def test(options: argparse.Namespace) -> int:
    """Runs the examples of rules and prints what does not hold."""
    tried = failed = skipped = 0
    with _remarking(options) as prepare:
        for file in _named_files(options.paths):
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


def measure(options: argparse.Namespace) -> Iterator[str]:
    """How often rules fire on a corpus, in findings per 10,000 words."""
    files = [file for file in rule_files(options) if _asked(file.id, options.rules)]
    if not options.languagetool:
        files = [file for file in files if not file.kind.judges_remarks]
    run = bench.Bench([file.rule() for file in files])
    with _remarking(options) as prepare:
        documents = _documents(options.corpus)
        if any(rule.asks_archive for rule in run.rules):
            documents = iter(in_archive(list(documents)))
        for document in documents:
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


def lint(options: argparse.Namespace) -> Iterator[str]:
    """What is wrong with the rules that can be had."""
    rules = [file.rule() for file in rule_files(options)]
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


def _named_files(paths: Sequence[str]) -> Iterator[styles.RuleFile]:
    if not paths:
        yield from Config.discover(Path.cwd()).library.rule_files
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
