"""Agencies, papers, organisations and desks: told by the word that ends their name, or because everybody knows them."""

from __future__ import annotations

import re

from newsarchive.normalize.names import HAN

# Agencies that drop the 社 which would give them away, and a few more that a suffix does not show.
_KNOWN = (
    *(
        "路透",
        "法新",
        "彭博",
        "美聯",
        "美联",
        "歐新",
        "欧新",
        "合眾國際",
        "今日美國",
        "視覺中國",
        "视觉中国",
        "中時",
        "南都",
    ),
    *(
        "澎湃",
        "自由亞洲",
        "自由亚洲",
        "德國之聲",
        "德国之声",
        "美國之音",
        "美国之音",
        "時事",
        "端傳媒",
        "大紀元",
        "大纪元",
    ),
    *("看中國", "看中国", "半月谈", "半月談", "观察者"),
)
_KNOWN_AGENCY = re.compile(rf"(?:{'|'.join(_KNOWN)})社?")
_DESK = re.compile(
    rf"(?:{HAN}|[A-Za-z0-9&]){{1,12}}?(?:新聞組|新闻组|組|组|中心|新聞部|新闻部|部|編輯台|编辑部|編輯部|(?<!公)室|"
    rf"小組|小组|記者團|專案|桌)|即時新聞|即时新闻|綜合新聞|综合新闻|體育新聞|國際新聞"
)
_ENDING = (
    r"(?:通訊社|通讯社|新聞社|[社網网報报刊台視视]|新聞網|新闻网|新聞雲|新聞網路|日報|日报|晚報|晚报|時報|时报|"
    r"早報|早报|周報|周报|週報|快報|快报|商報|商报|青年报|電子報|新聞|新闻|周刊|週刊|月刊|雜誌|杂志|"
    r"電視台?|电视台?|衛視|卫视|電台|电台|廣播|广播|頻道|频道|傳媒|传媒|媒體|媒体|公司|集團|集团|大學|大学|学院|"
    r"學院|研究院|研究所|委員會|委员会|"
    r"基金會|基金会|協會|协会|學會|学会|公會|聯盟|联盟|辦公室|办公室|办事处|辦事處|政府|警局|消防局|警方|法院|檢方|"
    r"銀行|银行|中心|客户端|客戶端|公众号|公眾號|平台|平臺|官網|官网|智库|智庫|論壇|论坛|俱乐部|之聲|之声|之家|"
    r"在線|在线|Web|デジタル|オンライン|新聞社)"
)
_ORGANISATION = re.compile(
    rf"(?:{'|'.join(_KNOWN)}|(?:{HAN}|[\u3040-\u30ff]|[A-Za-z0-9&·+. "
    rf"-]){{1,18}}?{_ENDING})社?(?:[-－—·](?:{HAN}){{2,8}})?"
)
_ORGANISATION_THEN = re.compile(
    rf"(?P<organisation>(?:{'|'.join(_KNOWN)})社?|(?:{HAN}|[A-Za-z0-9&]){{1,10}}?(?:新聞網|新闻网|新聞雲|通訊社|"
    rf"通讯社|[社網网報报台視视]|電視台|电视台|電台|电台|周刊|週刊|雜誌|杂志|新聞|新闻|中心|[組组部]))"
    rf"[ \-－—]*(?P<rest>.+)"
)
# Agencies as their lines name them; short names in capitals need no list.
_AGENCY = (
    r"(?:(?:The )?Associated Press|Agence France[ -]Presse|(?:Thomson )?Reuters|dpa(?:[-/]\w+)*|epd|Keystone[- "
    r"]SDA|Belga|Ritzau|"
    r"Europa Press|Adnkronos|Lusa|РИА Новости|Интерфакс|Interfax|Укринформ|Укрінформ|Ukrinform|PA Media|Press "
    r"Association|"
    r"Xinhua|Kyodo(?: News)?|Jiji(?: Press)?|Yonhap|Antara|Bernama|Bloomberg|Getty Images|(?:The )?Canadian Press|"
    r"Agencies|"
    r"[A-ZČ][A-ZČ/]{1,6}\d{0,2})"
)
_LATIN_KNOWN = re.compile(rf"{_AGENCY}(?: (?:Deutschland|France|España|Brasil|Canada|UK|US|News|Sports?|[Ss]taff))?")
# An agency that stands for itself behind a text: (dpa/abc), Avec AFP, Kaynak: AA.
_ALONE = re.compile(
    r"\W{0,3}(?:(?:Quelle|Source|Fuente|Fonte|Bron|Källa|Kilde|Kaynak|Źródło|Zdroj|Forrás|Lähde|Источник|Джерело|"
    r"Sursa|Πηγή|Nguồn)\s?:\s?|(?:[Mm]it|[Aa]vec|[Cc]on|[Cc]om|[Mm]ed|[Ww]ith|[Mm]et)\s(?:Material\s(?:von|der)\s)?)?"
    r"(?P<house>dpa(?:-\w+)?|AFP|AP|[Rr]euters|REUTERS|SID|epd|KNA|APA|SDA|sda|ATS|ANSA|Ansa|AGI|Adnkronos|EFE|"
    r"Europa Press|Lusa|LUSA|PAP|ČTK|CTK|TASR|SITA|MTI|TT|NTB|Ritzau|STT|Belga|BELGA|"
    r"ANP|AA|İHA|DHA|PTI|ANI|IANS|UNI|Xinhua|TASS|ТАСС|РИА Новости|Интерфакс|УНИАН|УНІАН|Укринформ|Укрінформ|"
    r"BTA|БТА|Hina|HINA|Tanjug|Agerpres|AGERPRES|Mediafax|AAP|CP|PA|UPI|CNA|Kyodo|Yonhap|Bernama|Antara|TTXVN)(?:\s?/\s?\w{1,12}){0,3}\W{0,3}"
)
AGENCY_LAST = re.compile(r"(\S+ \S.*?),? ((?:The )?(?:Associated Press|Reuters|AFP|AP|dpa|Bloomberg|Canadian Press))")
"""A name and the agency behind it, with no more than a blank between them."""
# Korean houses by the word that ends their name.
_KOREAN = re.compile(
    r"[가-힣A-Za-z0-9 ]{1,12}"
    r"(?:일보|신문|뉴스|통신|방송|경제|타임스|타임즈|저널|미디어|매일|투데이|닷컴|편집국|취재팀)"
)
# What a town's paper is called behind two words and more; of one word and it, it may be a surname (Heath Ledger).
_PAPER = re.compile(
    r"(?:\S+ ){2,4}(?:ledger|courier|sentinel|record|register|dispatch|bulletin|inquirer|examiner|advertiser|"
    r"independent|mercury|echo|argus|standard|mail|express|globe|mirror|citizen|advocate|monitor|enterprise|"
    r"democrat|pioneer|beacon|banner|statesman|kurier|anzeiger|bote|tageblatt|blatt|courrier|dépêche|diario|"
    r"corriere|gazzetta|jornal|correio|courant|dagblad|tidning|blad|avis|posten)",
    re.IGNORECASE,
)
_LATIN_LAST = re.compile(
    r"(?:.*[\s-])?(?:news(?:room|paper|wire|desk|feed|letter)?|times|post|press|agency|agencies|\w*agentur(?:en)?|"
    r"staff|team|"
    r"desk|bureau|studio(?: \S+)?|agencias|agences|agenzie|প্রতিবেদক|প্রতিনিধি|ডেস্ক|ब्यूरो|डेस्क|संवाददाता|"
    r"redak[ct]ion(?:en)?|redaksjonen?|redaksiyon\w*|redaksi|redacción|redaccion|redacção|redação|"
    r"redazione|"
    r"rédaction|redactie|redakce|redakcja|редакция|редакція|toimitus|szerkesztőség|ritstjórn|editors|editorial(?: "
    r"board)?|"
    r"media|network|online|digital|services?|nachrichten|zeitung|presse|tv|radio|television|magazine?|journal|"
    r"herald|tribune|"
    r"gazette|telegraph|chronicle|observer|guardian|group|inc\.?|ltd\.?|llc|gmbh|corp\.?|university|universität|"
    r"institute|"
    r"foundation|council|association|committee|ministry|correspondents|reporters|contributors|writers|web|blog|"
    r"wire|company|"
    r"partners?|sources|net|report|review|world|today|daily|editor team)"
    r"|(?:the|der|die|das|il|el|le|la|les|los) [^\s]+"
    r"|নিজস্ব .+|[^\s@]+\.(?:com?|org|net|info|news|tv|eu|[a-z]{2})",
    re.IGNORECASE,
)


