"""A paper's notice that it was wrong, told from stories in which something is corrected."""

from __future__ import annotations

import pytest

from newsarchive import extract_article
from newsarchive.extract.body.correction import correction

NOTICES = [
    "更正：本文先前誤植預算金額為3億元，實為4億元。",
    "【更正】昨日報導的路名應為文林路。",
    "（更正：圖說中的日期有誤。）",
    "勘误：第二段的人数应为十二人。",
    "訂正：記事中の日付に誤りがありました。",
    "바로잡습니다: 어제 기사의 날짜는 5일이 맞습니다.",
    "Correction: The bridge is 80 metres long, not 800.",
    "Correction (April 3): The mayor's name is Orla Finch.",
    "Correction, April 3, 2026: The mayor's name is Orla Finch.",
    "CLARIFICATION: The vote has no legal force.",
    "Editor's note: An earlier version of this article gave the wrong date.",
    "This story has been corrected to show that the school is in Harlow.",
    "Korrektur: Die Brücke ist 80 Meter lang.",
    "In einer früheren Version hieß es, die Brücke sei 800 Meter lang.",
    "Rectificatif : le pont mesure 80 mètres.",
    "Fe de errores: el puente mide 80 metros.",
    "Errata corrige: il ponte è lungo 80 metri.",
    "本報導稍早版本將路名誤植為文化路，已修正。",
]


@pytest.mark.parametrize("notice", NOTICES)
def test_a_notice_is_recognised_wherever_it_stands(notice: str) -> None:
    for paragraphs in ([notice, "其他段落。"], ["Another paragraph.", notice]):
        found = correction(paragraphs)
        assert found is not None
        assert found.value == notice


@pytest.mark.parametrize(
    "paragraph",
    [
        "更正登記的民眾須攜帶身分證。",
        "市府要求業者更正：否則開罰。",
        "Correction territory looms as stocks fall for a third day.",
        "The correction came late: shares had fallen by a tenth.",
        "Korrekturen am Entwurf lehnt der Minister ab.",
        "Fe de errores que nunca llega es el título de su novela.",
    ],
)
def test_stories_about_corrections_are_none(paragraph: str) -> None:
    assert correction([paragraph]) is None


def test_a_heading_on_a_line_of_its_own_belongs_to_the_notice_below_it() -> None:
    found = correction(["市場昨晚休市。", "更正啟事", "昨日本版圖說的人名應為穆蘭芝。", "（本報訊）"])
    assert found is not None
    assert found.value == "更正啟事\n\n昨日本版圖說的人名應為穆蘭芝。"


def test_the_notice_is_a_field_of_the_article_and_stays_in_its_body() -> None:
    notice = "Correction: The bridge is 80 metres long, not 800 as we wrote in an earlier report."
    story = "The old bridge over the Wend was closed on Monday after an inspector found a crack in its third arch. "
    page = (
        f"<html><head><title>Bridge closed</title></head><body><article><h1>Bridge closed</h1>"
        f"<p>{story * 3}</p><p>{story * 2}</p><p>{notice}</p></article></body></html>"
    )
    article = extract_article(page, "https://www.wend.example/news/bridge-closed")
    assert article.correction == notice
    assert article.body is not None
    assert article.body.endswith(notice)
    assert "correction" in article.rules
