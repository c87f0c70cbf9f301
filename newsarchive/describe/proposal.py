"""A paper's file, proposed from what a recording has of it. What is not sure stands in it as a comment to decide."""

from __future__ import annotations

import json
import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from newsarchive.describe.address_pattern import AddressPattern, learn_pattern
from newsarchive.describe.recorded import Recorded, Sample
from newsarchive.describe.selectors import Proposal, propose_selectors
from newsarchive.discover.links import read_paper
from newsarchive.extract.layout import Layout
from newsarchive.normalize.address import registrable_domain
from newsarchive.normalize.times.zones import zone_of

_FEW = 8  # stories; what fewer show may be chance
# Clocks that a paper may keep without its country or language saying so.
_CLOCKS = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "Europe/London",
           "Europe/Paris", "Asia/Shanghai", "Australia/Sydney")  # fmt: skip
_OFFSET = re.compile(r"[+-]\d\d:?\d\d$")
_MOST_FRONTS = 6  # the best a paper has is enough


@dataclass(slots=True, kw_only=True)
class Description:
    """What is proposed for a paper; ``doubts`` are questions that a person must decide."""

    name: str
    title: str | None
    home_url: str
    stories: int
    language: str | None = None
    timezone: str | None = None
    sitemaps: list[str] = field(default_factory=list)
    feeds: list[str] = field(default_factory=list)
    fronts: list[str] = field(default_factory=list)
    address: AddressPattern | None = None
    selectors: list[Proposal] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def describe(recorded: Recorded, name: str | None = None) -> Description:
    """Propose a description. It states only what was seen; raises ``ValueError`` where no story was recorded."""
    if not recorded.stories:
        raise ValueError("the recording has no story of this paper")
    home = recorded.home.paper if recorded.home else None
    first = read_paper(recorded.stories[0].body, recorded.stories[0].url)
    found = Description(
        name=name or paper_name(recorded.home_url),
        title=(home.title if home else None) or first.title,
        home_url=recorded.home_url,
        stories=len(recorded.stories),
        sitemaps=recorded.sitemaps,
        feeds=recorded.feeds,
        fronts=recorded.fronts[:_MOST_FRONTS],
    )
    if found.title is None:
        found.doubts.append("title: its pages do not say the paper's name")
    if not found.sitemaps and not found.feeds and not found.fronts:
        found.fronts = [recorded.home_url]
        found.doubts.append("fronts: neither sitemap nor feed was found; the home page stands in for them")
    if len(recorded.stories) < _FEW:
        found.doubts.append(f"all of it: only {len(recorded.stories)} stories were seen")
    _set_language(found, recorded.stories)
    _set_zone(found, recorded.stories, (home.timezone if home else None) or first.timezone)
    _set_address(found, recorded)
    found.selectors = list(propose_selectors(recorded.stories, found.timezone))
    return found


def paper_name(url: str) -> str:
    """Return a spider's name for the paper at ``url``: the first label of its domain."""
    label = (registrable_domain(url) or "paper").partition(".")[0].lower()
    name = re.sub(r"\W", "", label.replace("-", ""))
    return name if name.isidentifier() else f"paper{name}"


def _set_language(found: Description, stories: list[Sample]) -> None:
    languages = Counter(story.article.language for story in stories if story.article.language)
    if not languages:
        found.doubts.append("language: no page says it, and its letters do not tell")
        return
    language, pages = languages.most_common(1)[0]
    found.language = language
    if len(languages) > 1:
        others = ", ".join(f"{other} on {number}" for other, number in languages.most_common()[1:])
        found.doubts.append(f"language: {language} on {pages} stories, {others}")


def _set_zone(found: Description, stories: list[Sample], zone: str | None) -> None:
    """The zone of country or language, if the offsets that stories state do not contradict it."""
    stated = [
        (published.utc, f"{offset[0][:3]}:{offset[0][-2:]}")
        for story in stories
        if (published := story.article.published) and published.utc
        and (offset := _OFFSET.search(published.raw.strip())) and offset[0].strip("+-0:")
    ]  # fmt: skip
    printed = ", ".join(f"{offset} on {pages}" for offset, pages in Counter(o for _, o in stated).most_common(3))
    if zone is not None and _fits(zone, stated):
        found.timezone = zone
        return
    fitting = [other for other in _CLOCKS if stated and _fits(other, stated)]
    hint = f"; {' or '.join(fitting)} would fit" if fitting else ""
    if zone is None:
        seen = f"stories state {printed}{hint}" if printed else "no story states an offset"
        found.doubts.append(f"timezone: neither country nor language tells it; {seen}")
    else:
        found.doubts.append(f"timezone: country or language suggest {zone}, but stories state {printed}{hint}")


