"""Differences as a person reads them: nothing lost, words whole, paragraphs beside their own."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.normalize.difference import compare


def shown(old: str, new: str) -> str:
    marks = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    return "\n".join("".join(marks[part.operation].format(part.text) for part in parts) for parts in compare(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("七人送醫，其中一名命危。", "十二人送醫，其中一名命危。", "[-七-]{+十二+}人送醫，其中一名命危。"),
        ("承辦官員鍾立維表示，", "採購處表示，", "[-承辦官員鍾立維-]{+採購處+}表示，"),
        ("12,000 votes were cast", "12,500 votes were cast", "[-12,000-]{+12,500+} votes were cast"),
        (
            "The mayor said on Monday that 12 people had died.",
            "The mayor said Tuesday that at least 14 people had died.",
            "The mayor said [-on Monday-]{+Tuesday+} that [-12-]{+at least 14+} people had died.",
        ),
        ("the city wouldn't pay", "the city would pay", "the city [-wouldn't-]{+would+} pay"),
        (
            "她說：「我什麼都沒聽見。」",
            "她說：「煙霧警報器響了。」",
            "她說：「[-我什麼都沒聽見-]{+煙霧警報器響了+}。」",
        ),
    ],
)
def test_words_in_latin_and_characters_in_chinese(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


def test_paragraphs_stand_beside_their_own() -> None:
    old = "市集復業。\n\n攤商約一百二十家。\n\n停車免費。"
    new = "市府今天宣布，河邊的五處市集復業。\n\n天氣將轉晴。\n\n攤商約一百家。\n\n停車免費。"
    assert shown(old, new) == (
        "{+市府今天宣布，河邊的五處+}市集復業。\n{+天氣將轉晴。+}\n攤商約一百[-二十-]家。\n停車免費。"
    )
    assert shown("甲乙丙丁戊。", "子丑寅卯辰。") == "[-甲乙丙丁戊。-]\n{+子丑寅卯辰。+}"


texts = st.lists(
    st.sampled_from(["小熊貓", "說：", "。", "\n\n", " ", "the ", "12,3", "cat", "é", "👩‍👧", "한국"])
).map("".join)


@given(texts, texts)
def test_both_texts_can_be_read_out_of_it(old: str, new: str) -> None:
    paragraphs = compare(old, new)
    for text, other in ((old, "insert"), (new, "delete")):
        lines = ["".join(part.text for part in parts if part.operation != other) for parts in paragraphs]
        assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize("stops", ["", "。", "。\n\n"])
def test_ten_thousand_characters_take_a_second_or_two(stops: str) -> None:
    chance = random.Random(1)
    signs = [chr(0x4E00 + n) for n in range(800)]
    weights = [1 / (n + 1) for n in range(800)]
    text = chance.choices(signs, weights, k=10_000)
    edited = [sign if chance.random() > 0.02 else chance.choice(signs) for sign in text]
    old, new = (stops.join("".join(side[n : n + 40]) for n in range(0, 10_000, 40)) for side in (text, edited))
    begin = time.process_time()
    changed = sum(len(part.text) for parts in compare(old, new) for part in parts if part.operation == "insert")
    assert time.process_time() - begin < 5  # it is under one; the machine may be busy
    assert changed < 600  # 200 characters were replaced
