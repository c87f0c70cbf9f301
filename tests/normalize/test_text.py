from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsarchive.normalize.text import clean, fold, fold_characters

CLEANED = [
    ("  a\t b\r\n c\u00a0d\u3000e ", "a b c d e"),
    ("零\u200b寬\ufeff字\u00ad元\u2060", "零寬字元"),
    ("Caf\u0065\u0301", "Café"),
    ("Tom &amp;amp; Jerry", "Tom & Jerry"),
    ("&quot;x&quot; &#8212; &#x4e2d;", '"x" — 中'),
    ("&amp;#39;", "'"),
    ("AT&T, R&D; &copy 1", "AT&T, R&D; &copy 1"),
    ("「橡樹」、『河岸』——“市集”…！？（全形），：；", "「橡樹」、『河岸』——“市集”…！？（全形），：；"),
    ("ＡＢＣ１２３", "ＡＢＣ１２３"),
    ("a\x00b\x07c\x1b", "abc"),
    ("bad \ud83d end", "bad \ufffd end"),
    ("می\u200cخواهم", "می\u200cخواهم"),
    ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    ("a\u200db", "ab"),
    ("&\x1bamp;", "&"),
    ("", ""),
]


@pytest.mark.parametrize(("printed", "expected"), CLEANED)
def test_clean(printed: str, expected: str) -> None:
    assert clean(printed) == expected


ENTITIES = st.lists(st.sampled_from(["&", "amp;", "#38;", "lt;", "quot;", "x", " ", "\u200b", "é", "e\u0301", "中"]))


@given(st.text() | ENTITIES.map("".join))
@settings(max_examples=500, deadline=None)
def test_clean_twice_is_clean_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once == once.strip()
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


def test_fold_drops_what_does_not_make_a_text_another() -> None:
    assert fold("河岸市集，今日開張！") == fold("河岸市集今日开张")
    assert fold("Ｏａｋ　Herald: “Snow”") == "oakheraldsnow"
    assert fold("看著市集") == fold("看着市集")
    assert fold("乾淨的後院裡") == fold("干净的后院里")
    assert fold("10.5") != fold("10.6")


def test_fold_keeps_the_vowel_signs_of_indic_words() -> None:
    assert fold("दैनिक, पत्र") == "दैनिकपत्र"


def test_fold_characters_by_character() -> None:
    assert fold_characters("臺灣著名「ＯＡＫ」 İ ﬁ") == "台湾著名「oak」 i ﬁ"


@given(st.text())
@settings(max_examples=500, deadline=None)
def test_folded_characters_stand_where_they_stood(text: str) -> None:
    folded = fold_characters(text)
    assert len(folded) == len(text)
    for place, character in enumerate(text):
        assert folded[place] == fold_characters(character)


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)))
@settings(max_examples=200, deadline=None)
def test_both_folds_agree_on_han_characters(text: str) -> None:
    assert fold(text) == fold_characters(text)
