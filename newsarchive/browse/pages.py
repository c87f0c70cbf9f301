"""Our own pages in Datasette: front, search, article, coverage, questions."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from datasette import hookimpl
from datasette.utils.asgi import Response
from markupsafe import Markup, escape
from sqlalchemy import Engine, text

from newsarchive.archive.search import Order, count, search
from newsarchive.archive.search.query import QueryError
from newsarchive.archive.search.snippets import Marked
from newsarchive.archive.selection import Selection
from newsarchive.archive.status import holdings
from newsarchive.browse.coverage import Bar, coverage
from newsarchive.browse.questions import Question, defaults
from newsarchive.browse.shield import LANGUAGE, Application, Shield
from newsarchive.browse.story import load_story
from newsarchive.browse.words import about_table, instant, parameter_word, printed_time, translator
from newsarchive.browse.words_of_data import TABLES

_A_PAGE = 20
_MOST_PAGES = 500  # behind these a search has to be narrowed: each page reads over all before it
_CHANGED = text("""
    SELECT revisions.observed_at, revisions.article_id, articles.headline, sources.title, sources.name,
        revisions.silent, revisions.substantive
    FROM revisions JOIN articles ON articles.id = revisions.article_id JOIN sources ON sources.id = articles.source_id
    WHERE revisions.number > 1 AND revisions.cause = 'publisher' ORDER BY revisions.observed_at DESC LIMIT 6""")
_NAMES = text("SELECT name, title FROM sources ORDER BY name")

Answer = Awaitable[Response]


class Pages:
    """The plugin. Datasette finds its hooks by their names."""

    __name__ = "newsarchive.browse"  # Datasette takes a plugin for a module and asks for its name

    def __init__(self, engine: Engine, questions: list[Question], *, loopback: bool) -> None:
        self.engine = engine
        self.questions = questions
        self.loopback = loopback

    @hookimpl  # type: ignore[untyped-decorator]
    def asgi_wrapper(self, datasette: Any) -> Callable[[Application], Application]:
        """Put the shield before everything that Datasette answers, its own pages too."""
        return lambda application: Shield(application, loopback=self.loopback)

    @hookimpl  # type: ignore[untyped-decorator]
    def register_routes(self) -> list[tuple[str, Callable[..., Answer]]]:
        """Our addresses go before Datasette's."""
        return [
            (r"^/$", self.front),
            (r"^/search$", self.found),
            (r"^/article/(?P<id>[0-9]{1,18})$", self.article),
            (r"^/coverage$", self.covered),
            (r"^/questions$", self.asked),
        ]

    @hookimpl  # type: ignore[untyped-decorator]
    def prepare_jinja2_environment(self, env: Any) -> None:
        """Give templates what every request shares, and words for Datasette's errors, which have no request."""
        env.globals.update(instant=instant, printed_time=printed_time, marked=marked, web_address=web_address,
                           language="en", t=translator("en"), other_language="?lang=zh", here="")  # fmt: skip

    @hookimpl  # type: ignore[untyped-decorator]
    def extra_template_vars(self, request: Any) -> dict[str, Any]:
        """Give every template, Datasette's too, the interface's language."""
        if request is None:
            return {}
        language = request.scope.get(LANGUAGE, "en")
        kept = [(name, value) for name in request.args for value in request.args.getlist(name)]
        other = urlencode([*kept, ("lang", "en" if language == "zh-Hant" else "zh")])
        return {
            "language": language,
            "t": translator(language),
            "about": about_table(language),
            "about_language": lambda name: language if name in TABLES else "en",
            "parameter": parameter_word(language),
            "other_language": f"{request.path}?{other}",
            "here": request.path,
        }

    @hookimpl  # type: ignore[untyped-decorator]
    def render_cell(self, value: Any, column: str, database: str | None) -> Markup | None:
        """Lead from an article's number in the answer to a question to the article."""
        if column in ("article_id", "target_article_id", "duplicate_of_id") and isinstance(value, int):
            return Markup('<a href="/article/{0}">{0}</a>').format(value)
        return None

    async def front(self, datasette: Any, request: Any) -> Response:
        """What is there, what is new, what was changed."""

        def read() -> dict[str, Any]:
            with self.engine.connect() as connection:
                changed = connection.execute(_CHANGED).all()
            return {
                "papers": holdings(self.engine),
                "newest": search(self.engine, None, limit=12),
                "titles": dict(self._names()),
                "changed": changed,
                "bars": coverage(self.engine, "", Selection()),
            }

        return await _page(datasette, request, "front.html", await asyncio.to_thread(read))

    async def found(self, datasette: Any, request: Any) -> Response:
        """Search, with the filters that every command has."""
        asked, selection, wrong = _asked(request)
        page = _number(request.args.get("page"))
        order: Order = "relevance" if request.args.get("order") == "relevance" else "newest"

        def read() -> dict[str, Any]:
            hits, total, error = [], 0, wrong
            if error is None:
                try:
                    total = count(self.engine, asked["q"], selection)
                    hits = search(self.engine, asked["q"], selection, order=order, limit=_A_PAGE,
                                  offset=(page - 1) * _A_PAGE)  # fmt: skip
                except QueryError as problem:
                    error = str(problem)
            return {
                "hits": hits,
                "total": total,
                "error": error,
                "names": (names := self._names()),
                "titles": dict(names),
            }

        shown = await asyncio.to_thread(read)
        last = min(_MOST_PAGES, -(-shown["total"] // _A_PAGE))
        around = {name: _again(request, page=n) for name, n in (("before", page - 1), ("after", page + 1))
                  if 1 <= n <= last}  # fmt: skip
        return await _page(
            datasette, request, "search.html",
            shown | {"asked": asked, "page": page, "last": last, "order": order, "around": around,
                     "coverage_link": "/coverage?" + urlencode({k: v for k, v in asked.items() if v})},
            status=400 if shown["error"] else 200,
        )  # fmt: skip

    async def article(self, datasette: Any, request: Any) -> Response:
        """One article, as one reads it."""
        story = await asyncio.to_thread(load_story, self.engine, int(request.url_vars["id"]))
        if story is None:
            return await _page(datasette, request, "missing.html", {"id": request.url_vars["id"]}, status=404)
        return await _page(datasette, request, "article.html", {"story": story, "article": story.archived.article})

    async def covered(self, datasette: Any, request: Any) -> Response:
        """How many stories over time, and how many of them hit a query."""
        asked, selection, wrong = _asked(request)

        def read() -> dict[str, Any]:
            drawn: list[Bar] = []
            error = wrong
            if error is None:
                try:
                    drawn = coverage(self.engine, asked["q"], selection)
                except QueryError as problem:
                    error = str(problem)
            return {"bars": drawn, "error": error, "names": self._names(), "asked": asked}

        shown = await asyncio.to_thread(read)
        return await _page(datasette, request, "coverage.html", shown, status=400 if shown["error"] else 200)

    async def asked(self, datasette: Any, request: Any) -> Response:
        """Give the documented questions, each with values of this archive filled in."""
        given = await asyncio.to_thread(defaults, self.engine)
        links = {
            one.name: f"/archive/{one.name}?" + urlencode({name: given.get(name, "") for name in one.parameters})
            for one in self.questions
        }
        return await _page(datasette, request, "questions.html", {"questions": self.questions, "links": links})

    def _names(self) -> list[tuple[str, str]]:
        with self.engine.connect() as connection:
            return [(row.name, row.title or row.name) for row in connection.execute(_NAMES)]


def marked(text: Marked) -> Markup:
    """Write a text that was hit, as HTML."""
    out, at = Markup(), 0
    for start, end in text.hits:
        out += escape(text.text[at:start]) + Markup("<mark>{}</mark>").format(text.text[start:end])
        at = end
    return out + escape(text.text[at:])


def web_address(url: str | None) -> str | None:
    """Give an address of the web that may stand in a link; None for ``javascript:``, ``data:`` and the like."""
    return url if url and url.lower().startswith(("https://", "http://")) else None


async def _page(datasette: Any, request: Any, template: str, shown: dict[str, Any], status: int = 200) -> Response:
    return Response.html(await datasette.render_template(template, shown, request=request), status=status)


def _asked(request: Any) -> tuple[dict[str, str], Selection, str | None]:
    """What was filled in, what it means, and what is wrong with it."""
    fields = ("q", *Selection.__dataclass_fields__)
    asked = {name: (request.args.get(name) or "").strip() for name in fields}
    chosen: dict[str, Any] = {name: asked[name] or None for name in fields[1:]}
    chosen |= {name: bool(asked[name]) for name in ("revised", "removed", "unique")}
    wrong = None
    for name in ("since", "until"):
        try:
            chosen[name] = date.fromisoformat(asked[name]) if asked[name] else None
        except ValueError:
            chosen[name], wrong = None, f"{asked[name]!r} is no date; one is 2026-02-19"
    return asked, Selection(**chosen), wrong


def _again(request: Any, **changed: Any) -> str:
    kept = {name: request.args[name] for name in request.args if request.args[name]}
    return f"{request.path}?{urlencode(kept | changed)}"


def _number(given: str | None) -> int:
    return max(1, min(_MOST_PAGES, int(given))) if given and given.isdecimal() and len(given) < 6 else 1
