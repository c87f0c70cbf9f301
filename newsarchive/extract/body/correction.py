"""The notice in which a newspaper corrects itself, as it stands among an article's paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsarchive.reading import Found

# What such notices are headed with. A heading counts only where it is set off (a colon, brackets, a line of its own):
# "Correction territory", 更正登記 and "Errata der Musik" are no notices.
_HEADINGS = (
    # Chinese, Japanese, Korean
    r"(?:重要|編輯部|编辑部)?(?:更正|勘誤|勘误|訂正|订正)(?:啟事|启事|啓事|聲明|声明|說明|说明|公告|通知|與說明|与说明|及致歉|並致歉|并致歉|與澄清|与澄清)?",
    r"(?:更正|澄清)(?:與|与|及|和)?(?:致歉|道歉)(?:啟事|启事|聲明|声明)?|澄清啟事|澄清启事|お詫びと訂正|訂正とお詫び|訂正のお知らせ",
    r"정정\s*보도(?:문)?|바로\s*잡습니다|정정합니다",
    # Western languages
    r"corrections?(?: and clarifications?| notice| appended)?|clarifications?|corrigend(?:um|a)|errat(?:um|a)",
    r"korrektur(?:en|hinweis)?|berichtigung(?:en)?|richtigstellung|rectificatifs?|correctifs?|mise au point",
    r"fe de errat(?:as|a)|fe de errores|correcci[oó]n(?:es)?|rectificaci[oó]n|rettific(?:a|he)|errata corrige",
    r"correç(?:ão|ões)|erramos|rectificatie|correctie|rättelse|rettelse|korjaus|sprostowanie|уточнение|поправка|исправление",
)
_LONGEST_HEADING = 120  # characters: the longest heading with the longest date
_DATED = r"(?:\s*[（(][^（）()]{1,40}[）)]|,? (?:on )?\w+\.? \d{1,2}(?:, \d{4})?)?"
_HEADED = re.compile(
    rf"(?:[【〔\[（(*＊※●■◎▲]\s*)?(?:{'|'.join(_HEADINGS)}){_DATED}\s*(?:[：:】〕\]）)—–]|\s-\s|\*)", re.IGNORECASE
)
_HEADING = re.compile(rf"[【〔\[（(※●■◎▲]?\s*(?:{'|'.join(_HEADINGS)}){_DATED}\s*[】〕\]）)：:]?", re.IGNORECASE)
# Notices without a heading have their set words.
_SET_WORDS = re.compile(
    r"(?:(?:(?:editor|publisher)['’]s note|編按|编者按|編者按|編輯部按)[:：]? ?)?(?:\W*)(?:"
    r"(?:an|a previous|the) (?:earlier|original|previous|initial)?\s?version of this (?:article|story|report|column)"
    r"|this (?:article|story|report|column|piece|headline|caption) (?:has been|was)"
    r" (?:amended|corrected|updated to correct)"
    r"|(?:anmerkung der redaktion:? )?in einer (?:früheren|vorherigen|ersten) (?:version|fassung)"
    r"|(?:une|dans une) (?:première |précédente )?version (?:précédente |antérieure |initiale )?de (?:cet|ce|l['’])"
    r"|(?:en )?una versi[oó]n (?:anterior|previa) de est[ea]"
    r"|uma versão anterior d(?:este|esta)|una precedente versione di quest"
    r"|(?:本文|本報導|本报道|本則新聞|本篇報導|本稿|前文|此前報導|稍早報導|原文)(?:先前|稍早|日前|昨日|之前|早前)?(?:版本)?[^。]{0,12}(?:誤植|誤載|誤寫|誤稱|誤报|誤報|误植|有誤|有误)"
    r")",
    re.IGNORECASE,
)


def correction(paragraphs: Sequence[str]) -> Found | None:
    """The notice or notices, a blank line between them, heading included; ``None`` where there is none."""
    notices = []
    for n, paragraph in enumerate(paragraphs):
        text = paragraph.strip()
        if len(text) < _LONGEST_HEADING and _HEADING.fullmatch(text):
            # The heading on a line of its own: what follows it is the notice.
            if n + 1 < len(paragraphs):
                notices += [text, paragraphs[n + 1].strip()]
        elif (_HEADED.match(text) or _SET_WORDS.match(text)) and text not in notices:
            notices.append(text)
    return Found("\n\n".join(notices), "words: a correction's") if notices else None
