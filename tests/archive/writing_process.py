"""A program that writes stories without end and says after each commit how many are safe. It is killed by a test."""

from __future__ import annotations

import sys

from newsarchive.archive.crawls import begin_crawl
from newsarchive.archive.database import open_archive
from newsarchive.archive.writing.writer import Writer
from tests.archive.stories import NOON, address, capture, day, link, miss, story


def main(url: str, first: int) -> None:
    engine = open_archive(url)
    writer = Writer(engine, begin_crawl(engine, "morgenblatt", {}, NOON), batch=20)
    number = first
    while True:
        number += 1
        page = capture(number, url=address(number))
        due = writer.add(story(number, capture=page, related_links=[link(number - 1), link(number + 1)]))
        writer.add(story(number - 7, at=day(1), headline=f"改了 {number}", related_links=[link(1)]))
        writer.add(miss("timeout", url=address(number - 9), at=day(1)))
        if due:
            writer.flush()
            print(number, flush=True)  # noqa: T201  that is its answer


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
