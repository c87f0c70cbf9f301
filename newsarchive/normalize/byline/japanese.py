"""The grammar of Japanese bylines.

``取材・文：樫木太郎`` · ``聞き手・樫木太郎`` · ``社会部・樫木太郎`` · ``樫木太郎（社会部）`` · ``ソウル＝樫木太郎``.
Any characters may be a name, so a label, a desk, or a place and its sign must say that one stands there.
"""

from __future__ import annotations

import re

from newsarchive.article import Author
from newsarchive.normalize.byline.parts import Parts
from newsarchive.normalize.names import HAN, may_be_japanese_name

_AND = r"(?:[・／/](?:文|執筆|構成|撮影|写真|取材|イラスト))?"
_WROTE = rf"(?:取材{_AND}|文{_AND}|執筆者?{_AND}|構成{_AND}|聞き手{_AND}|インタビュー{_AND}|筆者|ライター|寄稿)"
_LABEL = re.compile(rf"(?:(?P<wrote>{_WROTE})|写真|撮影|編集|イラスト|図版|動画|映像|翻訳|監修)\s?[：:／/＝=・|｜]\s?")
_DESK = rf"{HAN}{{1,8}}(?:部|支局|総局|本社)"
_PLACE = rf"(?:{HAN}|[\u30a1-\u30fc]){{2,12}}"
_BETWEEN = re.compile(r"\s?[、，,・／/＆&]\s?")
_BRACKETED = re.compile(r"[（(【〔［\[]([^（）()【】〔〕［］\[\]]*)[）)】〕］\]]")
_PICTURES_TOO = re.compile(r"[、,]\s?写真も$")
_WITH_DESK = re.compile(rf"(?P<desk>{_DESK})[・ ](?P<names>.+)|(?P<names2>.+?)\s?[（(](?P<desk2>{_DESK})[）)]")
_WITH_PLACE = re.compile(rf"(?P<place>{_PLACE})[＝=](?P<names>.+)")


def parse(text: str) -> Parts | None:
    """Take the cleaned line apart, or ``None`` where it is no byline."""
    if inner := _BRACKETED.fullmatch(text):
        text = inner[1].strip()
    if _LABEL.match(text):
        return _labelled(text)
    bare = _PICTURES_TOO.sub("", text)
    if bare != text:
        return _parts(bare)
    if found := _WITH_PLACE.fullmatch(text):
        return _parts(found["names"], place=found["place"])
    if found := _WITH_DESK.fullmatch(text):
        return _parts(found["names"] or found["names2"], desk=found["desk"] or found["desk2"])
    return None


def _labelled(text: str) -> Parts | None:
    """Read what stands behind labels; those of pictures and editing name no author."""
    labels = list(_LABEL.finditer(text))
    ends = [label.start() for label in labels[1:]] + [len(text)]
    authors: list[Author] = []
    for label, end in zip(labels, ends, strict=True):
        if label["wrote"]:
            if (read := _parts(text[label.end() : end])) is None:
                return None
            authors += read.authors
    return Parts(authors=authors) if authors else None


def _parts(names: str, *, desk: str | None = None, place: str | None = None) -> Parts | None:
    people = [name for name in _BETWEEN.split(names.strip()) if name]
    if not people or not all(map(may_be_japanese_name, people)):
        return None
    return Parts(authors=[Author(name) for name in people], desk=desk, place=place)
