"""What an edit touches, on pairs of sentences as papers change them."""

from __future__ import annotations

import pytest

from newsarchive.normalize.changes import reasons_of

COSMETIC = [
    ("市集本周末復業,營業至下午1時 。", "市集本周末復業，營業至下午1時。"),
    ("主辦單位提醒，請自備提籃。", "主辦單位提醒：請自備提籃。"),
    ("公布名單的市長很高興。", "公佈名單的市長很高興。"),
    ("台灣總統府今天證實。", "台湾总统府今天证实。"),
    ("他的很快就跑到了。", "他跑得很快就到了。"),
    ("在台北舉行的活動", "再台北舉行的活動"),
    ("她說：「我們不會離開這裡」。", "她說：『我們不會離開這裡』。"),
    ("The mayor recieved the award.", "The mayor received the award."),
    ("The harbour's colour", "The harbor's color"),
    ("He said it is fine.", "He said that it's fine."),
    ("They counted 12,000 votes.", "They counted 12000 votes."),
    ("“Never again,” she said to us all.", '"Never again," she said to us all.'),
    ("First this. Then that.", "Then that. First this."),
    ("Er sagte, daß es regne.", "Er sagte, dass es regne."),
]
SUBSTANTIVE = [
    ("numbers", "七人送醫，一人命危。", "十二人送醫，一人命危。"),
    ("numbers", "The fire killed 12 people.", "The fire killed 14 people."),
    ("numbers", "預算３億元", "預算4億元"),
    ("names", "承辦官員鍾立維表示收到通知。", "採購處表示收到通知。"),
    ("names", "警方逮捕林小川，", "警方逮捕陳小川，"),
    ("names", "Police arrested Smith on Monday.", "Police arrested Smyth on Monday."),
    ("quotes", "她說：「我什麼都沒聽見，是貓抓醒的。」", "她說：「警報器一直響，是貓抓醒的。」"),
    ("quotes", "He called it “a very good deal for us”.", "He called it “a very bad deal for them”."),
    ("negations", "校方曾收到通知。", "校方未曾收到通知。"),
    ("negations", "The city will pay for it.", "The city won't pay for it."),
    ("negations", "Der Minister hat zugestimmt.", "Der Minister hat nicht zugestimmt."),
    ("negations", "Il a signé l'accord.", "Il n'a pas signé l'accord."),
    ("words", "股市今天上漲。", "股市今天下跌。"),
    ("words", "董事會通過提案。", "董事會擱置提案。"),
    ("words", "The council approved the plan.", "The council rejected the plan."),
    ("length", "市集復業。", "市集復業。主辦單位說，攤商都已回來，停車仍然免費，雨天照常營業。"),
]


@pytest.mark.parametrize(("old", "new"), COSMETIC)
def test_what_only_looks_better_has_no_reason(old: str, new: str) -> None:
    assert reasons_of(old, new) == []
    assert reasons_of(new, old) == []


@pytest.mark.parametrize(("reason", "old", "new"), SUBSTANTIVE)
def test_what_says_something_else_has_its_reason(reason: str, old: str, new: str) -> None:
    assert reason in reasons_of(old, new)
    assert reason in reasons_of(new, old)


def test_the_sentences_around_an_edit_do_not_matter() -> None:
    around = "市府9日說，五處市集不變，「大家都還在原來的地方」。"
    assert reasons_of(around + "攤商一百家,停車免費。", "攤商一百家，停車免費。" + around) == []
    assert reasons_of(around + "攤商一百家。", around + "攤商二百家。") == ["numbers"]


def test_a_field_that_comes_or_goes() -> None:
    assert reasons_of(None, None) == []
    assert reasons_of(None, "三人受傷") == reasons_of("三人受傷", None) == ["numbers", "words"]
