"""The house stays as docs/architecture.md describes it: imports in one direction, pure parts pure, files short."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "newsarchive"
DOCUMENT = PACKAGE.parent / "docs" / "architecture.md"
MOST_LINES = 400

# What each part may import of the others.
TYPES = {"article", "page", "reading"}
BELOW: dict[str, set[str]] = {
    "article": set(),
    "reading": {"article"},
    "page": {"article", "extract.layout"},
    "normalize": {"article", "reading"},
    "extract": TYPES | {"normalize"},
    "discover": TYPES | {"normalize", "extract"},
    "warc": TYPES,
    "archive": TYPES | {"normalize"},
    "export": TYPES | {"normalize", "warc", "archive", "__init__"},
    "browse": TYPES | {"normalize", "archive"},
    "settings": set(),
    "crawl": TYPES | {"normalize", "extract", "discover", "warc", "archive"},
    "pipelines": TYPES | {"normalize", "extract", "warc", "archive", "crawl"},
    "spiders": {"extract", "crawl"},
    "describe": TYPES | {"normalize", "extract", "discover", "warc"},
}
BELOW["__init__"] = {"article", "page", "extract", "normalize"}
BELOW["cli"] = {*BELOW, "__init__"} - {"cli"}

# Functions of bytes and words: the same page gives the same article wherever and whenever it is read.
PURE = ("article", "reading", "page", "normalize", "extract", "discover")
IMPURE = {
    *("scrapy", "twisted", "sqlalchemy", "alembic", "sqlite3", "warcio", "click", "rich"),
    *("requests", "httpx", "aiohttp", "urllib.request", "http.client", "socket", "asyncio", "subprocess"),
    *("time", "random", "logging"),
}
CLOCK = {"now", "today", "utcnow"}
# Each of these belongs to one part, so that it can be replaced there.
OWNERS = {
    "click": {"cli"},
    "warcio": {"warc"},
    "alembic": {"archive"},
    "parsel": {"extract"},
    "dateparser": {"normalize"},
}
# Names that say nothing of what is inside.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "base", "core", "manager"}

FILES = sorted(PACKAGE.rglob("*.py"))


def part(path: Path) -> str:
    inside = path.relative_to(PACKAGE)
    return inside.parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Every module that ``path`` imports, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full"
            if node.module == "newsarchive":
                yield from (f"newsarchive.{name.name}" for name in node.names)
            elif node.module:
                yield node.module


def imported(path: Path, modules: set[str]) -> Iterator[str]:
    """Which of ``modules`` a file imports: ``from a import b`` means a.b where that is a module, else a."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from {name.name for name in node.names} & modules
        elif isinstance(node, ast.ImportFrom) and node.module in modules:
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                yield inner if inner in modules else node.module


def named(path: Path) -> str:
    return str(path.relative_to(PACKAGE.parent))


@pytest.mark.parametrize("path", FILES, ids=named)
def test_imports_go_in_one_direction(path: Path) -> None:
    own = part(path)
    parts = {inside.name.removesuffix(".py") for inside in PACKAGE.iterdir()}
    for module in imports(path):
        if not module.startswith("newsarchive."):
            continue
        inside = module.removeprefix("newsarchive.")
        other = inside.split(".")[0] if inside.split(".")[0] in parts else "__init__"
        allowed = other == own or other in BELOW[own] or inside in BELOW[own]
        assert allowed, f"{named(path)} imports {module}: {own} may import {', '.join(sorted(BELOW[own])) or 'nothing'}"


def test_no_module_leads_back_to_itself() -> None:
    """Not even by an import inside of a function."""
    modules = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
               for path in FILES}  # fmt: skip
    graph = {}
    for name, path in modules.items():
        graph[name] = {module for module in imported(path, set(modules)) if module != name}
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("path", [path for path in FILES if part(path) in PURE], ids=named)
def test_pure_parts_know_no_network_no_database_and_no_clock(path: Path) -> None:
    modules = set(imports(path))
    modules |= {".".join(module.split(".")[:depth]) for module in modules for depth in (1, 2)}
    assert not modules & IMPURE
    calls = [node.func.attr for node in ast.walk(ast.parse(path.read_text("utf-8")))
             if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]  # fmt: skip
    assert not CLOCK.intersection(calls)


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_library_that_may_be_replaced_is_used_in_one_part(path: Path) -> None:
    for library in {module.split(".")[0] for module in imports(path)} & set(OWNERS):
        assert part(path) in OWNERS[library], f"{library} belongs to {', '.join(OWNERS[library])}"


@pytest.mark.parametrize("path", FILES, ids=named)
def test_a_file_is_short_and_its_name_says_what_is_inside(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES
    assert not EMPTY_NAMES & {piece.removesuffix(".py") for piece in path.relative_to(PACKAGE).parts}


def test_the_map_shows_every_part() -> None:
    described = DOCUMENT.read_text("utf-8")
    parts = {part(path) for path in FILES} - {"__init__", "settings"}
    missing = {name for name in parts if f"`{name}/`" not in described and f"`{name}.py`" not in described}
    assert not missing
    assert {part(path) for path in FILES} == set(BELOW)
