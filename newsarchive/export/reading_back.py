"""One line of our own JSON Lines, read and checked before anything of it goes into an archive."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from newsarchive.export.columns import COLUMNS, Type
from newsarchive.export.records import CAPTURE, IMAGE, LINK, PAPER, REVISION, Record

Check = Callable[[Any], bool]
Checks = Mapping[str, tuple[Check, bool]]
"""Field -> what its value must satisfy, and whether it may be null."""


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63


def _boolean(value: Any) -> bool:
    return isinstance(value, bool)


def _time(value: Any) -> bool:
    return _parses(datetime.fromisoformat, value) and value.endswith("Z")


def _date(value: Any) -> bool:
    return _parses(date.fromisoformat, value)


def _parses(parse: Callable[[str], object], value: Any) -> bool:
    try:
        parse(value)
    except (ValueError, TypeError):
        return False
    return True


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _mapping(value: Any) -> bool:
    return isinstance(value, dict)


def _objects(names: tuple[str, ...], optional: bool = True) -> Check:
    """A list of mappings with these fields, texts or null."""
    return lambda value: (
        isinstance(value, list)
        and all(
            isinstance(entry, dict)
            and entry.keys() == set(names)
            and all((field is None and optional) or _text(field) for field in entry.values())
            for entry in value
        )
    )


def _links(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(link, dict)
        and link.keys() == set(LINK)
        and _text(link["kind"])
        and _text(link["title"])
        and (link["published_at"] is None or _time(link["published_at"]))
        and (link["target_article_id"] is None or _integer(link["target_article_id"]))
        and all(link[name] is None or _text(link[name]) for name in ("url", "published_raw", "target_external_id"))
        for link in value
    )


_IMAGES = _objects(IMAGE)
_PEOPLE = _objects(("name", "role"))
_OF: dict[Type, Check] = {
    "integer": _integer, "text": _text, "boolean": _boolean, "time": _time, "date": _date, "texts": _texts,
    "images": _IMAGES, "links": _links,
}  # fmt: skip


def _roles(value: Any) -> bool:
    return isinstance(value, list) and all(entry is None or isinstance(entry, str) for entry in value)


def _list(value: Any) -> bool:
    return isinstance(value, list)


_ARTICLE: Checks = {
    **{column.name: (_OF[column.type], not column.required) for column in COLUMNS},
    "author_roles": (_roles, False),
    "paper": (_mapping, False),
    "addresses": (_objects(("url", "first_seen_at"), optional=False), False),
    "rules": (_mapping, False),
    "problems": (_texts, False),
    "revisions": (_list, False),
}
_PAPER: Checks = dict.fromkeys(PAPER, (_text, True))
_CAPTURE: Checks = {
    **{name: (_text, name in ("content_type", "warc_file")) for name in CAPTURE},
    "fetched_at": (_time, False),
    "http_status": (_integer, False),
    "warc_offset": (_integer, True),
    "warc_length": (_integer, True),
}
_REVISION: Checks = {
    **{name: _ARTICLE[name] for name in REVISION if name in _ARTICLE},
    "number": (_integer, False),
    "observed_at": (_time, False),
    "cause": (lambda value: value in ("first", "publisher", "extractor"), False),
    "changed_fields": (_texts, False),
    "substantive": (_boolean, True),
    "reasons": (_texts, False),
    "silent": (_boolean, True),
    "additions": (_integer, False),
    "authors": (_PEOPLE, False),
}


def read_line(line: bytes) -> Record:
    """Read one article as `newsarchive.export.jsonl` writes it. ValueError says in words what is wrong with the line.

    The last of its revisions is made whole again.
    """
    try:
        plain = json.loads(line)
    except UnicodeDecodeError:
        raise ValueError("it is not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise ValueError(f"it is not JSON ({error})") from None
    if not isinstance(plain, dict):
        raise ValueError("it is JSON, but no article")  # noqa: TRY004 - one kind of error for a line
    _check(plain, _ARTICLE, "")
    _check(plain["paper"], _PAPER, "paper: ")
    if len(plain["authors"]) != len(plain["author_roles"]):
        raise ValueError("'author_roles' has not one entry for each of 'authors'")
    if not all(_time(address["first_seen_at"]) for address in plain["addresses"]):
        raise ValueError("'addresses' has an entry without a time")
    _whole_revisions(plain)
    try:
        json.dumps(plain, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError("it has half of a surrogate pair, which is no character") from None
    return plain


def _whole_revisions(plain: Record) -> None:
    revisions = plain["revisions"]
    people = [{"name": name, "role": role} for name, role in zip(plain["authors"], plain["author_roles"], strict=True)]
    article = {name: plain[name] for name in REVISION if name in plain} | {"authors": people}
    for number, revision in enumerate(revisions, start=1):
        if not isinstance(revision, dict) or "capture" not in revision or revision.get("number") != number:
            raise ValueError(f"'revisions' has no revision {number} in its place")
        capture = revision.pop("capture")
        if number == len(revisions):
            revisions[-1] = revision = {**article, **revision}
        _check(revision, _REVISION, f"revision {number}: ")
        if capture is not None:
            if not isinstance(capture, dict):
                raise ValueError(f"revision {number}: 'capture' is wrong: {_short(capture)}")
            _check(capture, _CAPTURE, f"revision {number}: capture: ")
        revision["capture"] = capture
    if len(revisions) != plain["revision_count"]:
        raise ValueError(f"'revisions' has {len(revisions)} of {plain['revision_count']}")


def _check(plain: Record, checks: Checks, where: str) -> None:
    for name, (check, optional) in checks.items():
        if name not in plain:
            raise ValueError(f"{where}it has no '{name}', which newsarchive's own export always has")
        value = plain[name]
        if not ((value is None and optional) or check(value)):
            raise ValueError(f"{where}'{name}' is wrong: {_short(value)}")
    for name in plain:
        if name not in checks:
            raise ValueError(f"{where}'{_short(name)}' is unknown to this version of newsarchive")


def _short(value: Any) -> str:
    text = ascii(value) if not isinstance(value, str) else value.encode(errors="replace").decode()
    return text if len(text) <= 60 else text[:60] + "…"