def _fits(zone: str, stated: list[tuple[datetime, str]]) -> bool:
    clock = zone_of(zone)
    return clock is not None and all(f"{utc.astimezone(clock):%z}" == offset.replace(":", "") for utc, offset in stated)


def _set_address(found: Description, recorded: Recorded) -> None:
    links = recorded.home.links if recorded.home else ()
    urls = [story.url for story in recorded.stories]
    found.address = learn_pattern(urls, {*recorded.others, recorded.home_url})
    if found.address is None:
        found.doubts.append(f"story: no pattern fits these addresses and no others: {', '.join(urls[:3])}")
        return
    if found.address.covered < found.address.of:
        left = [url for url in urls if not re.search(found.address.pattern, url)]
        found.doubts.append(f"story: it does not match {', '.join(left[:3])}")
    if not found.address.has_id:
        found.doubts.append("story: no number or code in the addresses; without a group id the address is the story")
    if links and not any(re.search(found.address.pattern, url) for url in links):
        found.doubts.append("story: it matches none of the links on the home page")


def source_text(found: Description) -> str:
    """Return the paper's file: Python, in which what is to be decided is a comment."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Description) -> Iterator[str]:
    sure = {proposal.field: (proposal.selector,) for proposal in found.selectors if proposal.sure}
    story = found.address.pattern if found.address else None
    Layout(timezone=found.timezone, language=found.language, story=story, **sure)  # type: ignore[arg-type]  # LayoutError
    title = _plain(found.title or found.name)
    yield f'"""{title}: proposed from {found.stories} stories."""'
    yield ""
    yield "from __future__ import annotations"
    yield ""
    yield "from newsarchive.crawl.paper import NewspaperSpider"
    yield "from newsarchive.extract.layout import Layout"
    yield ""
    yield ""
    yield f"class {found.name.capitalize()}Spider(NewspaperSpider):"
    yield f'    """{title}."""'
    yield ""
    for doubt in found.doubts:
        comment = textwrap.wrap(f"decide: {_plain(doubt)}", 110, break_long_words=False, break_on_hyphens=False)
        yield from (f"    # {line}" for line in comment)
    yield f"    name = {_string(found.name)}"
    yield f"    title = {_string(title)}"
    yield f"    home_url = {_string(found.home_url)}"
    for name, urls in (("sitemaps", found.sitemaps), ("feeds", found.feeds), ("fronts", found.fronts)):
        if urls:
            yield f"    {name} = ("
            yield from (f"        {_string(url)}," for url in urls)
            yield "    )"
    yield "    layout = Layout("
    yield from (
        f"        {name}={_string(value)},"
        for name, value in (("timezone", found.timezone), ("language", found.language))
        if value
    )
    if found.address is not None:
        yield f"        # matches {found.address.covered} of {found.address.of} stories, and no list that was seen"
        yield f"        story=r{_string(found.address.pattern, raw=True)},"
    for proposal in found.selectors:
        said = f"says what {proposal.witness} say, on {proposal.right} of {proposal.beaten} pages read otherwise"
        yield f"        # {'' if proposal.sure else 'decide: '}{said}"
        yield f"        {'' if proposal.sure else '# '}{proposal.field}=({_string(proposal.selector)},),"
    yield "    )"


def _plain(text: str) -> str:
    """A stranger's text on one line of a comment or docstring."""
    return " ".join(text.replace("\\", "/").replace('"', "'").split())


def _string(text: str, *, raw: bool = False) -> str:
    """A Python string in double quotes, as the formatter writes it, Chinese as itself."""
    return f'"{text}"' if raw else json.dumps(text, ensure_ascii=False)
