"""What a user may ask of a crawl: ``-a urls=URL,URL``, ``-a since=DATE``, ``-a limit=N``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

# A comma that ends an address: the next one follows. Commas inside addresses stay.
_BETWEEN_URLS = re.compile(r",\s*(?=https?://)|\s+", re.IGNORECASE)


class ArgumentError(ValueError):
    """An argument of the crawl that makes no sense; the message is one line for the user."""


@dataclass(frozen=True, slots=True)
class Arguments:
    """The bounds of one crawl. ``urls`` are fetched whatever the archive knows; ``limit`` counts story requests."""

    urls: tuple[str, ...] = ()
    since: date | None = None
    limit: int | None = None


def read_arguments(urls: str | None = None, since: str | None = None, limit: str | int | None = None) -> Arguments:
    """Read the arguments as the command line gives them; raises ``ArgumentError``."""
    return Arguments(
        urls=() if urls is None else _urls(urls), since=None if since is None else _since(since), limit=_limit(limit)
    )


def _urls(value: str) -> tuple[str, ...]:
    urls = tuple(dict.fromkeys(part.strip().rstrip(",") for part in _BETWEEN_URLS.split(value) if part.strip(" ,")))
    if not urls:
        raise ArgumentError("urls= names no address")
    for url in urls:
        read_address("urls", url)
    return urls


def read_address(name: str, url: str) -> str:
    """Return ``url`` as it is; raises ``ArgumentError`` naming the argument ``name`` where it is no web address."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ArgumentError(f"{name}={url}: no address: {error}") from None
    if parts.scheme not in ("http", "https") or not host:
        raise ArgumentError(f"{name}={url}: no http or https address")
    return url


def read_addresses(file: Path) -> tuple[str, ...]:
    """Read a file of addresses, one a line; blank lines and those that begin with # are left out.

    Raises ``ArgumentError`` naming file and line.
    """
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        raise ArgumentError(f"urls_file={file}: {reason}") from None
    urls = {
        read_address(f"urls_file={file}, line {number}, ", text): None
        for number, line in enumerate(lines, 1)
        if (text := line.strip()) and not text.startswith("#")
    }
    if not urls:
        raise ArgumentError(f"urls_file={file}: it names no address")
    return tuple(urls)


def _since(value: str) -> date:
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise ArgumentError(f"since={value}: no date; write it like 2026-02-01") from None


def _limit(value: str | int | None) -> int | None:
    if value is None:
        return None
    try:
        limit = int(value)
    except ValueError:
        limit = 0
    if limit < 1:
        raise ArgumentError(f"limit={value}: no number of stories; write 1 or more")
    return limit
