"""A spider that fetches addresses and tells what it got, byte for byte: what recording and replay have to agree on."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict
from typing import Any, Self

import scrapy
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from newsarchive.page import Capture
from newsarchive.warc.captured import captured
from newsarchive.warc.recorder import Recorder


class FetchSpider(scrapy.Spider):
    name = "fetch"
    custom_settings = {  # noqa: RUF012
        "ITEM_PIPELINES": {},
        "EXTENSIONS": {},
        "HTTPERROR_ALLOW_ALL": True,
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "RETRY_ENABLED": False,
    }

    def __init__(self, urls: str, remember: str = "", method: str = "GET", **headers: str) -> None:
        super().__init__()
        self.urls = urls.split(",")
        self.method = method
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.remember = bool(remember)
        self.seen: list[Capture] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.note, signal=captured)
        crawler.signals.connect(spider.opened, signal=signals.engine_started)
        return spider

    def opened(self) -> None:
        recorder = self.crawler.get_downloader_middleware(Recorder)
        if recorder is not None and self.remember:
            recorder.find_earlier = self.find_earlier

    def note(self, capture: Capture, request: Request) -> None:
        self.seen.append(capture)

    def find_earlier(self, url: str, digest: str | None) -> Capture | None:
        for capture in reversed(self.seen):
            if capture.url == url and capture.http_status == 200 and digest in {None, capture.digest}:
                return capture
        return None

    async def start(self) -> AsyncIterator[Any]:
        for position, url in enumerate(self.urls):
            yield Request(
                url,
                method=self.method,
                headers=self.headers,
                dont_filter=True,
                errback=self.failed,
                priority=-position,
                cb_kwargs={"asked": url},
            )

    def parse(self, response: Response, asked: str) -> Iterator[dict[str, Any]]:
        assert response.request is not None
        yield {
            "asked": asked,
            "url": response.url,
            "status": response.status,
            "headers": [
                [name.decode("latin-1"), value.decode("latin-1")]
                for name in sorted(response.headers)
                for value in response.headers.getlist(name)
            ],
            "kind": type(response).__name__,
            "encoding": getattr(response, "encoding", None),
            "digest": "sha256:" + hashlib.sha256(response.body).hexdigest(),
            "flags": response.flags,
            "capture": asdict(response.request.meta["capture"]) if "capture" in response.request.meta else None,
        }

    def failed(self, failure: Failure) -> Iterator[dict[str, Any]]:
        assert failure.value is not None
        request: Request = failure.request  # type: ignore[attr-defined]
        capture = request.meta.get("capture")
        yield {
            "asked": request.cb_kwargs["asked"],
            "failure": type(failure.value).__name__,
            "capture": asdict(capture) if capture else None,
        }

    def closed(self, reason: str) -> Iterator[dict[str, Any]]:
        self.logger.info("captures %d, reason %s", len(self.seen), reason)
