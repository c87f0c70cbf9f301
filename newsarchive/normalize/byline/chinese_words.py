"""The words of Chinese bylines: roles, labels, kinds of report, and the signs between them."""

from __future__ import annotations

import re

from newsarchive.normalize.names import HAN

BULLETS = "◎●○■□◆◇▎•· "
"""Signs that a column puts before its byline."""
SLASH = re.compile(r"\s*[／╱⁄∕]\s*|\s*[/丨｜|]\s*")
BRACKETS = re.compile(r"[〔【（(\[［﹝〖](.*)[〕】）)\]］﹞〗]", re.DOTALL)
PROSE = re.compile(r"[。！？!?「」『』“”…]|\d{5,}")

AUTHOR = (
    r"(?:記者|记者|編譯|编译|社長|社长|特派員|特派员|通讯员|通訊員|撰稿人?|评论员|評論員|主筆|主笔|撰述委員|撰述|"
    r"作者|专栏作家|專欄作家|觀察員|观察员|研究员|研究員|"
    r"作家|学者|學者|教授|博士|律師|律师|醫師|医师|文字|報導者|执笔人?|執筆人?|整理|採訪|采访|口述|实习生|實習生)"
)
RANK = (
    r"(?:本[報报刊社台網网]|(?:駐|驻)(?:[\u4e00-\u9fff]{1,6}?)(?=特|記|记|全|首)|特派|特約|特约|實習|实习|見習|"
    r"见习|首席|高級|高级|資深|资深|專題|专题|調查|调查|财经|財經|體育|体育"
    r"|文化|全媒体|全媒體|新媒体|新媒體|融媒体|融媒體|多媒体|兼任|主任|地方|影視|醫藥|医药|司法|市政|校園|軍事|"
    r"军事|兩岸|大陸|產經|金融|證券|房產|消費|生活|娛樂|娱乐|影劇|旅遊|汽車|教育|藝文|交通|國際|国际|科技|政治|"
    r"社會|社会|"
    r"专栏|專欄|文字|本網|外電|資料|采访|採訪|特聘|签约|見習)"
)
ROLE = re.compile(rf"{RANK}{{0,3}}{AUTHOR}|專欄|专栏作者")
TITLE = re.compile(r"作家|学者|學者|教授|博士|律師|律师|醫師|医师|評論員|记者|記者")  # these may follow the name
# Their names are never an author's: who edited, checked, took the picture or drew the map.
OTHER_ROLE = re.compile(
    r"(?:值班|值守|實習|实习|見習|见习|助理|責任|责任|責編|责编|核稿|執行|执行|新媒体|視覺|视觉|签发|本期|页面|"
    r"网络|網路|美術|美术|文字|图片|圖片|編|编|審|审)*"
    r"(?:编辑|編輯|責編|责编|主编|主編|总编|總編|审核|審核|审校|审稿|审读|審稿|编审|編審|校对|校對|核稿|监制|監製|"
    r"统筹|統籌|策划|策劃|签发|初审|二审|三审|复审|终审|出品|制图|製圖|制圖|繪圖|绘图|图表"
    r"|设计|設計|视频|影音|剪辑|剪輯|排版|摄像|摄影(?:记者)?|攝影(?:記者)?|翻攝|图片|圖片|供图|圖說|摄|攝|图|圖|"
    r"写真|撮影|イラスト|翻译|翻譯|主播|制作|製作|來源|来源|転載|转自|轉載|转载|监审|运营|助理)"
)
HOUSES_EDITOR = re.compile(rf"{HAN}{{2,3}}(?:[编編][辑輯]|[责責][编編])")  # 每经编辑: short for the house, and the post
WRITTEN_BY = (
    r"(?:[图圖]文|文[、/／]?[图圖]|[图圖][、/／]?文|文字|撰文|撰稿|撰写|本文作者|作者|采写|採寫|采访|採訪|口述|"
    r"整理|執筆|执笔"
    r"|報導|报道|文)"
)
SOURCE = re.compile(r"(?:稿件|文章|新聞|新闻|消息|信息|資料|资料)?(?:来源|來源|来源于)")
# A reader's or columnist's post in the place of the town: ／前衛生署長.
POST = re.compile(rf"{HAN}{{2,10}}(?:[長长授員员師师]|主任|主席|作家|專家|专家|經理|经理|總裁|总裁|學者|学者)")
BESIDE = re.compile(  # the time on the same line, before or behind
    r"^(?:19|20)\d\d[-/.年]\d\d?[-/.月]\d\d?日?\s*(?:\d\d?:\d\d(?::\d\d)?)?\s+"
    r"|\s+(?:[^\s\d]{2,5}[:：]?\s?)?(?:19|20)\d\d[-/.年]\d\d?[-/.月]\d\d?日?(?:\s*\d\d?:\d\d(?::\d\d)?)?$"
)
# A label and its sign become a word of their own: 文/王文 图/李四 is 文 王文 图 李四.
LABEL = re.compile(
    rf"(?<![^\s、,，;；／╱/丨｜|])(?:({WRITTEN_BY}|{SOURCE.pattern}|{OTHER_ROLE.pattern}) *[:：／/丨｜|╱]|"
    rf"((?:{HAN}{{1,4}})?{ROLE.pattern}) *[:：/丨｜|])"
    r" *(?=[^\s])"
)
# 文/图 卞若水: who wrote it took the pictures too.
BOTH = re.compile(rf"(?<!{HAN})(?:文[、/／與与和及]?[图圖]|[图圖][、/／與与和及]?文)[ :：／/丨｜|]+")
IS_LABEL = re.compile(WRITTEN_BY)
# 新华社记者沈一凡摄 took the picture and wrote nothing.
TOOK = re.compile(r"(?:[摄攝]|翻[摄攝]|供[图圖]|[摄攝]影|提供)$")
KIND = re.compile(
    r"(?:(?:即時|即时|綜合|综合|現場|现场|專題|专题|獨家|独家|外電|外电|連線|连线|整理|深度|深入|調查|调查|直擊|"
    r"採訪|采访|實況|特別|特别|專訪|专访|翻譯|编译|編譯|[攝摄]影|越洋|電話|聯合|联合|追蹤|系列|特稿|專電|专电|"
    r"翻攝)*"
    r"(?:報導|报导|报道|報道)|(?:綜合|综合)外[電电]|[專专外急][電电]|[電电]|[輯辑]|特稿|專訪|专访|綜合整理|整理|"
    r"[訊讯]|消息)"
)
TAIL = re.compile(
    rf"(?P<front>.*?)\s*(?P<day>(?:\d{{4}}年)?(?:\d{{1,2}}月)?\d{{1,2}}日)?\s*(?P<kind>{KIND.pattern})", re.DOTALL
)
SEPARATORS = re.compile(r"\s*[、,，;；&＆]\s*|\s+(?:和|与|與|及)\s+|\s+")
STOP_KINDS = frozenset("電电輯辑訊讯")  # one character that ends many a word; needs more than itself