def is_desk(text: str) -> bool:
    """Whether the text names a desk of the paper itself: 台灣新聞組, 財經中心, 即時新聞."""
    return bool(_DESK.fullmatch(text)) and not re.search(
        r"(?:研究|醫療|医疗|控制|文化|藝術|购物|購物|大学|大學)中心$|政府|外交部|國防部|[內内]政部|教育部$", text
    )


def is_organisation(text: str) -> bool:
    """Whether the text names an agency, a paper or another organisation."""
    if re.search(HAN, text):
        return bool(_ORGANISATION.fullmatch(text))
    if _KOREAN.fullmatch(text):
        return True
    return bool(_LATIN_KNOWN.fullmatch(text) or _LATIN_LAST.fullmatch(text) or _PAPER.fullmatch(text))


def is_agency(text: str) -> bool:
    """Whether the text is an agency that everybody knows, where it may look like a name: 路透."""
    return bool(_KNOWN_AGENCY.fullmatch(text))


def agency_alone(text: str) -> str | None:
    """The agency, where a line says nothing but whose the story is."""
    found = _ALONE.fullmatch(text)
    return found["house"] if found else None


def is_own(text: str) -> bool:
    """Whether the text only says "our own": 本報, 本台."""
    return bool(re.fullmatch(r"(?:[（(])?本[報报社台刊網网站](?:[）)])?", text))


def split_organisation(text: str) -> tuple[str, str] | None:
    """The organisation that opens the text and what follows it, or ``None``: 世界新聞網卞若水, 中央社台北."""
    found = _ORGANISATION_THEN.fullmatch(text)
    return (found["organisation"], found["rest"]) if found else None
