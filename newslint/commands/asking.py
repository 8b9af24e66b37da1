"""`newslint fix --interactive`: each finding is shown, and a person says what to write."""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence

from newslint import fixes
from newslint.batch import Job
from newslint.commands.check import shown
from newslint.commands.rewriting import Changed, plural
from newslint.errors import ConfigError
from newslint.findings import Finding, Report
from newslint.fixes import Choice, Fixer
from newslint.reports import terminal
from newslint.spans import Span
from newslint.text import Document

_HELP = """\
y  write it                         n  leave it as it is
a  write it, and all that follow    q  leave this and all that follow
1, 2, …  write that one
What you have said yes to is written when a draft is done."""


class Asking:
    """Asks about drafts until it is told to stop. Raises ConfigError where nobody can answer."""

    def __init__(self, options: argparse.Namespace, fixer: Callable[[Job], Fixer]) -> None:
        if not sys.stdin.isatty():
            raise ConfigError("--interactive", "standard input is no terminal, expected one to ask")
        self._options, self._fixer = options, fixer
        self._stopped = False

    def change(self, report: Report, job: Job) -> Changed:
        """Asks about each finding of a draft that can be fixed, and fixes it."""
        assert report.document
        document = report.document
        findings = [one for one in report.findings if fixes.applicable(document, one)]
        if self._stopped or not findings:
            return Changed(document, 0)
        print(f"{report.name}: {plural(len(findings), 'finding')} to decide")
        choices = list(self._choices(document, findings))
        fixer = self._fixer(job)
        fixed, done = fixer.apply(fixer.lint(document), choices)
        if len(done) < len(choices):
            count = plural(len(choices) - len(done), "fix").replace("fixs", "fixes")
            print(f"  {count} left out: it would make a new finding, or change the markup.")
        return Changed(fixed, len(done))

    def _choices(self, document: Document, findings: Sequence[Finding]) -> Iterator[Choice]:
        taken: list[Span] = []
        all_follow = False
        for finding in findings:
            if self._stopped or any(finding.span.overlaps(other) for other in taken):
                continue
            answer = "y" if all_follow and len(finding.fixes) == 1 else None
            answer = answer or self._answer(document, finding)
            all_follow |= answer == "a"
            self._stopped |= answer == "q"
            if answer not in ("n", "q"):
                taken.append(finding.span)
                number = int(answer) if answer.isdigit() else 1
                yield Choice(finding, finding.fixes[number - 1].text)

    def _answer(self, document: Document, finding: Finding) -> str:
        """One of `y`, `n`, `a`, `q`, or the number of a replacement."""
        print(*terminal.show(document, finding, shown(self._options)), sep="\n")
        count = len(finding.fixes)
        numbers = [str(number) for number in range(1, count + 1)] if count > 1 else []
        for number, fix in zip(numbers, finding.fixes):
            print(f"      {number}  {fix.text or 'take it out'}")
        asked = "n, q" if numbers else "y, n, a, q"
        prompt = f"      write it? [{', '.join([*numbers, asked])} or ?] "
        while True:
            answer = _typed(prompt)
            if answer in ("n", "q", *numbers) or (answer in ("y", "a") and not numbers):
                return answer
            print(_HELP)


def _typed(prompt: str) -> str:
    """What is typed; the end of input means to stop."""
    try:
        return input(prompt).strip().lower()
    except EOFError:
        print()
        return "q"
