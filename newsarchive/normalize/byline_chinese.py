"""The grammar of Chinese bylines.

::

    byline := [provider ／] head [／ tail]
    head   := people | agency | desk | organisation      people := person ('、' person)*
    person := [organisation] [role] name                 a role carries over to the names after it
    tail   := [place] [day] kind                         kind: 報導, 即時報導, 綜合外電報導, 電, 輯 …
    letter := name ／ town

The slash may be ／, ╱, ｜ or /, and in datelines it is missing (中央社記者蔡芃敏台北20日電). The mainland writes a
label instead (文/王文, 采写：…, 作者 …) and parts names by blanks (本报记者 王乐文 方 敏).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newsarchive.article import Author
from newsarchive.normalize.names import HAN, has_compound_surname, is_name, join_spaced, may_be_name
from newsarchive.normalize.organisations import is_desk, is_organisation, is_own, split_organisation
from newsarchive.normalize.places import is_place, is_town, may_be_place

LONGEST = 120  # four people with roles, two agencies, place and kind stay far below; what is longer is prose


@dataclass(slots=True)
class Parts:
    """What a byline says, as it is found."""

    authors: list[Author] = field(default_factory=list)
    provider: str | None = None
    desk: str | None = None
    place: str | None = None
    kind: str | None = None

    def organisation(self, name: str) -> None:
        """Note an organisation or desk; the first of each counts."""
        name = name.strip(" 《》〈〉-－—")
        if not name or is_own(name) or name in _NOWHERE:
            return
        if is_desk(name):
            self.desk = self.desk or name
        else:
            self.provider = self.provider or name


_NOWHERE = frozenset(
    ("网络", "網路", "網絡", "互联网", "互聯網", "綜合", "综合", "网络综合", "原创", "原創")
)  # named as a source, and none
_SLASH = re.compile(r"\s*[／╱⁄∕]\s*|\s*[/丨｜|]\s*")
_BRACKETS = re.compile(r"[〔【（(\[［﹝〖](.*)[〕】）)\]］﹞〗]", re.DOTALL)
_PROSE = re.compile(r"[。！？!?「」『』“”…]|\d{5,}")

_AUTHOR = (
    r"(?:記者|记者|編譯|编译|社長|社长|特派員|特派员|通讯员|通訊員|撰稿人?|评论员|評論員|主筆|主笔|撰述委員|撰述|"
    r"作者|专栏作家|專欄作家|觀察員|观察员|研究员|研究員|"
    r"作家|学者|學者|教授|博士|律師|律师|醫師|医师|文字|報導者|执笔人?|執筆人?|整理|採訪|采访|口述)"
)
_RANK = (
    r"(?:本[報报刊社台網网]|(?:駐|驻)(?:[\u4e00-\u9fff]{2,6}?)(?=特|記|记|全|首)|特派|特約|特约|實習|实习|見習|"
    r"见习|首席|高級|高级|資深|资深|專題|专题|調查|调查|财经|財經|體育|体育"
    r"|文化|全媒体|全媒體|新媒体|新媒體|融媒体|融媒體|多媒体|兼任|主任|地方|影視|國際|国际|科技|政治|社會|社会|"
    r"专栏|專欄|文字|本網|外電|資料|采访|採訪|特聘|签约|見習)"
)
_ROLE = re.compile(rf"{_RANK}{{0,3}}{_AUTHOR}|專欄|专栏作者")
_TITLE = re.compile(r"作家|学者|學者|教授|博士|律師|律师|醫師|医师|評論員|记者|記者")  # these may follow the name
# Their names are never an author's: who edited, checked, took the picture or drew the map.
_OTHER_ROLE = re.compile(
    r"(?:值班|值守|實習|实习|見習|见习|助理|責任|责任|責編|责编|核稿|執行|执行|新媒体|視覺|视觉|签发|本期|页面|"
    r"网络|網路|美術|美术|文字|图片|圖片|編|编|審|审)*"
    r"(?:编辑|編輯|責編|责编|主编|主編|总编|總編|审核|審核|审校|审稿|审读|審稿|编审|編審|校对|校對|核稿|监制|監製|"
    r"统筹|統籌|策划|策劃|签发|初审|二审|三审|复审|终审|出品|制图|製圖|制圖|繪圖|绘图|图表"
    r"|设计|設計|视频|影音|剪辑|剪輯|排版|摄像|摄影(?:记者)?|攝影(?:記者)?|翻攝|图片|圖片|供图|圖說|摄|攝|图|圖|"
    r"翻译|翻譯|主播|制作|製作|來源|来源|転載|转自|轉載|转载|监审|运营|助理|实习生)"
)
_WRITTEN_BY = (
    r"(?:[图圖]文|文[、/／]?[图圖]|[图圖][、/／]?文|文字|撰文|撰稿|撰写|本文作者|作者|采写|採寫|采访|採訪|執筆|执笔"
    r"|報導|报道|文)"
)
_SOURCE = re.compile(r"(?:稿件|文章|新聞|新闻|消息|信息|資料|资料)?(?:来源|來源|来源于)")
# A label and its sign become a word of their own: 文/王文 图/李四 is 文 王文 图 李四.
_LABEL = re.compile(
    rf"(?<![^\s、,，;；])(?:({_WRITTEN_BY}|{_SOURCE.pattern}|{_OTHER_ROLE.pattern}) *[:：／/丨｜|╱]|"
    rf"({_ROLE.pattern}) *[:：/丨｜|])"
    r" *(?=[^\s])"
)
# 文/图 刘小明: who wrote it took the pictures too.
_BOTH = re.compile(rf"(?<!{HAN})(?:文[、/／]?[图圖]|[图圖][、/／]?文)[ :：／/丨｜|]+")
_IS_LABEL = re.compile(_WRITTEN_BY)
# 新华社记者谢环驰摄 took the picture and wrote nothing.
_TOOK = re.compile(r"(?:[摄攝]|翻[摄攝]|供[图圖]|[摄攝]影|提供)$")
_KIND = re.compile(
    r"(?:(?:即時|即时|綜合|综合|現場|现场|專題|专题|獨家|独家|外電|外电|連線|连线|整理|深度|深入|調查|调查|直擊|"
    r"採訪|采访|實況|特別|特别|專訪|专访|翻譯|编译|編譯|[攝摄]影|越洋|電話|聯合|联合|追蹤|系列|特稿|專電|专电|"
    r"翻攝)*"
    r"(?:報導|报导|报道|報道)|(?:綜合|综合)外[電电]|[專专外急][電电]|[電电]|[輯辑]|特稿|專訪|专访|綜合整理|整理|"
    r"[訊讯]|消息)"
)
_TAIL = re.compile(
    rf"(?P<front>.*?)\s*(?P<day>(?:\d{{4}}年)?(?:\d{{1,2}}月)?\d{{1,2}}日)?\s*(?P<kind>{_KIND.pattern})", re.DOTALL
)
_SEPARATORS = re.compile(r"\s*[、,，;；&＆]\s*|\s+(?:和|与|與|及)\s+|\s+")
_STOP_KINDS = frozenset("電电輯辑訊讯")  # one character that ends many a word; needs more than itself


def parse(text: str) -> Parts | None:
    """Take the cleaned line apart, or ``None`` where it is no byline."""
    text = unbracket(text)
    if not text or len(text) > LONGEST:
        return None
    if tail := re.fullmatch(r"(.*?)[(（]([^()（）]*)[)）]", text):  # 新华社北京4月16日电(记者杨依军)
        outer, inner = parse(tail[1]), parse(tail[2])
        return _merged(outer, inner) if outer and inner and not outer.authors else outer
    if _PROSE.search(text):
        return None
    if _TOOK.search(text):
        return None
    text = _LABEL.sub(lambda label: f"{label[1] or label[2]} ", _BOTH.sub("文字 ", text))
    return _read(_SLASH.split(text))


def unbracket(text: str) -> str:
    """The text without the brackets that stand around all of it."""
    while (inner := _BRACKETS.fullmatch(text)) and not re.search(r"[〕】）)\]］].*[〔【（(\[［]", inner[1]):
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
        if _OTHER_ROLE.fullmatch(piece):
            return parts if parts.kind and parts.authors else None  # 記者王大明／攝影 took a picture
        if tail and last == 1 and _is_letter(parts) and is_town(piece) and not is_organisation(piece):
            parts.place = piece
            continue
        if _kind(piece, parts, tail=tail) or _people(piece, parts) or _organisation(piece, parts):
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
        names = join_spaced([name for name in _SEPARATORS.split(piece) if name])
        if all(may_be_name(name) and not (len(name) == 2 or len(name) == 4) for name in names):
            parts.authors.extend(Author(name) for name in names)
            return parts
        if len(piece) <= 12 and not _ROLE.search(piece):
            parts.organisation(piece)
            return parts
        return None
    if len(pieces) == 2 and piece == pieces[1] and _is_letter(parts) and may_be_place(piece):
        parts.place = piece
        return parts
    return None


def _is_letter(parts: Parts) -> bool:
    """Whether what was read so far is how a reader's letter is signed: one name, and nothing about the name."""
    return len(parts.authors) == 1 and parts.authors[0].role is None and not (parts.provider or parts.kind)


