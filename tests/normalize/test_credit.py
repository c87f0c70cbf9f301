from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.normalize.credit import one_caption, split_credit

SENTENCES = [
    "市長(左)與河岸居民(右)一同開市。",
    "橡樹城警局(OCPD)封街，居民（右三）圍觀。",
    "河邊的市集開張，第一天就擠滿了人。",
    "隊長（前排中）舉起獎盃，隊友歡呼",
    "「今天真冷」，賣湯的阿婆說。",
]
CREDITS = [
    "路透", "美聯社", "歐新社", "美聯社資料照", "記者卞若水／攝影", "沈一凡／攝影",
    "讀者提供", "圖／市政府提供", "取自OCFD", "取材自橡樹網、河岸網", "圖取自X平台市長帳號", "本報檔案照",
    "谷歌地圖", "Unsplash / Jo Oakley", "市集示意圖", "翻攝畫面", "環洋社記者卞若水攝", "AFP",
    "Getty Images", "圖／記者卞若水翻攝", "河岸電視台", "擷自臉書", "視覺中國",
]  # fmt: skip
SHOWN = ["左", "右三", "前排中", "左二", "37歲", "中", "後排左", "圖左"]


@pytest.mark.parametrize("seed", range(5))
def test_generated_captions_come_apart(seed: int) -> None:
    of = random.Random(seed)
    for _ in range(100):
        sentence, credit = of.choice(SENTENCES), of.choice(CREDITS)
        left, right = of.choice(["()", "（）"])
        caption = f"{sentence}{of.choice(['', ' '])}{left}{credit}{right}"
        assert split_credit(caption) == (sentence, credit), caption


@pytest.mark.parametrize("shown", SHOWN)
def test_what_the_picture_shows_is_no_credit(shown: str) -> None:
    for caption in (f"站者為河岸隊隊長（{shown}）", f"站者為河岸隊隊長({shown})", f"隊長（{shown}）開市。"):
        assert split_credit(caption) == (caption, None)


@pytest.mark.parametrize(
    "caption",
    [
        "橡樹城警局(OCPD)",
        "橡實公司(Acorn)",
        "財政部長歐克利(Jo Oakley)",
        "學生代表(卞若水)",
        "（部分報價單）",
        "Oaks (links) und Birken (rechts)",
    ],
)
def test_a_bracket_that_explains_the_word_before_it_is_no_credit(caption: str) -> None:
    assert split_credit(caption) == (caption, None)


