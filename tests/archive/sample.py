"""A week of two made-up papers in which everything happens that the documented queries ask for."""

from __future__ import annotations

from newsarchive.article import Author
from tests.archive.conftest import Archive
from tests.archive.stories import OTHER, address, capture, day, link, miss, moment, story


def fill(archive: Archive) -> None:
    archive.write(
        *(story(n, capture=capture(n), published=moment(day(n % 5)), related_links=[link(2, "hot"), link(n + 1)])
          for n in range(1, 13)),
        story(20, body="路透社的長稿，一字不改。", provider="路透", authors=[], byline="路透／倫敦電"),
        story(None, source=OTHER, url="https://abend.example/20", body="路透社的長稿，一字不改。", provider="路透",
              authors=[Author("Ada Beispiel")], headline="Langer Agenturtext"),
    )  # fmt: skip
    archive.write(
        story(2, at=day(1), headline="小熊貓回家了", capture=capture(102), modified=moment(day(1))),
        story(3, at=day(1), body="改過的內文，沒有人說。", capture=capture(103)),
        miss("not_found", at=day(2), url=address(4), http_status=404),
        miss("timeout", at=day(2), url=address(5)),
        story(6, at=day(2)),
    )
