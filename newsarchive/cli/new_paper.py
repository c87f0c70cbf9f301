"""``newsarchive new-paper``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import click
from scrapy.utils.conf import closest_scrapy_cfg

from newsarchive.article import Article, as_dict
from newsarchive.crawl.papers import paper_for
from newsarchive.describe.proposal import Description, describe, source_text
from newsarchive.describe.recorded import Recorded, Sample, read_recording
from newsarchive.describe.skeleton import skeleton
from newsarchive.discover.stories import is_address
from newsarchive.warc.walk import RecordingError

STORIES = 30  # that are fetched: enough for a rule, and half a minute of a paper's patience

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("new-paper")
@click.argument("url")
@click.option(
    "--warc",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="Read the paper from this recording instead of visiting it; may be given again.",
)
@click.option("--name", help="The paper's name; otherwise the first part of its domain.")
@click.option(
    "--spiders", type=_FOLDER, default=Path("newsarchive/spiders"), show_default=True, help="Where its file goes."
)
@click.option("--pages", type=_FOLDER, default=Path("tests/fixtures"), show_default=True, help="Where its page goes.")
@click.option(
    "-s", "--set", "settings", multiple=True, metavar="NAME=VALUE", help="A setting of the visit, as of scrapy."
)
def command(
    url: str, warc: tuple[Path, ...], name: str | None, spiders: Path, pages: Path, settings: tuple[str, ...]
) -> None:
    """Propose a description of the paper whose home page is URL: its file, and a page in its markup without its words.

    The paper is visited as `scrapy crawl news` visits any paper, for a few stories; nothing goes into an archive. The
    file states where stories are listed, the pattern of their addresses, language and time zone, and selectors only for
    fields that are read wrong without. What is not sure is a comment that begins with "decide:".
    """
    if not is_address(url):
        raise click.ClickException(f"{url}: no http or https address")
    if name is not None and not name.isidentifier():
        raise click.ClickException(f"--name {name}: letters, digits and _ only, a letter first")
    if (known := paper_for(url)) is not None:
        raise click.ClickException(f"{url} is described already, as {known.name}")
    with tempfile.TemporaryDirectory() as folder:
        recordings = list(warc) or _visit(url, Path(folder), settings)
        try:
            recorded = read_recording(recordings, url)
            found = describe(recorded, name)
        except (RecordingError, ValueError) as error:
            raise click.ClickException(f"{url}: {error}") from error
    _write(found, recorded, spiders, pages)


def _visit(url: str, folder: Path, settings: tuple[str, ...]) -> list[Path]:
    """Crawl a few stories of the paper in a process of its own, and return the recording."""
    given = (*settings, f"WARC_DIR={folder / 'warc'}", f"ARCHIVE_URL=sqlite:///{folder / 'archive.db'}")
    arguments = ["-a", f"url={url}", "-a", f"limit={STORIES}"]
    environment = dict(os.environ)
    if not closest_scrapy_cfg():
        environment["SCRAPY_SETTINGS_MODULE"] = "newsarchive.settings"
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "news", *arguments]
        + [part for setting in given for part in ("-s", setting)],
        env=environment,
        check=False,
    )
    recordings = sorted((folder / "warc").rglob("*.warc*"))
    if done.returncode == 2 or not recordings:
        raise click.ClickException(f"{url}: it could not be visited")
    return recordings


def _write(found: Description, recorded: Recorded, spiders: Path, pages: Path) -> None:
    story = _exemplary(recorded)
    number = story.article.external_id or "1"
    stem = "".join(letter for letter in number if letter.isalnum() or letter in "-_") or "1"
    texts = {
        spiders / f"{found.name}.py": source_text(found),
        pages / found.name / f"{stem}.html": skeleton(story.document),
        pages / found.name / f"{stem}.json": _no_fields(story.url),
    }
    if taken := [path for path in texts if path.exists()]:
        raise click.ClickException(f"{taken[0]} exists already; nothing was written")
    for path, text in texts.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        except OSError as error:
            raise click.ClickException(f"{path}: {error.strerror}") from error
        click.echo(str(path))
    for doubt in found.doubts:
        click.echo(f"decide: {doubt}")
    for proposal in found.selectors:
        if not proposal.sure:
            click.echo(f"decide: {proposal.field}: {proposal.selector}")


def _exemplary(recorded: Recorded) -> Sample:
    """The story whose page shows most: with pictures, a byline, tags; of these the shortest."""

    def shows(story: Sample) -> tuple[int, int]:
        article = story.article
        fields = (article.images, article.byline, article.tags, article.published, article.related_links)
        return -sum(bool(value) for value in fields), len(story.body)

    return min(recorded.stories, key=shows)


def _no_fields(url: str) -> str:
    """Every field, with nothing in it: for a person to fill from the story they write."""
    fields = as_dict(Article(url=url))
    del fields["rules"], fields["problems"]
    return json.dumps(fields, ensure_ascii=False, indent=2) + "\n"