def _kind(piece: str, parts: Parts, *, tail: bool) -> bool:
    """Read ``[organisation] [role name] [place] [day] kind``."""
    found = _TAIL.fullmatch(piece)
    if found is None:
        return False
    front, day, kind = found["front"], found["day"], found["kind"]
    read = Parts()
    if front.startswith(("據", "据")):
        return False  # 據中央社報導 opens a sentence
    if role := _ROLE.search(front):
        read.organisation(front[: role.start()])
        names = [name for name in _SEPARATORS.split(front[role.end() :]) if name]
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
            read.authors.append(Author(place))  # 財經中心／戴玉翔報導
            place = None
        elif place and not may_be_place(place):
            return False
        read.place = place
    stated = tail or read.authors or read.provider or read.desk or day or (read.place and is_place(read.place))
    if not stated and not (
        is_own(front) or (len(kind) >= 4 and not front) or (kind[-1] in "導导道" and len(front) <= 4)
    ):
        return False
    if kind in _STOP_KINDS and not (day or read.authors or read.provider or is_own(front) or tail):
        return False
    parts.authors.extend(read.authors)
    parts.provider, parts.desk = parts.provider or read.provider, parts.desk or read.desk
    parts.place, parts.kind = parts.place or read.place, parts.kind or kind
    return True


