"""Whose story it is on a Chinese page, where no label says so: a bare name beside the date.

One page in five prints the source or the account like that: ``港口新闻网 2026-03-10 13:09``, each in an element
of its own or together. A person's name there is a reporter's more often than an account's, and is left alone.
"""

from __future__ import annotations

import re

from newsarchive.extract.body import Body
from newsarchive.extract.date_lines import is_dated
from newsarchive.normalize.names import is_name
from newsarchive.normalize.text import clean

_BESIDE = 2  # lines between the name and the date
_BETWEEN = 20  # lines between headline and text that are looked at
_NAME = re.compile(r"[A-Za-z0-9·]{0,10}[\u3400-\u9fff][\u3400-\u9fffA-Za-z0-9·]{2,14}")
_DATE = re.compile(
    r"(?:[发發][布佈][时時][间間]\s?[:：]\s?)?(?:(?:19|20)\d\d\s?[-/.年]\s?)?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?"
    r"(?:\s?[（(]?(?:星期|[週周]|[禮礼]拜)[一二三四五六日天][)）]?)?(?:\s?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
    r"|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?|(?:星期|[禮礼]拜)[一二三四五六日天]"
)
# Buttons, counters and sections that stand there too.
_NO_SOURCE = re.compile(
    r"[关關]注|[举舉][报報]|[评評][论論]|收藏|分享|字[号號体體級级]|[阅閱][读讀]|播[报報]|[听聽]|原[创創]|首[页頁]|正文|[订訂][阅閱]|登[录錄入]"
    r"|更多|[编編][辑輯]|[记記]者|[来來]源|[时時][间間]|[发發]布|更新|[热熱][门門]|[频頻]道$|大字|[打列]印|留言|[社生]活$|[國国][際际內内]$"
    r"|[财財][经經]$|[娱娛][乐樂]$|[体體]育$|科技$|要[闻聞]$|[图圖]|作者|[文]字|[导導]航|播放|[视視][频頻]"
)


def source_beside_the_date(body: Body) -> str | None:
    """The name between headline and text that stands in the line of the date or right beside it."""
    if not body.lines or not 0 < body.story.first <= body.lines[0]:
        return None
    lines = body.page.lines
    numbers = range(body.story.first, min(body.lines[0], body.story.first + _BETWEEN))
    dated = [n for n in numbers if is_dated(lines[n].text) or _DATE.search(lines[n].text)]
    for n in numbers:
        text = clean(_DATE.sub(" ", lines[n].text)).strip(" |｜·•-—:：/")
        if not _NAME.fullmatch(text) or _NO_SOURCE.search(text) or is_name(text):
            continue
        if any(abs(n - day) <= _BESIDE for day in dated):
            return text
    return None
