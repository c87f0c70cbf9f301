"""What a reader sees of an article: as the archive's columns, and which of it differs between two readings.

Pure. A wording is a mapping with the columns of ``revisions`` that describe the article itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from newsarchive.archive.columns import whole_second
from newsarchive.article import Article, Moment

Wording = dict[str, Any]

# Compared as text, white space aside. Section, language and the flags are not what the newspaper wrote: the same story
# stands in several sections at once, and a language is our reading. They follow the page without making a revision.
_TEXTS = ("headline", "kicker", "subheadline", "byline", "provider", "desk", "place", "kind", "body")
PUBLISHED = ("published_at", "published_date", "published_raw", "published_zone", "published_basis",
              "published_precision")  # fmt: skip
MODIFIED = ("modified_at", "modified_date", "modified_raw", "modified_zone", "modified_basis",
             "modified_precision")  # fmt: skip
_FOLLOWING = ("section", "language", "live_blog", "text_digest", "correction", *MODIFIED)
# The parts of a body that a paywalled page shows only the beginning of.
_BODY = ("body", "correction", "text_digest", "images", "tags", "paywalled")
# How well each basis and precision bears a comparison.
_BASIS = {"unknown": 0, "inferred": 1, "site_zone": 2, "stated_offset": 3}
_PRECISION = {"day": 0, "minute": 1, "second": 2}
# A page that says at every visit that it was changed just now states the time of its own making.
_JUST_NOW = timedelta(minutes=10)


def wording_of(article: Article, text_digest: str | None) -> Wording:
    """The columns of a revision for an article that has a headline and a body."""
    return {
        "headline": article.headline,
        "kicker": article.kicker,
        "subheadline": article.subheadline,
        "byline": article.byline,
        "provider": article.provider,
        "desk": article.desk,
        "place": article.place,
        "kind": article.kind,
        "section": article.section,
        "language": article.language,
        **_moment("published", article.published),
        **_moment("modified", article.modified),
        "body": article.body,
        "correction": article.correction,
        "paywalled": article.paywalled,
        "live_blog": article.live_blog,
        "text_digest": text_digest,
        "authors": [{"name": author.name, "role": author.role} for author in article.authors],
        "images": [{"url": image.url, "caption": image.caption, "credit": image.credit} for image in article.images],
        "tags": list(dict.fromkeys(article.tags)),
    }


def _moment(name: str, moment: Moment | None) -> Wording:
    if moment is None:
        return dict.fromkeys(f"{name}_{part}" for part in ("at", "date", "raw", "zone", "basis", "precision"))
    return {
        f"{name}_at": moment.utc,
        f"{name}_date": moment.date,
        f"{name}_raw": moment.raw,
        f"{name}_zone": moment.zone,
        f"{name}_basis": moment.basis,
        f"{name}_precision": moment.precision,
    }


def reconcile(
    old: Wording, new: Wording, *, seen: tuple[datetime, datetime], half: bool
) -> tuple[Wording, list[str], list[str]]:
    """Bring a new reading together with the wording that the archive holds.

    Returns the wording to keep, the fields that a reader sees changed, and the columns that merely follow the page.
    ``seen`` is when the paper last showed the old wording and when it shows the new one. With ``half`` the new reading
    is a paywalled page: its body does not replace a longer one.
    """
    kept = dict(new)
    if half and len(_bare(new["body"])) < len(_bare(old["body"])):
        kept.update((column, old[column]) for column in _BODY)
    changed = [name for name in _TEXTS if old[name] != kept[name] and _bare(old[name]) != _bare(kept[name])]
    changed += [name for name, key in _LISTS.items() if old[name] != kept[name] and key(old[name]) != key(kept[name])]
    if not _same_time("published", old, kept):
        changed.append("published")
    elif _steadier(old, kept):
        kept.update((column, old[column]) for column in PUBLISHED)
    if kept["modified_date"] is None:
        kept.update((column, old[column]) for column in MODIFIED)  # a time that is not stated refutes none
    elif not _same_time("modified", old, kept) and (changed or not _just_now(old, kept, seen)):
        changed.append("modified")
    if not changed:
        # The same wording: what differs in it is white space, and the archive's own text stays.
        kept.update((column, old[column]) for column in (*_TEXTS, "authors", "tags"))
    following = [column for column in (*_FOLLOWING, *PUBLISHED, "images", "paywalled") if old[column] != kept[column]]
    return kept, changed, following


def _bare(text: str | None) -> str:
    """Text without white space: line breaks, indents and the blanks around links are no edit."""
    return "" if text is None else "".join(text.split())


def _people(authors: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(_bare(author["name"]), _bare(author["role"])) for author in authors]


def _captions(images: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """Captions and credits; not the pictures' addresses, which change with every resizing, nor their order."""
    return {
        (_bare(image["caption"]), _bare(image["credit"])) for image in images if image["caption"] or image["credit"]
    }


def _keywords(tags: list[str]) -> set[str]:
    return {_bare(tag).casefold() for tag in tags}


_LISTS: dict[str, Callable[[Any], Any]] = {"authors": _people, "images": _captions, "tags": _keywords}


def _just_now(old: Wording, new: Wording, seen: tuple[datetime, datetime]) -> bool:
    """Whether the page was changed, as it says, just before each visit; or says only now when it was published."""
    if old["modified_date"] is None and new["modified_at"] == new["published_at"]:
        return True
    times = [(wording["modified_at"], at) for wording, at in zip((old, new), seen, strict=True)]
    return all(said is None or abs(at - said) <= _JUST_NOW for said, at in times)


def _same_time(name: str, old: Wording, new: Wording) -> bool:
    """Whether two readings can mean the same time (``published``, ``modified``), at the coarser of their precisions.

    A time that had to be inferred (「3小時前」, a date without a year) drifts from visit to visit and refutes nothing.
    """
    at, date, basis, precise = (f"{name}_{part}" for part in ("at", "date", "basis", "precision"))
    if "inferred" in (old[basis], new[basis]):
        return True
    if old[date] is None or new[date] is None:
        return bool(old[date] == new[date])
    precision = min(old[precise], new[precise], key=_PRECISION.__getitem__)
    before: datetime | None = old[at]
    after: datetime | None = new[at]
    if precision == "day" or before is None or after is None:
        return bool(old[date] == new[date])
    if precision == "minute":
        before, after = before.replace(second=0, microsecond=0), after.replace(second=0, microsecond=0)
    return whole_second(before) == whole_second(after)


def _steadier(old: Wording, new: Wording) -> bool:
    """Whether the old reading of the same time says at least as much as the new one."""
    if old["published_date"] is None or new["published_date"] is None:
        return new["published_date"] is None

    def worth(wording: Wording) -> tuple[int, int]:
        return _BASIS[wording["published_basis"]], _PRECISION[wording["published_precision"]]

    return worth(old) >= worth(new)
