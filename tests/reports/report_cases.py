"""What all tests of reports share: a line with every width of character, and names of all sorts."""

from newslint import formats, reports
from newslint.engine import Linter
from newslint.findings import Report
from newslint.kinds.existence import Existence
from newslint.kinds.near_miss import NearMiss
from newslint.reports import Options

LINE = "He said “𝕍ladmir” café 😀 Petrof, with Petrov, Petrov and Petrov."
SOURCE = f"A headline\n\nA line.\r\n{LINE}\n"
NAMES = (
    "drafts/a b.txt",
    "drafts/one, two.txt",
    "drafts/12:30.txt",
    "12:30.txt",
    "drafts/50% off.txt",
    "drafts/50%25.txt",
    "drafts/a\nb.txt",
    "drafts/a#b?c&d=e.txt",
    "drafts/“zitat” 😀.txt",
    "drafts/::error::##[error].txt",
    "drafts/<b>&amp;'\".txt",
)
HOSTILE = (
    "::stop-commands::x\n\n##[add-mask]e\n\n::error::mine\n\n"
    "Petrof ##[error] Petrov, Petrov and ::warning::Petrov. </script><script>alert(1)</script>\n"
)
NEAR_MISS = NearMiss(
    id="Names.NearMiss", message="“{found}”, but “{other}”, 50% sure: a, b", level="error"
)


def report(source: str = SOURCE, name: str = "drafts/a.txt") -> Report:
    """One error: “Petrof”, with a fix, and one place it speaks of."""
    return Linter([NEAR_MISS]).lint(formats.read(source.encode(), name))


def words(source: str, name: str = "a.txt", **levels: str) -> Report:
    """A finding of rule `Word.<word>` at each of the words named, at its level."""
    rules = [
        Existence(id=f"Word.{word}", message=f"{word} here", tokens=(word,), level=level)  # type: ignore[arg-type]
        for word, level in levels.items()
    ]
    return Linter(rules).lint(formats.read(source.encode(), name))


def written(name: str, *given: Report, **options: object) -> str:
    """The report in a format."""
    return "\n".join(reports.writer(name)(given, Options(**options)))  # type: ignore[arg-type]
