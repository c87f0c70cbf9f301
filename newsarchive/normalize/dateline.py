"""The dateline: the words that open a story's first paragraph, or sign its last, with place, provider and people.

新华社巴黎12月9日电（记者卞若水） · （中央社記者卞若水台北20日電） · 本报讯（记者岑立） · 【ソウル＝樫木太郎】 ·
PARIS (AP) — · Berlin (dpa) - ; at the end …。（卞若水） · （卞若水／台中報導） · 采写：…
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsarchive.article import Author
from newsarchive.normalize.byline import Byline, parse_byline
from newsarchive.normalize.names import KANA, may_be_japanese_name, may_be_name
from newsarchive.normalize.text import HAN_CHARACTER, clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """A dateline found in a paragraph.

    ``text`` is as printed. Where ``whole`` is true the paragraph is nothing else, and is no part of the body; else the
    dateline is part of a paragraph, and stays in the body.
    """

    byline: Byline
    text: str
    whole: bool


_OPENING = 120  # characters in which a dateline ends; a longer one is a sentence
_LINE = 90  # a line of its own is not longer
_BRACKET = re.compile(r"\s*[（(〔【\[［]([^（）()〔〕【】\[\]［］]{2,60})[）)〕】\]］]")
# Where a dateline without brackets may end: behind what kind of report it is. 報導， goes on as a sentence.
_KIND_ENDS = re.compile(
    r"[報报][導导道](?=[\s（(:：]|$)|(?:[電电訊讯輯辑]|消息)(?=[\s（(:：，,。]|$|(?<=[日社网網报報][電电訊讯])|(?<=日消息))"
)
_NAMED_AFTER = re.compile(r"\s*((?:本[報报])?[記记]者\s?[^，。,（）()]{2,30}?[報报][導导道])")  # …9日电 记者张三报道
_HOUSE = r"共同|時事|AFP|AFP時事|ロイター|AP|CNN"
_JAPANESE = re.compile(
    rf"[【（［]([^【】（）［］＝=]{{1,12}}?)(?:[＝=]([^【】（）［］＝=]{{2,24}})|\s?({_HOUSE}))[】）］]"
)
_JAPANESE_DAY = re.compile(rf"[［\[【]([^\d０-９\s［］]{{2,12}})\s?(?:[\d０-９]+月)?[\d０-９]+日\s?({_HOUSE})[］\]】]")
# (서울=나무뉴스) 강나무 이참나 기자 =, [나무일보=강나무 기자]
_KOREAN = re.compile(
    r"[(\[【]([가-힣]+)=([가-힣A-Z0-9]+)[)\]】]\s*((?:(?:[가-힣]{2,4}[·,\s]+)*[가-힣]{2,4}\s*(?:선임|인턴)?(?:기자|특파원)[·,\s]*)*)\s*=?"
)
_KOREAN_IN = re.compile(
    r"[(\[【]\s?([가-힣A-Za-z0-9 ]{2,15}?)\s?=\s?([가-힣·,\s]{2,20}?\s?(?:선임|인턴|객원)?(?:기자|특파원))\s?[)\]】]"
)
_PLACE = r"[A-ZÀ-ÞА-ЯЁ][\w.'’-]*(?:[ /][A-ZÀ-ÞА-ЯЁ][\w.'’-]*){0,3}"
_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2}\.? [^\W\d_]{3,10}\.?)(?:,? \d{4})?"
_WESTERN = re.compile(
    rf"(?P<place>{_PLACE})?(?:, (?P<region>[A-Z][\w. ]{{1,20}}?))?(?:,? (?P<day>{_DAY}))?\s*"
    r"[(/](?P<house>[A-ZÀ-Þ][\w .&-]{1,30}|dpa[\w/-]*|[a-z]{3,4})[)/]\s*(?:[-–—:]|\.[-–—]?)+\s"
)
_CAPITALS = re.compile(
    rf"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ.'’-]{{2,}}(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ.'’-]+){{0,3}})(?:, (?P<region>[A-Z][\w.]{{1,15}}))?"
    rf"(?:,? (?P<day>{_DAY}))?\s*(?:[–—]|--?(?=\s))\s*(?=\S)"
)
# МОСКВА, 11 мар — РИА Новости. · القاهرة (رويترز) -
_RUSSIAN = re.compile(
    r"(?P<place>[А-ЯЁ][А-ЯЁ -]{2,20}), \d{1,2} [а-я]{3,8}\.?\s?[–—-]\s?(?P<house>РИА [А-Я]\w+|[А-Я]\w+\.\w+|ТАСС)\."
)
_ARABIC = re.compile(
    r"(?P<place>[\u0621-\u064a]{2,15}(?: [\u0621-\u064a]{2,15})?)\s?[(/](?P<house>[\u0621-\u064a. ]{2,20})[)/]\s?[-–—:]"
)
_NO_PLACE = re.compile(r"BREAKING|UPDATED?|WATCH|LIVE|EXCLUSIVE|OPINION|ANALYSIS|REVIEW|VIDEO|PHOTOS|NEW|RELATED")
_CLOSING = re.compile(r"(?<=[。！？!?.…”」』’\"])\s*[（(【]([^（）()【】]{2,50})[）)】]\s*\d{0,7}\s*$")
_ALONE = re.compile(r"[（(【]([^（）()【】]{3,30})[）)】]")
_INTERVIEW = re.compile(r"\(?(?:Das|Dieses) (?:Gespräch|Interview) führten?:? ([^.]{5,80}?)\.?\)?")
_WIRE_STAFF = re.compile(r"\(?(Reporting by [^;)]{3,200})(?:; [^)]*)?\)?\s*", re.IGNORECASE)
_FINISHED = re.compile(r"(?:完|全文完|未完|待续|待續|下略|続く|了|终|終)")


def find_dateline(paragraph: str) -> Dateline | None:
    """The dateline or byline that opens the first paragraph of a story, or that is the whole paragraph."""
    text = clean(paragraph[: _OPENING * 4])
    if not text:
        return None
    if len(text) <= _LINE and (byline := _line(text)):
        return Dateline(byline=byline, text=text, whole=True)
    if found := _KOREAN.match(text):
        people = parse_byline(found[3].strip()).authors if found[3] else ()
        return Dateline(byline=Byline(authors=people, provider=found[2], place=found[1]), text=found[0], whole=False)
    if (found := _KOREAN_IN.match(text)) and (people := parse_byline(found[2]).authors):
        return Dateline(byline=Byline(authors=people, provider=found[1]), text=found[0], whole=False)
    if found := _JAPANESE_DAY.match(text):
        return Dateline(byline=Byline(provider=found[2], place=found[1]), text=found[0], whole=False)
    if (found := _JAPANESE.match(text)) and (line := _japanese(found)):
        return line
    return _chinese(text) if HAN_CHARACTER.search(text[:_OPENING]) else _western(text)


def find_signature(paragraph: str, *, japanese: bool = False) -> Dateline | None:
    """The signature that closes the last paragraph of a story, or that is the whole paragraph.

    A ``japanese`` story is signed with a name alone, in brackets, which tells less by itself.
    """
    text = clean(paragraph[-_OPENING * 4 :])
    if (interview := _INTERVIEW.fullmatch(text)) and (byline := parse_byline(f"Von {interview[1]}")):
        return Dateline(byline=byline, text=text, whole=True)
    if wire := _WIRE_STAFF.fullmatch(text):
        byline = parse_byline(wire[1])
        return Dateline(byline=byline, text=text, whole=True) if byline else None
    if len(text) <= _LINE and not _FINISHED.fullmatch(text.strip("（）()")) and (line := _line(text)):
        return Dateline(byline=line, text=text, whole=True)
    alone = _ALONE.fullmatch(text) if japanese else None
    if (closing := alone or _CLOSING.search(text)) and not _FINISHED.fullmatch(closing[1]):
        byline = parse_byline(closing[1])
        if not byline and (alone or KANA.search(text)):
            names = re.split(r"[、・]", closing[1])
            if all(map(may_be_japanese_name, names)):
                byline = Byline(authors=tuple(map(Author, names)))
        if byline.authors or byline.provider or byline.desk:
            return Dateline(byline=byline, text=closing[0].strip(), whole=alone is not None)
    return None


def _line(text: str) -> Byline | None:
    """The byline of a paragraph that is nothing else. A Western one needs its label: a short line may be anything."""
    byline = parse_byline(text)
    if not byline:
        return None
    if HAN_CHARACTER.search(text):
        said = byline.authors or (byline.kind and (byline.provider or byline.desk or byline.place))
        return byline if said or _BRACKET.fullmatch(text) else None
    labelled = re.match(r"(?:by|von|par|por|di|av|af|door|text:|texte ?:|текст:|автор:)\s", text, re.IGNORECASE)
    korean = re.search(r"(?:기자|특파원)\W*(?:\S+@\S+)?\W*$|^[가-힣]{3,4} ?[|ㅣ]", text)
    return byline if byline.authors and (labelled or korean) else None


def _chinese(text: str) -> Dateline | None:
    found: Byline | None = None
    end = 0
    while end < _OPENING and (bracket := _BRACKET.match(text, end)):
        byline = parse_byline(bracket[1])
        if end == 0 and byline.provider and (after := _BRACKET.match(text, bracket.end())):
            byline = _together(parse_byline(after[1]), byline)  # 【河岸网】（记者 卞若水）
            bracket = after
        if not (byline.authors or byline.kind):
            break
        if bracket[0].lstrip().startswith("【") and KANA.search(text) and not any(a.role for a in byline.authors):
            break  # 【安曇村】: a Japanese story opens with its place
        found, end = byline if found is None else _together(found, byline), bracket.end()
    if found is None:
        for ends in _KIND_ENDS.finditer(text, 0, _OPENING):
            byline = parse_byline(text[: ends.end()])
            own = re.match(r"本[報报台社]", text)
            if byline.authors or (byline.kind and (byline.provider or byline.desk or own)):
                found, end = byline, ends.end()
                break
        if found and (bracket := _BRACKET.match(text, end)) and parse_byline(bracket[1]).authors:
            found, end = _together(found, parse_byline(bracket[1])), bracket.end()
        elif found and (named := _NAMED_AFTER.match(text, end)):
            found = _together(found, parse_byline(named[1]))
    return Dateline(byline=found, text=text[:end].strip(), whole=end >= len(text)) if found else None


def _together(first: Byline, second: Byline) -> Byline:
    return Byline(
        authors=first.authors or second.authors,
        provider=first.provider or second.provider,
        desk=first.desk or second.desk,
        place=first.place or second.place,
        kind=first.kind or second.kind,
    )


def _japanese(found: re.Match[str]) -> Dateline | None:
    names = [name.strip() for name in re.split(r"[、・]", found[2] or "") if name.strip()]
    if names == [found[2]] and re.fullmatch(_HOUSE, names[0]):
        return Dateline(byline=Byline(provider=names[0], place=found[1]), text=found[0], whole=False)
    if not all(may_be_name(name) or re.fullmatch(r"[\u3400-\u9fff々]{2,6}", name) for name in names):
        return None
    byline = Byline(authors=tuple(map(Author, names)), provider=found[3], place=found[1])
    return Dateline(byline=byline, text=found[0], whole=False)


def _western(text: str) -> Dateline | None:
    if found := _WESTERN.match(text) or _RUSSIAN.match(text) or _ARABIC.match(text):
        byline = Byline(provider=found["house"].strip(), place=found["place"])
    elif (found := _CAPITALS.match(text)) and not _NO_PLACE.match(found["place"]):
        byline = Byline(place=found["place"])
    else:
        return None
    return Dateline(byline=byline, text=text[: found.end()].strip(), whole=False)
