"""What became of an attempt to fetch a story: a response or a failure, as an outcome of the visits' ledger."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.response import response_status_message

from newsarchive.discover.stories import Stories
from newsarchive.page import Outcome


class Refused(IgnoreRequest):
    """A request that we ourselves do not make, or do not follow further.

    ``outcome`` is what the visit's row says, ``response`` what there was of an answer, ``redirect_url`` where that led.
    """

    def __init__(
        self, outcome: Outcome, reason: str, response: Response | None = None, redirect_url: str | None = None
    ) -> None:
        super().__init__(reason)
        self.outcome: Outcome = outcome
        self.response = response
        self.redirect_url = redirect_url


@dataclass(frozen=True, slots=True)
class Finding:
    """An outcome with its reason, in words for the log."""

    outcome: Outcome
    reason: str
    response: Response | None = None
    redirect_url: str | None = None


_BY_STATUS: dict[int, Outcome] = {
    202: "challenge",  # no news page is "accepted for processing"; bot walls (AWS WAF) answer so
    304: "not_modified",
    401: "forbidden",
    402: "paywalled",
    403: "forbidden",
    404: "not_found",
    407: "forbidden",
    408: "timeout",
    410: "gone",
    429: "rate_limited",
    451: "forbidden",
    504: "timeout",
}


def outcome_of_status(response: Response) -> Finding | None:
    """Return what the status of ``response`` says where it is no page to read, else ``None``."""
    status = response.status
    reason = response_status_message(status)
    if response.headers.get("cf-mitigated") == b"challenge":  # developers.cloudflare.com/…/challenge-pages/detect
        return Finding("challenge", f"a challenge page ({reason})", response)
    known = _BY_STATUS.get(status)
    if known is not None:
        return Finding(known, reason, response)
    if 200 <= status < 300:
        return None
    if 300 <= status < 400:
        where = (response.headers.get("Location") or b"nowhere").decode("latin-1")
        return Finding("unreachable", f"{reason}: redirects to {where}", response)
    return Finding("client_error" if status < 500 else "server_error", reason, response)


# Words in an address that a reader is sent to instead of the story. Login pages count as challenges.
_GATE = re.compile(r"(?:^|[/._-])(?:log-?in|sign-?in|auth|captcha|challenge|verify)(?:$|[/._?-])", re.IGNORECASE)


def outcome_of_landing(request: Request, response: Response, stories: Stories) -> Finding | None:
    """Return what it means that a story redirected to what is no story: the front page, most often.

    Only a declared story pattern can tell.
    """
    if not request.meta.get("redirect_urls") or stories.pattern is None or stories.identify(response.url):
        return None
    outcome: Outcome = "challenge" if _GATE.search(urlsplit(response.url).path) else "not_found"
    return Finding(outcome, f"redirects to {response.url}, which is no story", response)


_WRAPPED = re.compile(r"Failure [\w.]+: ([^>]+?)\.?>")


def outcome_of_failure(error: BaseException) -> Finding:
    """Return what an exception of the download says."""
    finding = None
    match error:
        case HttpError():
            finding = outcome_of_status(error.response)
        case Refused():
            finding = Finding(error.outcome, str(error), error.response, error.redirect_url)
        case DownloadTimeoutError():
            finding = Finding("timeout", "no answer in time")
        case DownloadCancelledError():
            finding = Finding("too_large", "larger than DOWNLOAD_MAXSIZE")
        case ResponseDataLossError():
            finding = Finding("truncated", "the connection ended before the promised length")
        case CannotResolveHostError():
            finding = Finding("unreachable", "its host name is unknown")
        case DownloadConnectionRefusedError():
            finding = Finding("unreachable", "the connection was refused")
    return finding or Finding("unreachable", _plain(error))


def _plain(error: BaseException) -> str:
    """An exception in one line, without the wrapping that Twisted puts around the network's own words."""
    words = " ".join(str(error).split()) or type(error).__name__
    inner = _WRAPPED.search(words)
    return inner[1] if inner else words
