"""The grammar of Korean bylines.

``김나무 기자`` · ``김나무·이참나 기자`` · ``(서울=나무뉴스) 김나무 기자`` · ``윤서하 | 돌봄정책연구자``.
The post behind the name says that it is one; alone, a name is three syllables of which the first is a surname.
"""

from __future__ import annotations

import re

from newsarchive.article import Author
from newsarchive.normalize.byline.parts import Parts

_POSTS = ("기자", "특파원", "앵커", "논설위원")
_LONGEST = 120  # characters
_NAME = re.compile(
    r"(?:[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나엄채원천방공현함변염"
    r"여추도소석선설마길"
    r"연위표명기반왕금옥육인맹제모][가-힣]|남궁|황보|제갈|선우)[가-힣](?<![부팀국실])"
)
_WITH_POST = re.compile(
    r"([가-힣]{2,4})\s*((?:선임|수석|인턴|전문|객원|영상|사진)?(?:기자|특파원|논설위원|칼럼니스트|PD|앵커))"
)
_BEFORE = re.compile(r"([가-힣]{3})\s*[·,ㆍ・/]\s*(?=[가-힣])")  # 김나무·이참나 기자
# 김나무 이참나 기자
_ROW = re.compile(
    rf"(?:{_NAME.pattern}[\s·,ㆍ・/]+)+(?:{_NAME.pattern})\s*((?:선임|수석|인턴|전문|객원)?(?:기자|특파원))\W*"
)
# 윤서하 | 돌봄정책연구자: how columns are signed.
_COLUMN = re.compile(rf"({_NAME.pattern})\s*[|ㅣ·/]\s*([^.!?]{{2,30}})")


def parse(text: str) -> Parts | None:
    """Take the cleaned line apart, or ``None`` where it is no byline."""
    if any(post in text for post in _POSTS):
        return _with_post(text[:_LONGEST])
    if _NAME.fullmatch(text):
        return Parts(authors=[Author(text)])
    if posted := _COLUMN.fullmatch(text):
        return Parts(authors=[Author(posted[1], posted[2].strip())])
    return None


def _with_post(text: str) -> Parts | None:
    people: list[Author] = []
    end = 0
    if row := _ROW.fullmatch(text):
        names = (found[0] for found in _NAME.finditer(text, 0, row.start(1)))
        return Parts(authors=[Author(name, row[1]) for name in names])
    for found in _WITH_POST.finditer(text):
        before = [name for name in _BEFORE.findall(text, end, found.end(1)) if _NAME.fullmatch(name)]
        people += [Author(name, found[2]) for name in (*before, found[1])]
        end = found.end()
    if not people:
        return None
    parts = Parts(authors=people)
    if house := re.match(r"\(?([가-힣]+)=([가-힣]+(?:뉴스|통신|일보|신문|시스|뉴시스|방송))\)?", text):
        parts.place, parts.provider = house[1], house[2]
    elif house := re.match(r"\[?([가-힣A-Za-z]+(?:뉴스|통신|일보|신문|시스|방송|경제|닷컴))\]?\s", text):
        parts.provider = house[1]
    return parts
