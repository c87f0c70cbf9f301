from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.normalize.dateline import find_dateline, find_signature

# paragraph, people, provider, place, the dateline as printed
OPENINGS = [
    (
        "环洋社橡城12月9日电（记者卞若水）法国9日下雪。",
        ["卞若水"],
        "环洋社",
        "橡城",
        "环洋社橡城12月9日电（记者卞若水）",
    ),
    ("环洋社北京11月17日电 记者17日从气象局获悉，本周有雪。", [], "环洋社", "北京", "环洋社北京11月17日电"),
    ("本报讯（记者岑立）近日，河边的市集开张。", ["岑立"], None, None, "本报讯（记者岑立）"),
    ("（環洋社記者卞若水台北20日電）今天下雪。", ["卞若水"], "環洋社", "台北", "（環洋社記者卞若水台北20日電）"),
    ("〔記者卞若水／霧峰報導〕今天下雪。", ["卞若水"], None, "霧峰", "〔記者卞若水／霧峰報導〕"),
    ("【橡報記者卞若水台北報導】股市今天休息。", ["卞若水"], "橡報", "台北", "【橡報記者卞若水台北報導】"),
    ("【橡報2021年08月15日訊】（橡報記者卞若水台灣台北報導）今天下雪。", ["卞若水"], "橡報", "台灣台北", None),
    ("財經中心／綜合報導 股市今天休息。", [], None, None, "財經中心／綜合報導"),
    ("橡树网5月20日电 5月18日晚，河边的市集开张。", [], "橡树网", None, "橡树网5月20日电"),
    ("【ソウル＝樫木太郎】雪が降った。", ["樫木太郎"], None, "ソウル", "【ソウル＝樫木太郎】"),
    ("（ソウル＝樫木太郎）雪が降った。", ["樫木太郎"], None, "ソウル", "（ソウル＝樫木太郎）"),
    ("【ソウル共同】雪が降った。", [], "共同", "ソウル", "【ソウル共同】"),
    ("［東京 ４日 ロイター］ － 雪が降った。", [], "ロイター", "東京", None),
    ("(서울=나무뉴스) 강나무 이참나 기자 = 눈이 내렸다.", ["강나무", "이참나"], "나무뉴스", "서울", None),
    ("【서울=나무시스】강나무 기자 = 눈이 내렸다.", ["강나무"], "나무시스", "서울", None),
    ("[나무일보=강나무 기자] 눈이 내렸다.", ["강나무"], "나무일보", None, "[나무일보=강나무 기자]"),
    ("(서울=나무뉴스) 강나무 기자 = 눈이 내렸다.", ["강나무"], "나무뉴스", "서울", "(서울=나무뉴스) 강나무 기자 ="),
    ("OAKHAM (AP) — Snow fell.", [], "AP", "OAKHAM", "OAKHAM (AP) —"),
    ("OAKHAM, 4 May (Reuters) - Snow fell.", [], "Reuters", "OAKHAM", "OAKHAM, 4 May (Reuters) -"),
    ("Eichstadt (dpa) - Es schneite.", [], "dpa", "Eichstadt", "Eichstadt (dpa) -"),
    ("ДУБОВСК, 11 мар — РИА Дубы. Выпал снег.", [], "РИА Дубы", "ДУБОВСК", "ДУБОВСК, 11 мар — РИА Дубы."),
    ("البلوط (رويترز) - تساقط الثلج.", [], "رويترز", "البلوط", "البلوط (رويترز) -"),
    ("OAKHAM — Snow fell.", [], None, "OAKHAM", "OAKHAM —"),
]


@pytest.mark.parametrize(("paragraph", "people", "provider", "place", "printed"), OPENINGS)
def test_openings_stay_in_the_paragraph(
    paragraph: str, people: list[str], provider: str | None, place: str | None, printed: str | None
) -> None:
    found = find_dateline(paragraph)
    assert found is not None
    assert not found.whole
    assert [author.name for author in found.byline.authors] == people
    assert (found.byline.provider, found.byline.place) == (provider, place)
    assert paragraph.startswith(found.text)
    assert printed is None or found.text == printed


