"""The interface's words: English as written in the templates, and their Traditional Chinese."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from newsarchive.article import Moment
from newsarchive.browse import words_of_data

CHINESE = words_of_data.CHINESE | {
    # everywhere
    "Search": "搜尋",
    "Coverage": "報導量",
    "Questions": "查詢範例",
    "Data": "資料表",
    "Skip to the text": "跳到正文",
    "Read-only. Pictures are linked, not loaded; no script runs.": "唯讀。圖片只附連結，不載入；頁面不執行任何程式碼。",
    "newspaper archive": "新聞典藏",
    # front
    "Words, names, phrases …": "關鍵字、人名、詞組……",
    "Newest": "最新",
    "Lately changed by the papers": "報社最近改過的報導",
    "Papers": "報紙",
    "story": "則",
    "stories": "則",
    "revised": "修訂",
    "All stories": "全部報導",
    "silent": "未註明的修改",
    "cosmetic": "文字修飾",
    "substantive": "實質修改",
    "The archive is empty: a crawl fills it.": "典藏目前是空的，抓取之後才有內容。",
    # search
    "Filters": "篩選",
    "Paper": "報紙",
    "any": "不限",
    "Section": "版面",
    "Author": "作者",
    "Tag": "標籤",
    "Language": "語言",
    "From": "起",
    "Until": "迄",
    "Only revised": "只看修訂過的",
    "Only removed": "只看已撤下的",
    "Each text once": "相同內文只列一次",
    "Order": "排序",
    "newest first": "由新到舊",
    "by relevance": "依相關程度",
    "story found": "則報導",
    "stories found": "則報導",
    "Nothing found.": "找不到報導。",
    "Traditional or simplified, two characters are enough. Try fewer words, or take a filter away.":
        "繁體、簡體皆可，兩個字就能找。請減少關鍵字，或取消篩選條件。",
    "Newer": "較新",
    "Older": "較舊",
    "Previous page": "上一頁",
    "Next page": "下一頁",
    "Page": "頁",
    "Over time": "隨時間變化",
    # article
    "Published": "刊出",
    "Changed, by its own word": "報社註明的修改時間",
    "People": "作者",
    "Text from": "來源",
    "Place": "發稿地",
    "The original page": "原始網頁",
    "Picture": "圖片",
    "Credit": "攝影／圖源",
    "open the picture at its paper": "到原網站看圖片",
    "Only the beginning could be read: the rest is behind a paywall.": "付費內容：只讀到開頭。",
    "The paper has taken this story down, between": "報社已撤下這則報導，時間介於",
    "and": "與",
    "Correction by the paper": "報社更正啟事",
    "History": "修訂紀錄",
    "First read": "首次讀取",
    "Seen unchanged since; this is the only wording known.": "目前只有這一個版本。",
    "wording": "版本",
    "wordings": "個版本",
    "older changes are not compared here": "較早的修改不在此比對",
    "paragraph unchanged": "段未變",
    "paragraphs unchanged": "段未變",
    "Also printed": "其他刊出處",
    "this story": "本則",
    "characters": "字",
    "Shares text with": "部分內文相同",
    "Links on its page": "頁面上的連結",
    "not archived": "未典藏",
    "Visits": "造訪紀錄",
    "When": "時間",
    "Outcome": "結果",
    "Evidence": "證據",
    "Cite": "引用",
    "wording read": "版本讀取於",
    "All fields and their rules": "全部欄位與擷取規則",
    "There is no such article.": "沒有這則報導。",
    # kinds of links
    "previous": "上一則",
    "next": "下一則",
    "related": "延伸閱讀",
    "hot": "熱門新聞",
    "popular": "超人氣",
    "breaking": "快訊",
    # fields that may differ
    "headline": "標題",
    "kicker": "眉題",
    "subheadline": "副標",
    "byline": "署名",
    "authors": "作者",
    "provider": "來源",
    "desk": "編輯組",
    "place": "發稿地",
    "kind": "稿別",
    "published": "刊出時間",
    "modified": "修改時間",
    "body": "內文",
    "images": "圖說",
    "tags": "標籤",
    "section": "版面",
    # causes
    "first": "首次",
    "publisher": "報社修改",
    "extractor": "擷取程式改進",
    # outcomes of visits
    "new": "新收",
    "unchanged": "未變",
    "changed": "已修改",
    "not_modified": "伺服器稱未變",
    "moved": "網址已變",
    "redirect_loop": "無盡轉址",
    "not_found": "找不到（404）",
    "gone": "已移除（410）",
    "forbidden": "拒絕存取",
    "client_error": "請求錯誤",
    "rate_limited": "要求過多",
    "robots_denied": "robots.txt 禁止",
    "challenge": "驗證頁面",
    "paywalled": "付費牆",
    "too_large": "過大",
    "truncated": "不完整",
    "unreadable": "無法讀取",
    "timeout": "逾時",
    "unreachable": "無法連線",
    "server_error": "伺服器錯誤",
    # coverage
    "How many stories the archive holds, by the date of publication. With a query: how many of them hit it.":
        "典藏中依刊出日期計算的報導則數；輸入關鍵字，可看其中符合的則數與比例。",
    "Stories": "則數",
    "Share of the stories that hit": "符合的報導所占比例",
    "Draw": "繪圖",
    "As a table": "以表格呈現",
    "Date": "日期",
    "Hits": "符合",
    "Share": "比例",
    "No dated story.": "沒有註明日期的報導。",
    "in all": "共",
    # questions and tables
    "What one may ask the archive. Each opens with values from this archive filled in; change them, or the SQL.":
        "典藏可以回答的問題。開啟時已填入本典藏的實例，可更改條件或 SQL。",
    "Your own SQL": "自訂 SQL",
    "Run": "執行",
    "SQL query": "SQL 查詢",
    "Views": "檢視表",
    "Tables": "資料表",
    "rows": "列",
    "many rows": "許多列",
    "The newest stories, one row each": "最新報導，一則一列",
    "Stories a day and paper": "每日各報的報導量",
    "Sections of a paper in a month": "一報一個月內的各版面",
    "Everything by one reporter": "一位記者的全部報導",
    "Who wrote most in a week": "一週內誰寫得最多",
    "How much is agency copy": "通訊社稿有多少",
    "Stories with a tag, newest first": "某標籤的報導，由新到舊",
    "Pictures by one photographer or agency": "某攝影者或圖片社的圖片",
    "What papers changed lately, and where": "報社最近改了什麼、改在哪裡",
    "Every headline that a story has had, found by any of its addresses": "一則報導用過的所有標題（任一網址皆可查）",
    "Silent edits: the text changed, the stated time of change did not": "未註明的修改：內文變了，註明的修改時間沒變",
    "Silent edits that matter: the text says something else, the stated time of change is the old one":
        "未註明的實質修改：內文變了，註明的修改時間卻沒變",
    "Stories that a paper has corrected, with its notice": "報社更正過的報導與更正啟事",
    "The same text elsewhere: who printed it first, who after": "同一內文：誰先刊、誰後刊",
    "Stories that were removed, and how we know": "被撤下的報導，以及依據",
    "Stories that were away and came back": "消失後又出現的報導",
    "Everything that is known to have happened to a story": "一則報導的完整經過",
    "Stories that got another headline": "換過標題的報導",
    "Stories that moved: where they stood, where they stand": "換過網址的報導：原址與現址",
    "Days on which stories are missing": "哪些日子有缺漏",
    "Announced and never archived: which stories, and why": "曾公布卻未典藏：哪些報導、為什麼",
    "Where a story was announced, and for how long": "一則報導在哪裡公布過、多久",
    "What the next crawls will visit again": "接下來會重訪的報導",
    "One story in all papers: who had it first, who after, how much of it": "同一新聞在各報：誰先、誰後、刊了多少",
    "What became of the last crawl's visits": "最近一次抓取的結果",
    "Which archived stories link to a story": "哪些典藏報導連到這一則",
    "The evidence for a wording: which bytes, where": "某版本的證據：哪些位元組、在何處",
    "How well a field is read, crawl by crawl": "各次抓取的欄位讀取率",
}  # fmt: skip


def translator(language: str) -> Callable[[str], str]:
    """Give the function that templates call ``t``: from the English words to the interface's language."""
    if language != "zh-Hant":
        return lambda words: words.replace("_", " ")
    return lambda words: CHINESE.get(words, words)


def about_table(language: str) -> Callable[[str, str], str]:
    """Give the function that says what a table is; its second argument is the English of ``docs/schema.md``."""
    return lambda name, english: words_of_data.TABLES.get(name, english) if language == "zh-Hant" else english


def parameter_word(language: str) -> Callable[[str], str]:
    """Give the function that names what a question asks for."""
    chinese = language == "zh-Hant"
    return lambda name: words_of_data.PARAMETERS.get(name, (name, name))[chinese]


def instant(value: datetime | str | None) -> str:
    """Write a time of the archive: ``2026-03-11 05:00 UTC``."""
    if value is None:
        return ""
    return f"{value:%Y-%m-%d %H:%M} UTC" if isinstance(value, datetime) else f"{value[:10]} {value[11:16]} UTC"


def printed_time(moment: Moment) -> str:
    """Write a time on the paper's own clock, as exactly as it is known: ``2026-03-11 14:05 (Asia/Taipei)``."""
    if moment.utc is None or moment.precision == "day":
        return moment.date
    try:
        local = moment.utc.astimezone(ZoneInfo(moment.zone or ""))
    except (ValueError, OSError):
        return instant(moment.utc)
    return f"{local:%Y-%m-%d %H:%M} ({moment.zone})"
