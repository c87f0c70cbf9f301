"""A thousand byline lines, made by crossing names, towns and desks that nobody wrote into the grammar."""

from __future__ import annotations

import random

import pytest

from newsarchive.article import Author
from newsarchive.normalize.byline import Byline, parse_byline

SURNAMES = "甯 鄺 歐陽 尉遲 薄 冼 粘 麥 溫 游 簡 蘇 駱 闞 鞏 卞 邰 夏侯 沈 譚".split()  # noqa: SIM905
# Surnames that stand in no list: believed only where a role says that a person follows.
STRANGE = "鱻 疒 乇 畾 丄".split()  # noqa: SIM905
GIVEN = "芷晴 禹安 沛恩 若愚 立 岑 宥翔 品妤 書瑋 亦辰 澄 映雪 和平 為民 向榮 文昊 道遠 新月".split()  # noqa: SIM905
TOWNS = "霧峰 亞敏頓 密雪根湖 甜水鎮 拉米拉達 蒙特雪 東岸 聖馬刁 北橡 哥倫比亞港 鹿港 維加斯 貝賽 開普敦 關島".split()  # noqa: SIM905
DESKS = "新北新聞組 兩岸中心 綠能小組 國際部 生活新聞中心 數位編輯部 樂活中心 外電組 體育室".split()  # noqa: SIM905
HOUSES = "海峽通訊社 南灣新聞網 橡樹日報 北境電視台 藍鯨周刊 河岸晚報 環洋社".split()  # noqa: SIM905
ROLES = "記者 編譯 特派記者 本報記者 特約記者 實習記者 记者 特约记者 駐美特派員 駐外記者".split()  # noqa: SIM905
SLASHES = ["／", "╱", " / ", "／ ", " ╱ "]
KINDS = "報導 即時報導 綜合報導 現場報導 專題報導".split()  # noqa: SIM905
WIRED = "電 專電 外電報導 綜合外電報導".split()  # noqa: SIM905
BRACKETS = [("", ""), ("", ""), ("〔", "〕"), ("【", "】"), ("（", "）"), ("(", ")")]


def name(of: random.Random, surnames: list[str]) -> str:
    return of.choice(surnames) + of.choice(GIVEN)


def names(of: random.Random, surnames: list[str], most: int) -> list[str]:
    return sorted({name(of, surnames) for _ in range(of.randint(1, most))})


def with_tail(of: random.Random, head: str, byline: dict[str, object], *, wire: bool) -> tuple[str, Byline]:
    place = of.choice([*TOWNS, None])
    kind = of.choice(WIRED if wire else KINDS)
    day = f"{of.randint(1, 31)}日" if wire and of.random() < 0.8 else ""
    left, right = of.choice(BRACKETS)
    if not place:
        day = ""
        kind = "綜合外電報導" if wire else kind
    line = f"{left}{head}{of.choice(SLASHES)}{place or ''}{day}{kind}{right}"
    return line, Byline(**{**byline, "place": place, "kind": kind})  # type: ignore[arg-type]


def people(of: random.Random) -> tuple[str, Byline]:
    """One to four people; roles carry over and mix; a paper before them or not; with and without a role."""
    authors, words = [], []
    role: str | None = None
    house = of.choice([*HOUSES, None, None])
    for number, who in enumerate(names(of, SURNAMES + STRANGE, 4)):
        printed = ""
        if number == 0 or of.random() < 0.3:
            printed = role = of.choice(ROLES)
        authors.append(Author(who, role))
        words.append(f"{printed}{of.choice(['', '', ' '])}{who}" if printed else who)
    head = of.choice(["、", "、", "、 "]).join(words)
    if house:
        head = f"{house}{of.choice(['', ' ', *SLASHES])}{head}"
    if of.random() < 0.15 and len(authors) == 1:
        return head, Byline(authors=tuple(authors), provider=house)
    return with_tail(of, head, {"authors": tuple(authors), "provider": house}, wire=False)


def bare_people(of: random.Random) -> tuple[str, Byline]:
    """Names without a role, known by their surnames or by the tail that follows."""
    authors = tuple(map(Author, names(of, SURNAMES, 3)))
    head = "、".join(author.name for author in authors)
    if len(authors) == 1 and of.random() < 0.3:
        return head, Byline(authors=authors)
    return with_tail(of, head, {"authors": authors}, wire=False)


