"""The language of a text whose page declares another."""

from __future__ import annotations

import pytest

from newsarchive import extract_article

TEXTS = {
    "zh-Hant": "渡輪公司表示，失蹤的銅鐘再度響起，這一次是在魚市場後面，附近居民說聲音比從前低沉。",
    "zh-Hans": "渡轮公司表示，失踪的铜钟再度响起，这一次是在鱼市场后面，附近居民说声音比从前低沉。",
    "ja": "渡し船の会社によると、行方不明の鐘が再び鳴り、今度は魚市場の裏から聞こえたという。",
    "ko": "여객선 회사는 사라진 종이 다시 울렸으며 이번에는 어시장 뒤에서 들렸다고 밝혔다.",
    "ru": "Паромная компания сообщила, что пропавший колокол снова звонил, теперь за рыбным рынком.",
    "en": "The ferry company said that the missing bell had rung again, this time behind the fish market.",
}


@pytest.mark.parametrize("declared", ["en", "zh-CN", "zh-TW", "de-DE", ""])
@pytest.mark.parametrize("language", [name for name in TEXTS if name != "en"])
def test_letters_outweigh_the_declaration(language: str, declared: str) -> None:
    page = f"<html lang='{declared}'><body><h1>{TEXTS[language]}</h1>" + f"<p>{TEXTS[language] * 4}</p>" * 4
    assert extract_article(page, "https://x.example/1").language == language


@pytest.mark.parametrize(
    ("head", "language"),
    [
        ("<html lang='de-AT'>", "de"),
        ("<html lang='no'>", "nb"),
        ("<html><meta property='og:locale' content='sv_SE'>", "sv"),
        ("<html><meta http-equiv='Content-Language' content='en-GB'>", "en"),
        ("<html lang='zh-TW'>", None),
        ("<html>", None),
    ],
)
def test_else_the_declaration_counts(head: str, language: str | None) -> None:
    page = f"{head}<body><h1>Bell</h1>" + f"<p>{TEXTS['en'] * 4}</p>" * 4
    assert extract_article(page, "https://x.example/1").language == language
