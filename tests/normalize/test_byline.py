"""Byline forms by example, with people, papers and towns of our own."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.normalize.byline import Byline, parse_byline

PEOPLE = [
    ("本报记者 卞若水 岑 澄", [("卞若水", "本报记者"), ("岑澄", "本报记者")]),
    ("记者岑 澄", [("岑澄", "记者")]),
    ("河岸时报记者邹大为、唐映雪、丁立", [("邹大为", "记者"), ("唐映雪", "记者"), ("丁立", "记者")]),
    ("河岸晚报 记者 卞若水 编辑 沈一 校对 岑二", [("卞若水", "记者")]),
    ("图/沈一 文/本报记者 卞若水", [("卞若水", "本报记者")]),
    ("文：卞若水；攝影：沈一", [("卞若水", None)]),
    ("（总台橡视记者 卞若水 沈一凡 黑橡台）", [("卞若水", "记者"), ("沈一凡", "记者")]),
    ("記者卞若水／攝影報導", [("卞若水", "記者")]),
    ("評論員 卞若水 沈一凡", [("卞若水", "評論員"), ("沈一凡", "評論員")]),
    ("本報駐橡樹城特派員卞若水／橡樹城報導", [("卞若水", "本報駐橡樹城特派員")]),
    ("記者 Jo Oakley／橡樹城報導", [("Jo Oakley", "記者")]),
    ("記者鱻芷晴、編譯乇沛恩／綜合報導", [("鱻芷晴", "記者"), ("乇沛恩", "編譯")]),
    ("卞若水／文、圖", [("卞若水", None)]),
    ("文與圖／卞若水", [("卞若水", None)]),
    ("口述／卞若水 整理／沈一凡", [("卞若水", None), ("沈一凡", None)]),
    ("撰文：卞若水｜攝影：沈一凡", [("卞若水", None)]),
    ("卞若水／前橡樹市長", [("卞若水", "前橡樹市長")]),
    ("2026-02-19 21:07 記者卞若水／霧峰報導", [("卞若水", "記者")]),
    ("醫藥記者卞若水／台北報導", [("卞若水", "醫藥記者")]),
    ("买买提·艾力", [("买买提·艾力", None)]),
    ("卞若水律師", [("卞若水", "律師")]),
    ("□ 本报记者 卞若水 通讯员 沈一凡", [("卞若水", "本报记者"), ("沈一凡", "通讯员")]),
    ("[沈二朗，Acorn]", [("沈二朗", None)]),
    ("By Jo Oakley and Ann Birch, Associated Press", [("Jo Oakley", None), ("Ann Birch", None)]),
    ("BY JO OAKLEY", [("JO OAKLEY", None)]),
    ("Von Max Eiche und Eva Birke", [("Max Eiche", None), ("Eva Birke", None)]),
    ("Par Jean Chêne (AFP)", [("Jean Chêne", None)]),
    ("Por María José Roble Pino", [("María José Roble Pino", None)]),
    ("Di Luca Quercia", [("Luca Quercia", None)]),
    ("Текст: Анна Дубова", [("Анна Дубова", None)]),
    ("Jo Oakley, Senior Reporter", [("Jo Oakley", "Senior Reporter")]),
    ("BY JO OAKLEY Staff Reporter", [("JO OAKLEY", "Staff Reporter")]),
    ("Jo Oakley, jo@oak.example", [("Jo Oakley", None)]),
    ("Jo Oakley @jooak", [("Jo Oakley", None)]),
    ("By Jo Oakley for the Daily Acorn", [("Jo Oakley", None)]),
    ("By Jo Oakley | Published 3 May 2024", [("Jo Oakley", None)]),
    ("AP/Jo Oakley", [("Jo Oakley", None)]),
    ("Ein Gastbeitrag von Anne-Marie Eiche", [("Anne-Marie Eiche", None)]),
    ("Dr. Max Eiche", [("Dr. Max Eiche", None)]),
    ("Ludo van der Eik", [("Ludo van der Eik", None)]),
    ("Abby Smith", [("Abby Smith", None)]),
    ("ANA RUIZ COBO - LUIS GIL MORA", [("ANA RUIZ COBO", None), ("LUIS GIL MORA", None)]),
    ("Trần Văn Sồi - Lê Thị Dẻ", [("Trần Văn Sồi", None), ("Lê Thị Dẻ", None)]),
    ("المنصورة – هالة الصياد", [("هالة الصياد", None)]),
    ("TRẦN VĂN SỒI - LÊ THỊ DẺ", [("TRẦN VĂN SỒI", None), ("LÊ THỊ DẺ", None)]),
    ("ธารา ใบโอ๊ก รายงาน / เมฆา ใบสน ภาพ", [("ธารา ใบโอ๊ก", None)]),
    ("เรื่อง: ธารา ใบโอ๊ก", [("ธารา ใบโอ๊ก", None)]),
    ("Words: Jo Oakley", [("Jo Oakley", None)]),
    ("Interview: Max Eiche", [("Max Eiche", None)]),
    ("Von unserem Redakteur Max Eiche", [("Max Eiche", None)]),
    ("Aus Eichstadt berichtet Max Eiche", [("Max Eiche", None)]),
    ("Von Max Eiche, ARD-Studio Rom", [("Max Eiche", None)]),
    ("Jean Chêne, envoyé spécial à Chênaie", [("Jean Chêne", "envoyé spécial")]),
    ("Luca Quercia, inviato a Roverella", [("Luca Quercia", "inviato")]),
    ("Jo Oakley, New York", [("Jo Oakley", None)]),
    ("Por João Pinho, São Paulo", [("João Pinho", None)]),
    ("Ola Eik Journalist", [("Ola Eik", "Journalist")]),
    ("Anna Björk TT", [("Anna Björk", None)]),
    ("Jo Oakley III", [("Jo Oakley III", None)]),
    ("Автор — Анна Дубова", [("Анна Дубова", None)]),
    ("Του Γιώργου Δρυός", [("Γιώργου Δρυός", None)]),
    ("Ali Meşe - İstanbul", [("Ali Meşe", None)]),
    ("İstanbul - Ali Meşe", [("Ali Meşe", None)]),
    ("البلوط - أحمد سنديان", [("أحمد سنديان", None)]),
    ("By Jo Oakley and Ann Birch Acorn Staff Writers", [("Jo Oakley", None), ("Ann Birch", "Staff Writers")]),
    ("AA - Ali Meşe", [("Ali Meşe", None)]),
    ("রহিম বট, ঢাকা", [("রহিম বট", None)]),
    ("รายงานโดย ธารา ใบโอ๊ก", [("ธารา ใบโอ๊ก", None)]),
    ("Bài, ảnh: Trần Văn Sồi", [("Trần Văn Sồi", None)]),
    ("每橡记者：卞若水 每橡编辑：沈一凡", [("卞若水", "记者")]),
    ("取材・文：樫木太郎", [("樫木太郎", None)]),
    ("文・樫木太郎", [("樫木太郎", None)]),
    ("聞き手・樫木太郎、楢山花", [("樫木太郎", None), ("楢山花", None)]),
    ("文＝樫木太郎　写真＝楢山花子", [("樫木太郎", None)]),
    ("文：樫木太郎 写真：楢山花子", [("樫木太郎", None)]),
    ("社会部・樫木太郎", [("樫木太郎", None)]),
    ("樫木太郎（社会部）", [("樫木太郎", None)]),
    ("ソウル＝樫木太郎", [("樫木太郎", None)]),
    ("樫木太郎、写真も", [("樫木太郎", None)]),
    ("김나무 이참나 기자", [("김나무", "기자"), ("이참나", "기자")]),
    ("정치부 김나무 기자", [("김나무", "기자")]),
    ("김나무·이참나 기자", [("김나무", "기자"), ("이참나", "기자")]),
    ("나무일보, 김나무 기자", [("김나무", "기자")]),
    ("강나무 기자", [("강나무", "기자")]),
    ("강나무 기자 외 1명", [("강나무", "기자")]),
]


@pytest.mark.parametrize(("line", "expected"), PEOPLE)
def test_people_and_their_roles(line: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(author.name, author.role) for author in parse_byline(line).authors] == expected


PARTS = [
    ("橡樹日報／ 記者卞若水／亞敏頓即時報導", "橡樹日報", None, "亞敏頓", "即時報導"),
    ("環洋社／ 亞敏頓2日綜合外電報導", "環洋社", None, "亞敏頓", "綜合外電報導"),
    ("橡樹新聞網／ 綜合外電報導", "橡樹新聞網", None, None, "綜合外電報導"),
    ("橡樹新聞網／輯", "橡樹新聞網", None, None, "輯"),
    ("兩岸新聞組／台北26日電", None, "兩岸新聞組", "台北", "電"),
    ("編譯中心／綜合外電報導", None, "編譯中心", None, "綜合外電報導"),
    ("路透／紐約報導", "路透", None, "紐約", "報導"),
    ("【橡報-台北電】", "橡報", None, "台北", "電"),
    ("財經中心／卞若水報導", None, "財經中心", None, "報導"),
    ("〔即時新聞／綜合報導〕", None, "即時新聞", None, "綜合報導"),
    ("卞若水/河岸青年报", "河岸青年报", None, None, None),
    ("來源：環洋社", "環洋社", None, None, None),
    ("紐約報導", None, None, "紐約", "報導"),
    ("綜合報導", None, None, None, "綜合報導"),
    ("台北26日電", None, None, "台北", "電"),
    ("河岸日报评论员", "河岸日报", None, None, None),
    ("Jo Oakley / AP", "AP", None, None, None),
    ("社会部・樫木太郎", None, "社会部", None, None),
    ("ソウル＝樫木太郎", None, None, "ソウル", None),
    ("Juan Roble / Agencias", "Agencias", None, None, None),
    ("Anna Björk TT", "TT", None, None, None),
    ("Jo Oakley, New York", None, None, "New York", None),
    ("Ali Meşe - İstanbul", None, None, "İstanbul", None),
    ("Budi Jati - PAP", "PAP", None, None, None),
    ("Jean Chêne, envoyé spécial à Chênaie", None, None, "Chênaie", None),
    ("Von Max Eiche, Berlin", None, None, "Berlin", None),
    ("Reuters", "Reuters", None, None, None),
    ("La Quercia con ANSA", "La Quercia", None, None, None),
    ("Oak Herald Staff", "Oak Herald Staff", None, None, None),
    ("(서울=나무뉴스) 강나무 기자 =", "나무뉴스", None, "서울", None),
]


@pytest.mark.parametrize(("line", "provider", "desk", "place", "kind"), PARTS)
def test_the_other_parts(
    line: str, provider: str | None, desk: str | None, place: str | None, kind: str | None
) -> None:
    found = parse_byline(line)
    assert (found.provider, found.desk, found.place, found.kind) == (provider, desk, place, kind)


NOBODY = [
    "",
    "The mayor said on Tuesday that she would sign the bill.",
    "Posted by admin",
    "Photo by Jo Oakley",
    "Staff writer",
    "নিজস্ব প্রতিবেদক",
    "নিজস্ব প্রতিবেদকবটতলা",
    "डिजिटल डेस्क",
    "写真：楢山花子",
    "文化・芸術",
    "ソウル＝共同",
    "La Quercia",
    "高雄",
    "台積電",
    "本報訊",
    "图源：河岸图库",
    "经济·科技",
    "卞若水／主播曝光內幕",
    "作者最新文章",
    "来源：网络",
]


@pytest.mark.parametrize("line", NOBODY)
def test_lines_that_name_nobody(line: str) -> None:
    assert parse_byline(line).authors == ()


def test_an_empty_byline_is_false() -> None:
    assert not parse_byline("影／亞敏頓男子闖超商被逮")
    assert parse_byline("綜合報導")


@given(st.text(max_size=150))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_byline(text: str) -> None:
    assert isinstance(parse_byline(text), Byline)


PIECES = [
    "記者",
    "／",
    "、",
    "王",
    "卞若水",
    "報導",
    "電",
    "26日",
    "台北",
    "（",
    "）",
    "文/",
    " ",
    "By ",
    "Jo",
    ",",
    "社",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_pieces_of_a_byline_give_a_byline(text: str) -> None:
    for author in parse_byline(text).authors:
        assert author.name.strip() == author.name != ""


@pytest.mark.parametrize(
    "piece", ["記者", "／", "王、", "（", "電", "新聞", "即時", "Aa ", "Aa, ", "a@", "von ", "文/", "王 "]
)
def test_a_line_of_any_length_is_read_in_time(piece: str) -> None:
    started = time.perf_counter()
    for length in (100, 119, 399, 100_000):
        parse_byline((piece * length)[:length])
    assert time.perf_counter() - started < 0.5