def _name_and_place(text: str, *, more: bool) -> tuple[str | None, str | None]:
    """Part a name from the place that follows it without a sign: 蔡芃敏台北, 王明紐約, 司馬中原高雄."""
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
    believed = skipping = sourced = False
    for token in join_spaced(_tokens(_ROLE.sub(r"\g<0> ", piece))):
        if _IS_LABEL.fullmatch(token):
            role, believed, skipping = None, True, False
            continue
        if _SOURCE.fullmatch(token):
            sourced, skipping = True, False
            continue
        if sourced:
            read.organisation(token)
            sourced = False
            continue
        if _OTHER_ROLE.match(token):
            skipping = True
            continue
        if found := _ROLE.search(token):
            before, skipping = token[: found.start()], False
            if _TITLE.fullmatch(found[0]) and is_name(before) and not is_organisation(before):
                people.append(Author(before, found[0]))  # 王大明律師
            elif before and not (is_organisation(before.strip("《》")) or len(before) <= 10):
                return False
            else:
                read.organisation(before)
                role = found[0]
            continue
        if skipping:
            continue
        if may_be_name(token) if role or believed else is_name(token):
            people.append(Author(token, role))
        elif is_organisation(token) and not role:
            read.organisation(token)
        elif (split := split_organisation(token)) and is_name(split[1]):
            read.organisation(split[0])
            people.append(Author(split[1], role))
        else:
            return False
    if not people and not read.provider:
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


def _organisation(piece: str, parts: Parts) -> bool:
    if is_own(piece):
        return True
    if is_desk(piece) or is_organisation(piece):
        parts.organisation(piece)
        return True
    return False
