from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsarchive.article import Author, Image, RelatedLink
from tests.archive.conftest import Archive
from tests.archive.sample import fill
from tests.archive.stories import OTHER, capture, day, moment, story

SCRIPT = (
    "<script>document.title = 'taken'</script><img src=http://evil.example/x.png onerror=\"document.title='taken'\">"
)


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The made-up week, and a story whose every field is an attack."""
    opened = Archive(f"sqlite:///{tmp_path_factory.mktemp('browse')}/news.db")
    fill(opened)
    opened.write(
        story(666, headline=f"惡意{SCRIPT}", subheadline=SCRIPT, byline=SCRIPT, section=f"\"><b>{SCRIPT}", body=SCRIPT,
              capture=capture(666), language='zh" onmouseover="alert(1)', url="https://www.morgen.example/story/10/666",
              canonical_url="javascript:document.title='taken'", authors=[Author(SCRIPT, SCRIPT)], tags=[SCRIPT],
              published=moment(day(4)), lead_image="http://evil.example/lead.png",
              images=[Image(url="javascript:alert(1)", caption=SCRIPT, credit=SCRIPT),
                      Image(url="http://evil.example/beacon.png", caption="遠端圖片", credit=None)],
              related_links=[RelatedLink(kind="hot", title=SCRIPT, url="javascript:document.title='taken'"),
                             RelatedLink(kind="hot", title="資料", url="data:text/html,<script>1</script>")]),
        story(667, source=OTHER, url="javascript:document.title='taken'//667", headline="地址即程式"),
    )  # fmt: skip
    opened.write(
        story(666, at=day(5), headline=f"惡意二{SCRIPT}", body=f"{SCRIPT}\n\n<style>*{{display:none}}</style>")
    )
    return opened


@pytest.fixture(scope="session")
def site(archive: Archive) -> Iterator[str]:
    """The command itself, serving; its address."""
    program = Path(sys.executable).with_name("newsarchive")
    command = [program, "browse", "--port", "0", "--archive", archive.url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, bufsize=1) as server:
        assert server.stdout is not None
        told = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
        assert told is not None
        # What nobody reads would stop the server once the pipe is full.
        threading.Thread(target=server.stdout.read, daemon=True).start()
        yield told[0]
        server.terminate()
