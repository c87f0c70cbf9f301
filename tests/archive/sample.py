"""A week of two made-up papers in which everything happens that the documented queries ask for."""

from __future__ import annotations

from newsarchive.archive.connection import writing
from newsarchive.archive.frontier.sightings import Seen, note_sightings
from newsarchive.archive.statements import take_write_lock
from newsarchive.archive.writing.names import Names
from newsarchive.article import Author
from newsarchive.page import Listing
from tests.archive.conftest import Archive
from tests.archive.stories import OTHER, PAPER, address, capture, day, link, miss, moment, story


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
        story(3, at=day(1), body="改過的內文，沒有人說。", capture=capture(103), published=moment(day(3))),
        story(9, at=day(1), body="小熊貓有三隻。\n\n更正：本報昨天寫成兩隻。", correction="更正：本報昨天寫成兩隻。"),
        miss("not_found", at=day(2), url=address(4), http_status=404),
        miss("not_found", at=day(3), url=address(4), http_status=404),
        miss("not_found", at=day(1), url=address(7), http_status=404),
        story(7, at=day(2)),
        story(8, at=day(2), url=address(8, 11)),
        miss("not_found", at=day(2), url=address(99), http_status=404),
        miss("timeout", at=day(2), url=address(5)),
        story(6, at=day(2)),
    )
    sitemap, front = "https://www.morgen.example/sitemap.xml", "https://www.morgen.example/"
    with writing(archive.engine) as connection, connection.begin():
        take_write_lock(connection)
        source_id = Names().sources(connection, [PAPER])[PAPER.name]
        found = [
            (str(n),
             Listing(url=address(n), found_in=sitemap, found_by="sitemap", title=f"第{n}則", published="2026-03-01"),
             [Seen(sitemap, "sitemap", day(0)), Seen(front, "front", day(1))])
            for n in (1, 2, 3, 99)
        ]  # fmt: skip
        note_sightings(connection, source_id, found, PAPER.timezone)
