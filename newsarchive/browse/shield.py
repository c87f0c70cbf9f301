"""What stands before every page: who may ask, in which language, and what a page may do in the browser.

Scraped pages are hostile text. Templates escape it; should one ever fail to, the policy below leaves nothing to gain:
no script runs, no other host is asked for anything, no form leads elsewhere, no address that is left is told to others.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "vary": "accept-language, cookie",
}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
LANGUAGE = "newsarchive.language"
"""Key of the request's scope under which the interface's language stands: ``zh-Hant`` or ``en``."""


class Shield:
    """ASGI middleware: headers, the interface's language, and no names but our own while we listen on loopback."""

    def __init__(self, application: Application, *, loopback: bool) -> None:
        self.application = application
        self.loopback = loopback

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        sent = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        asked = next((value for name, value in query if name == "lang"), None)
        if asked is not None:
            # Datasette would take it for a column to filter by.
            left = urlencode([pair for pair in query if pair[0] != "lang"])
            scope = {**scope, "query_string": left.encode("latin-1")}
        language = choose_language(asked, sent.get("cookie", ""), sent.get("accept-language", ""))
        headers = {**HEADERS, "set-cookie": f"lang={language}; Path=/; SameSite=Lax"} if asked is not None else HEADERS

        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                kept = [pair for pair in message["headers"] if pair[0].decode("latin-1").lower() not in HEADERS]
                ours = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
                message = {**message, "headers": [*kept, *ours]}
            await send(message)

        # A page elsewhere could let its own name lead to this machine and read the archive as its own.
        if self.loopback and not _is_loopback(sent.get("host", "")):
            await send_with_headers({"type": "http.response.start", "status": 403, "headers": []})
            await send({"type": "http.response.body", "body": b"This archive is for this machine only.\n"})
            return
        await self.application({**scope, LANGUAGE: language}, receive, send_with_headers)


def choose_language(asked: str | None, cookie: str, accepted: str) -> str:
    """``zh-Hant`` or ``en``: by ?lang=, by the last choice, by what the browser likes best of the two."""
    chosen = [pair.strip().partition("=")[2] for pair in cookie.split(";") if pair.strip().startswith("lang=")]
    for name in [asked or "", *chosen]:
        if name[:2] in ("zh", "en"):
            return "zh-Hant" if name.startswith("zh") else "en"
    for name in accepted.lower().split(","):
        if name.strip()[:2] in ("zh", "en"):
            return "zh-Hant" if name.strip().startswith("zh") else "en"
    return "en"


def _is_loopback(host: str) -> bool:
    try:
        return urlsplit(f"//{host}").hostname in LOOPBACK
    except ValueError:
        return False
