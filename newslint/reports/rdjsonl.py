"""rdjsonl, for reviewdog: a line of JSON for each diagnostic, as they come."""

from collections.abc import Iterable, Iterator

from newslint.findings import Report
from newslint.reports import Options, _rdf, _wire


def write(reports: Iterable[Report], options: Options) -> Iterator[str]:
    """A diagnostic a line."""
    for diagnostic in _rdf.diagnostics(reports, options):
        yield _wire.json(diagnostic, indent=-1)
