"""A log that a person reads: what went wrong, where and why, and not how Scrapy is put together."""

from __future__ import annotations

import logging

# They tell at length what is on and how it went, which is for those who ask for DEBUG.
_TALKATIVE = (
    "scrapy.addons",
    "scrapy.core.engine",
    "scrapy.crawler",
    "scrapy.extensions.logstats",
    "scrapy.middleware",
    "scrapy.statscollectors",
    "scrapy.utils.log",
)
# What they warn of, the visit's own line says with its reason.
_REPEATED = (
    "scrapy.core.downloader.handlers.http11",
    "scrapy.downloadermiddlewares.httpcompression",
)
# A robots.txt that does not come is told by the stories that do not come either.
_WITH_TRACEBACK = ("scrapy.downloadermiddlewares.robotstxt",)


def shorten_log(level: str | int) -> None:
    """Keep the crawl's log short, unless its ``level`` is DEBUG."""
    if logging.getLevelName(level) in (logging.DEBUG, logging.NOTSET, "DEBUG", "NOTSET"):
        return
    logging.getLogger("alembic").setLevel(logging.WARNING)
    for name in _TALKATIVE:
        logging.getLogger(name).addFilter(_warns)
    for name in _REPEATED:
        logging.getLogger(name).addFilter(_fails)
    for name in _WITH_TRACEBACK:
        logging.getLogger(name).addFilter(_without_traceback)


def _warns(record: logging.LogRecord) -> bool:
    # A signal is answered at once, though the crawl takes its time to end.
    return record.levelno >= logging.WARNING or str(record.msg).startswith("Received ")


def _fails(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.ERROR


def _without_traceback(record: logging.LogRecord) -> bool:
    record.exc_info = None
    record.exc_text = None
    return True
