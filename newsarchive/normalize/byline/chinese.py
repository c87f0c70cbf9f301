"""The grammar of Chinese bylines.

::

    byline := [provider ／] head [／ tail]
    head   := people | agency | desk | organisation      people := person ('、' person)*
    person := [organisation] [role] name                 a role carries over to the names after it
    tail   := [place] [day] kind                         kind: 報導, 即時報導, 綜合外電報導, 電, 輯 …
    letter := name ／ town

The slash may be ／, ╱, ｜ or /, and in datelines it is missing (中央社記者卞若水台北20日電). The mainland writes a
label instead (文/王文, 采写：…, 作者 …) and parts names by blanks (本报记者 卞若水 岑 立).
"""

from __future__ import annotations

import re

from newsarchive.article import Author
from newsarchive.normalize.byline.chinese_words import (
    BESIDE,
    BOTH,
    BRACKETS,
    BULLETS,
    HOUSES_EDITOR,
    IS_LABEL,
    LABEL,
    OTHER_ROLE,
    POST,
    PROSE,
    ROLE,
    SEPARATORS,
    SLASH,
    SOURCE,
    STOP_KINDS,
    TAIL,
    TITLE,
    TOOK,
)
from newsarchive.normalize.byline.parts import Parts
from newsarchive.normalize.names import HAN, has_compound_surname, is_name, join_spaced, may_be_name
from newsarchive.normalize.organisations import is_agency, is_desk, is_organisation, is_own, split_organisation
from newsarchive.normalize.places import is_place, is_town, may_be_place

_ABOUT = re.compile(r"(?:本文)?作者[是為为系係現现曾]")  # （作者為診所醫師） tells of the author, whom it does not name
_LATIN_WORD = re.compile(r"[A-Z][\w&.-]+", re.ASCII)
LONGEST = 120  # four people with roles, two agencies, place and kind stay far below; what is longer is prose


def parse(text: str) -> Parts | None:
    """Take the cleaned line apart, or ``None`` where it is no byline."""
    text = unbracket(BESIDE.sub("", text)).lstrip(BULLETS)
    if not text or len(text) > LONGEST:
        return None
    if tail := re.fullmatch(r"(.*?)[(（]([^()（）]*)[)）]", text):  # 新华社北京4月16日电(记者卞若水)
        outer, inner = parse(tail[1]), parse(tail[2])
        return _merged(outer, inner) if outer and inner and not outer.authors else outer
    if PROSE.search(text) or _ABOUT.match(text):
        return None
    if TOOK.search(text):
        return None
    text = LABEL.sub(lambda label: f"{label[1] or label[2]} ", BOTH.sub("文字 ", text))
    return _read(SLASH.split(text))


def unbracket(text: str) -> str:
    """The text without the brackets that stand around all of it."""
    while (inner := BRACKETS.fullmatch(text)) and not re.search(r"[〕】）)\]］].*[〔【（(\[［]", inner[1]):
        text = inner[1].strip()
    return text.strip(" :：")


def _merged(outer: Parts, inner: Parts) -> Parts:
    outer.authors = inner.authors
    outer.provider = outer.provider or inner.provider
    outer.desk, outer.place, outer.kind = outer.desk or inner.desk, outer.place or inner.place, outer.kind or inner.kind
    return outer


def _read(pieces: list[str]) -> Parts | None:
    parts = Parts()
    rest: list[str] = []
    last = len(pieces) - 1
    for number, piece in enumerate(pieces):
        if not piece:
            if number == last and number:
                continue  # a slash that closes the line
            return None
        tail = number == last and number > 0
        if OTHER_ROLE.fullmatch(piece):
            return parts if parts.kind and parts.authors else None  # 記者王大明／攝影 took a picture
        if tail and last == 1 and _is_letter(parts) and is_town(piece) and not is_organisation(piece):
            parts.place = piece
            continue
        if _kind(piece, parts, tail=tail):
            continue
        if tail and IS_LABEL.fullmatch(piece):
            continue  # 卞若水／文
        if _desk(piece, parts) or _people(piece, parts) or _organisation(piece, parts):
            continue
        rest.append(piece)
    if not rest:
        return parts if parts.authors or parts.provider or parts.desk or parts.kind else None
    return _leftover(rest, pieces, parts)


def _leftover(rest: list[str], pieces: list[str], parts: Parts) -> Parts | None:
    """What neither a known surname nor a suffix explained is explained by its place in the line."""
    if len(rest) > 1:
        return None
    piece = rest[0]
    if parts.kind and piece == pieces[-2]:  # the head before a tail: a person, else an organisation
        names = join_spaced([name for name in SEPARATORS.split(piece) if name])
        # One known surname vouches for the names beside it; without any, only three characters are believed.
        if all(map(may_be_name, names)) and (
            any(map(is_name, names)) or not any(len(name) in (2, 4) for name in names)
        ):
            parts.authors.extend(Author(name) for name in names)
            return parts
        if len(piece) <= 12 and "、" not in piece and not ROLE.search(piece):
            parts.organisation(piece)
            return parts
        return None
    if len(pieces) == 2 and piece == pieces[1] and _is_letter(parts):
        if POST.fullmatch(piece):
            parts.authors = [Author(parts.authors[0].name, piece)]
            return parts
        if may_be_place(piece):
            parts.place = piece
            return parts
    return None


def _is_letter(parts: Parts) -> bool:
    """Whether what was read so far is how a reader's letter is signed: one name, and nothing about the name."""
    return len(parts.authors) == 1 and parts.authors[0].role is None and not (parts.provider or parts.kind)