def a_stranger_among_names(of: random.Random) -> tuple[str, Byline]:
    """A surname that stands in no list, vouched for by the one beside it and by the tail."""
    authors = [Author(name(of, SURNAMES)), Author(of.choice(STRANGE) + of.choice([g for g in GIVEN if len(g) == 2]))]
    of.shuffle(authors)
    head = "、".join(author.name for author in authors)
    return with_tail(of, head, {"authors": tuple(authors)}, wire=False)


def nobody(of: random.Random) -> tuple[str, Byline]:
    """A desk, an agency, or the paper and its desk: no author."""
    if of.random() < 0.5:
        desk = of.choice(DESKS)
        return with_tail(of, desk, {"desk": desk}, wire=of.random() < 0.5)
    house = of.choice(HOUSES)
    return with_tail(of, house, {"provider": house}, wire=of.random() < 0.7)


def dateline(of: random.Random) -> tuple[str, Byline]:
    """The same without a slash: three characters of name, a town, a day."""
    house, role = of.choice(HOUSES), of.choice(["記者", "特派記者"])
    who = of.choice([s for s in SURNAMES if len(s) == 1]) + of.choice([g for g in GIVEN if len(g) == 2])
    town = of.choice(TOWNS)
    kind = of.choice(["電", "專電"])
    return f"（{house}{role}{who}{town}{of.randint(1, 31)}日{kind}）", Byline(
        authors=(Author(who, role),), provider=house, place=town, kind=kind
    )


def letter(of: random.Random) -> tuple[str, Byline]:
    who, town = name(of, SURNAMES), of.choice(TOWNS)
    return f"{who}{of.choice(SLASHES)}{town}", Byline(authors=(Author(who),), place=town)


def mainland(of: random.Random) -> tuple[str, Byline]:
    """A label instead of a role, names parted by blanks, those of two characters padded."""
    people = names(of, SURNAMES, 3)
    padded = [" ".join(who) if len(who) == 2 and of.random() < 0.5 else who for who in people]
    label = of.choice(["文/", "文丨", "采写：", "撰文｜", "文/图 ", "作者：", "本报记者 ", "特约记者 ", "执笔/"])
    role = label.strip() if "记者" in label else None
    left, right = of.choice(BRACKETS)
    return f"{left}{label}{' '.join(padded)}{right}", Byline(authors=tuple(Author(who, role) for who in people))


MAKERS = [people, people, people, bare_people, a_stranger_among_names, nobody, dateline, letter, mainland]


@pytest.mark.parametrize("seed", range(8))
def test_a_thousand_generated_lines_are_read_as_made(seed: int) -> None:
    of = random.Random(20260219 + seed)
    wrong = []
    for number in range(150):
        line, expected = MAKERS[number % len(MAKERS)](of)
        found = parse_byline(line)
        if found != expected:
            wrong.append(f"{line}\n  found    {found}\n  expected {expected}")
    assert not wrong, "\n".join(wrong)


SENTENCES = [
    "本報記者走訪{town}多家超市，發現雞蛋價格上漲",
    "本報記者走訪{town}多家超市發現雞蛋價格上漲",
    "記者從{house}獲悉",
    "記者採訪{who}時，他說明天就走",
    "記者直擊",
    "本報記者走訪",
    "據{house}報導",
    "{house}記者會上說明",
    "{who}說，{town}的房價太高。",
]
HEADLINES = [
    "一洲焦點／{town}議會遇抵制 預算、人事卡關",
    "影／{town}男子闖超商被逮",
    "經典賽／{town}隊擊敗強敵",
    "獨家／{who}宣布退選",
    "圖輯／{town}櫻花盛開",
    "{who}／宣布不選了",
    "世足／{who}攻進2球",
    "NBA／{town}3連勝",
]
NEVER = [
    "责任编辑：{who}",
    "責任編輯／{who}",
    "编辑 {who}",
    "审核：{who}",
    "{who}／核稿編輯",
    "記者{who}／攝影",
    "{who}／攝影",
]
CODES = ["_NF4425", "PX209", "图/{who}", "{house}记者{who}摄", "攝影：{who}"]


@pytest.mark.parametrize("form", SENTENCES + HEADLINES + NEVER + CODES)
def test_what_is_no_author_gives_none(form: str) -> None:
    of = random.Random(7)
    for _ in range(40):
        line = form.format(town=of.choice(TOWNS), house=of.choice(HOUSES), who=name(of, SURNAMES))
        assert parse_byline(line).authors == (), line