APART = [
    ("這種橡實價格通常較低。美聯社", "這種橡實價格通常較低。", "美聯社"),
    ("市长在市集发表演讲。 环洋社记者 卞若水 摄", "市长在市集发表演讲。", "环洋社记者 卞若水 摄"),
    ("市长在市集发表演讲。环洋社记者 卞若水 摄", "市长在市集发表演讲。", "环洋社记者 卞若水 摄"),
    ("村民正在录制视频 岑立 摄", "村民正在录制视频", "岑立 摄"),
    ("市集一景。图源：橡树图库", "市集一景。", "橡树图库"),
    ("图/橡树图库", None, "图/橡树图库"),
    ("（路透）", None, "路透"),
    ("The mayor speaks. Photo: Jo Oakley/AP", "The mayor speaks.", "Jo Oakley/AP"),
    ("Es schneite. Foto: Max Eiche/dpa", "Es schneite.", "Max Eiche/dpa"),
    ("Snow in Oakham. Photo by Jo Oakley/AFP via Getty Images", "Snow in Oakham.", "Jo Oakley/AFP via Getty Images"),
    ("The mayor arrives. (AP Photo/Jo Oakley)", "The mayor arrives.", "AP Photo/Jo Oakley"),
    ("The mayor arrives. AP Photo/Jo Oakley", "The mayor arrives.", "AP Photo/Jo Oakley"),
    ("A view of Oakham. © Reuters", "A view of Oakham.", "Reuters"),
    ("(Photo by Jo Oakley (AP))", None, "Jo Oakley (AP)"),
    ("물길 장터 [참나루시 제공. 재판매 및 DB 금지]", "물길 장터", "참나루시 제공. 재판매 및 DB 금지"),
    ("참나루 앞바다 [촬영 강나무]", "참나루 앞바다", "촬영 강나무"),
    ("장터가 열린 참나루 [강변뉴스 자료사진]", "장터가 열린 참나루", "강변뉴스 자료사진"),
    ("장터가 열린 참나루 (사진=강변뉴스)", "장터가 열린 참나루", "강변뉴스"),
    ("장터가 열린 참나루. /사진=강변일보", "장터가 열린 참나루.", "강변일보"),
    ("장터가 열린 참나루. 사진 제공=참나루시", "장터가 열린 참나루.", "참나루시"),
    ("참나루 [동쪽]", "참나루 [동쪽]", None),
    ("Es schneite. Foto: Max Eiche (Keystone)", "Es schneite.", "Max Eiche (Keystone)"),
    ("El puente de Roble, ayer por la tarde. EFE", "El puente de Roble, ayer por la tarde.", "EFE"),
    ("Le pont de Chêne, mardi. - AFP/Archives", "Le pont de Chêne, mardi.", "AFP/Archives"),
    ("Ponte de Carvalho fechada - João Pinho/Agência Rio", "Ponte de Carvalho fechada", "João Pinho/Agência Rio"),
    ("Ponte de Carvalho fechada. | João Pinho/Riopress", "Ponte de Carvalho fechada.", "João Pinho/Riopress"),
    ("Il ponte di Quercia (Ansa)", "Il ponte di Quercia", "Ansa"),
    ("The bridge of Oakham. (Supplied)", "The bridge of Oakham.", "Supplied"),
    ("पुल का उद्घाटन (फोटो: पीटीआई)", "पुल का उद्घाटन", "पीटीआई"),
    ("The road from Oakham - Birchfield/Ashby", "The road from Oakham - Birchfield/Ashby", None),
    ("The mayor of Oakham spoke. NATO", "The mayor of Oakham spoke. NATO", None),
    ("発言をテレビで見る市民（樫野で、３日）＝ＡＰ", "発言をテレビで見る市民（樫野で、３日）", "ＡＰ"),
    ("樫野の橋＝ロイター", "樫野の橋", "ロイター"),
    ("The new dark mode. Image Credits: Acorn", "The new dark mode.", "Acorn"),
    ("The photo shows a man", "The photo shows a man", None),
    ("", None, None),
]


@pytest.mark.parametrize(("printed", "caption", "credit"), APART)
def test_credits_that_stand_otherwise(printed: str, caption: str | None, credit: str | None) -> None:
    assert split_credit(printed) == (caption, credit)


def test_of_several_copies_the_longest_whole_one_counts() -> None:
    assert one_caption(["河邊的市集今天開...", "河邊的市集今天開張。（路透）"]) == "河邊的市集今天開張。（路透）"
    assert one_caption(["市集...", "市集"]) == "市集"
    assert one_caption(["", " "]) is None


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_caption_is_read(text: str) -> None:
    split_credit(text)


@pytest.mark.parametrize("piece", ["(", "（a）", "a. ", "Photo: ", " 摄", "A/A", "left ", "1.", "王 ", "。"])
def test_a_caption_of_any_length_is_read_in_time(piece: str) -> None:
    started = time.perf_counter()
    split_credit(piece * 50_000)
    split_credit(f"{piece * 10}({(piece * 80)[:70]}x)")
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize(
    ("caption", "parts"),
    [
        ("Volunteers replaced the sleepers. (Supplied: Growers Rail)",
         ("Volunteers replaced the sleepers.", "Supplied: Growers Rail")),
        ("A bell on the line. (River Radio: Tam Oakley)", ("A bell on the line.", "River Radio: Tam Oakley")),
        ("没想到蚝壳还能挡浪。－卞若水摄－", ("没想到蚝壳还能挡浪。", "卞若水摄")),
        ("참가자들이 손팻말을 들고 있다. 박도현 기자 dhpark@haneul.example",
         ("참가자들이 손팻말을 들고 있다.", "박도현 기자 dhpark@haneul.example")),
        ("게티이미지뱅크", (None, "게티이미지뱅크")),
    ],
)  # fmt: skip
def test_where_a_picture_comes_from_and_whose_it_is(caption: str, parts: tuple[str | None, str]) -> None:
    assert split_credit(caption) == parts