WHOLE = [
    "記者卞若水／霧峰報導",
    "【文/橡树网专栏作者 卞若水】",
    "文丨卞若水",
    "采写：河岸见习记者 卞若水",
    "By Jo Oakley",
    "社會中心／綜合報導",
]


@pytest.mark.parametrize("paragraph", WHOLE)
def test_a_line_of_its_own_is_no_body(paragraph: str) -> None:
    found = find_dateline(paragraph)
    assert found is not None
    assert found.whole


PROSE = [
    "本報記者走訪多家超市，發現雞蛋價格上漲，民眾大喊吃不消。",
    "據環洋社報導，今天上午下雪。",
    "记者从气象局获悉，本周有雪。",
    "市長（Jo Oakley）今天說，河邊的市集要開張。",
    "The mayor (D) - said that snow fell.",
    "BREAKING — Snow fell.",
    "World news",
    "",
]


@pytest.mark.parametrize("paragraph", PROSE)
def test_prose_has_no_dateline(paragraph: str) -> None:
    assert find_dateline(paragraph) is None


CLOSINGS = [
    ("市集從此年年開張。（卞若水）", ["卞若水"], None, False),
    ("市長這樣說。（卞若水／霧峰報導）", ["卞若水"], "霧峰", False),
    ("市集从此年年开张。(文/图 卞若水 岑立)", ["卞若水", "岑立"], None, False),
    ("真是英雄的城！（评论员 卞若水 沈一凡）", ["卞若水", "沈一凡"], None, False),
    ("采写：河岸见习记者 卞若水", ["卞若水"], None, True),
    ("河岸晚报记者 卞若水", ["卞若水"], None, True),
    ("记者/卞若水 编辑/沈一", ["卞若水"], None, True),
    ("Das Gespräch führten Max Eiche und Eva Birke.", ["Max Eiche", "Eva Birke"], None, True),
    ("(Reporting by Jo Oakley and Ann Birch; Editing by Max Eiche)", ["Jo Oakley", "Ann Birch"], None, True),
]


@pytest.mark.parametrize(("paragraph", "people", "place", "whole"), CLOSINGS)
def test_signatures(paragraph: str, people: list[str], place: str | None, whole: bool) -> None:
    found = find_signature(paragraph)
    assert found is not None
    assert [author.name for author in found.byline.authors] == people
    assert (found.byline.place, found.whole) == (place, whole)


NO_SIGNATURE = [
    "新的一年开始了。（完）",
    "（編輯：沈一）1100807",
    "他說，這是好事。（編輯：沈一）1100807",
    "責任編輯：沈一",
    "消息來自聯邦調查局（FBI）",
    "（刊于《河岸》2019年第24期）",
    "協談專線：1995",
]


@pytest.mark.parametrize("paragraph", NO_SIGNATURE)
def test_what_closes_a_story_and_signs_nothing(paragraph: str) -> None:
    assert find_signature(paragraph) is None


@pytest.mark.parametrize(
    ("paragraph", "people"),
    [
        ("（樫木さくら）", ["樫木さくら"]),
        ("（樫木太郎、椎名花子）", ["樫木太郎", "椎名花子"]),
        ("（敬称略）", []),
        ("（随時掲載）", []),
        ("（社会部）", []),
        ("（つづく）", []),
    ],
)
def test_a_name_in_brackets_below_a_japanese_story_signs_it(paragraph: str, people: list[str]) -> None:
    found = find_signature(paragraph, japanese=True)
    assert [author.name for author in (found.byline.authors if found else ())] == people


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_paragraph_is_read(text: str) -> None:
    find_dateline(text)
    find_signature(text)


@pytest.mark.parametrize("piece", ["（", "記者報導", "電", "（記者）", "A", "A ", "A/", "AB—", "(", " "])
def test_a_paragraph_of_any_length_is_read_in_time(piece: str) -> None:
    started = time.perf_counter()
    find_dateline(piece * 50_000)
    find_signature(piece * 50_000)
    assert time.perf_counter() - started < 0.5