def _kind(piece: str, parts: Parts, *, tail: bool) -> bool:
    """Read ``[organisation] [role name] [place] [day] kind``."""
    found = TAIL.fullmatch(piece)
    if found is None:
        return False
    front, day, kind = found["front"], found["day"], found["kind"]
    read = Parts()
    if front.startswith(("據", "据")):
        return False  # 據中央社報導 opens a sentence
    if role := ROLE.search(front):
        read.organisation(front[: role.start()])
        names = [name for name in SEPARATORS.split(front[role.end() :]) if name]
        if not names:
            return False
        *names, read.place = *names[:-1], *_name_and_place(names[-1], more=len(names) > 1)
        names = join_spaced([name for name in names if name])
        if not names or not all(may_be_name(name) for name in names):
            return False
        read.authors.extend(Author(name, role[0]) for name in names)
    elif front:
        place: str | None = front
        if split := split_organisation(front):
            read.organisation(split[0])
            place = split[1]
        elif is_own(front) or is_organisation(front):
            read.organisation(front)
            place = None
        elif own := re.fullmatch(r"本[報报台社刊](?:駐|驻)?(.+)", front):
            place = own[1]
        if place and (
            parts.desk
            and not day
            and kind in ("報導", "报导", "报道")
            and len(place) > 2
            and is_name(place)
            and not is_place(place)
        ):
            read.authors.append(Author(place))  # 財經中心／卞若水報導
            place = None
        elif place and not may_be_place(place):
            return False
        read.place = place
    stated = tail or read.authors or read.provider or read.desk or day or (read.place and is_place(read.place))
    if not stated and not (
        is_own(front) or (len(kind) >= 4 and not front) or (kind[-1] in "導导道" and len(front) <= 4)
    ):
        return False
    if kind in STOP_KINDS and not (day or read.authors or read.provider or is_own(front) or tail):
        return False
    parts.authors.extend(read.authors)
    parts.provider, parts.desk = parts.provider or read.provider, parts.desk or read.desk
    parts.place, parts.kind = parts.place or read.place, parts.kind or kind
    return True


def _name_and_place(text: str, *, more: bool) -> tuple[str | None, str | None]:
    """Part a name from the place that follows it without a sign: 卞若水台北, 沈立紐約, 司馬若水高雄."""
    if more and is_place(text):
        return None, text
    if len(text) <= 3 or not re.fullmatch(f"{HAN}+", text):
        return text, None
    for size in (3, 2, 4):
        if is_name(text[:size]) and is_place(text[size:]):
            return text[:size], text[size:]
    for size in (4, 3, 2):
        if len(text) >= size + 2 and (
            size == 3 or (size == 4 and has_compound_surname(text)) or (size == 2 and len(text) == 4)
        ):
            return text[:size], text[size:]
    return text, None


def _people(piece: str, parts: Parts) -> bool:
    """Read people, ``[organisation] [role] name``, the role carrying over; all of it or nothing."""
    people: list[Author] = []
    read = Parts()
    role: str | None = None
    believed = skipping = skipped = sourced = False
    for token in join_spaced(_tokens(ROLE.sub(r"\g<0> ", piece))):
        if IS_LABEL.fullmatch(token):
            role, believed, skipping = None, True, False
            continue
        if SOURCE.fullmatch(token):
            sourced, skipping = True, False
            continue
        if sourced:
            read.organisation(token)
            sourced = False
            continue
        if other := OTHER_ROLE.match(token) or HOUSES_EDITOR.fullmatch(token):
            name = token[other.end() :]
            if name and not (is_name(name) or (may_be_name(name) and len(name) <= 3)):
                return False
            skipping = skipped = True
            continue
        if found := ROLE.search(token):
            before, skipping = token[: found.start()], False
            if TITLE.fullmatch(found[0]) and is_name(before) and not is_organisation(before):
                people.append(Author(before, found[0]))  # 王大明律師
            elif before and not (is_organisation(before.strip("《》")) or len(before) <= 10):
                return False
            else:
                read.organisation(before)
                role = found[0]
            continue
        if skipping:
            continue
        if is_agency(token):
            read.organisation(token)
        elif (believed or role) and is_organisation(token) and not is_name(token):
            read.organisation(token)  # 作者：河岸网, 央视记者 向远航 黑龙江台
        elif may_be_name(token) if role or believed else is_name(token):
            people.append(Author(token, role))
        elif is_organisation(token) and not role:
            read.organisation(token)
        elif (split := split_organisation(token)) and is_name(split[1]):
            read.organisation(split[0])
            people.append(Author(split[1], role))
        elif people and _LATIN_WORD.fullmatch(token):
            read.organisation(token)  # [卞若水，ITmedia]
        else:
            return False
    if not (people or read.provider or skipped):
        return False
    parts.authors.extend(people)
    parts.provider, parts.desk = parts.provider or read.provider, parts.desk or read.desk
    return True


def _tokens(piece: str) -> list[str]:
    """The pieces between separators; the words of a name in Latin letters stay together."""
    tokens: list[str] = []
    for token in re.split(r"\s*[、,，;；&＆]\s*", piece):
        if re.search(HAN, token):
            words = re.sub(r"(?<=[A-Za-z.]) +(?=[A-Za-z])", "\x00", re.sub(r"[:：]", " ", token))
            tokens.extend(word.replace("\x00", " ") for word in words.split())
        elif token.strip():
            tokens.append(token.strip())
    return tokens


def _desk(piece: str, parts: Parts) -> bool:
    if is_desk(piece):
        parts.organisation(piece)
        return True
    return False


def _organisation(piece: str, parts: Parts) -> bool:
    if not is_organisation(piece):
        return is_own(piece)
    parts.organisation(piece)
    return True
