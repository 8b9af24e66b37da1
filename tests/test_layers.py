"""The one statement of the architecture's layers: a module imports only what stands above it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import newslint

PACKAGE = Path(newslint.__file__).parent
PLUG_BOARDS = ("formats", "kinds", "reports")
LAYERS = (
    "errors",
    "files",
    "git",
    "store",
    "spans",
    "remarks",
    "elsewhere",
    "segment",
    "quotations",
    "lexicon",
    "readability",
    "text",
    "builder",
    "names",
    "fullnames",
    "archive",
    "languagetool",
    "markup",
    "frontmatter",
    "formats",
    "edits",
    "findings",
    "fingerprints",
    "repository",
    "anchors",
    "patterns",
    "rule",
    "english",
    "kinds",
    "yamlfile",
    "validation",
    "styles",
    "configfile",
    "configcheck",
    "ruleset",
    "config",
    "inputs",
    "schema",
    "silence",
    "engine",
    "fixes",
    "suppressions",
    "scores",
    "cache",
    "changes",
    "baseline",
    "examples",
    "bench",
    "reports",
    "drafts",
    "index",
    "batch",
    "handbook",
    "commands",
    "cli",
    "__main__",
)


def test_every_module_has_its_layer() -> None:
    present = {module.relative_to(PACKAGE).parts[0].removesuffix(".py") for module in _modules()}
    assert present - {"__init__"} <= set(LAYERS)


def test_imports_only_point_up_the_list() -> None:
    for module in _modules():
        layer = _layer(module)
        for imported in _imports(module):
            assert LAYERS.index(imported[0]) <= LAYERS.index(layer), f"{module} imports {imported}"


def test_modules_of_a_plug_board_do_not_import_each_other() -> None:
    for module in _modules():
        for imported in _imports(module):
            if imported[0] == _layer(module) and imported[0] in PLUG_BOARDS:
                assert _may_share(module, imported), f"{module} imports {'.'.join(imported)}"


def _may_share(module: Path, imported: tuple[str, ...]) -> bool:
    """A member may import the board itself, what the board shares (`_…`), and its own parts."""
    own = module.relative_to(PACKAGE).parts[1].removesuffix(".py")
    return len(imported) == 1 or imported[1].startswith("_") or imported[1] == own


def _modules() -> list[Path]:
    inside = (path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")
    return sorted(inside)


def _layer(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(module: Path) -> Iterator[tuple[str, ...]]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "newslint":
            yield from ((alias.name,) for alias in node.names if alias.name in LAYERS)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("newslint."):
            yield tuple(str(node.module).split(".")[1:])
        elif isinstance(node, ast.Import):
            names = (alias.name for alias in node.names)
            yield from (tuple(n.split(".")[1:]) for n in names if n.startswith("newslint."))
