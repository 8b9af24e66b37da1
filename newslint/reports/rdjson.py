"""rdjson, for reviewdog: one JSON text with all diagnostics."""

from collections.abc import Iterable, Iterator

from newslint.findings import Report
from newslint.reports import Options, _rdf, _wire


def write(reports: Iterable[Report], options: Options) -> Iterator[str]:
    """The report as one JSON text."""
    yield _wire.json(
        {"source": _rdf.SOURCE, "diagnostics": list(_rdf.diagnostics(reports, options))}
    )
