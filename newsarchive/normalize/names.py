"""Names of people, told from other words by their shape.

A Chinese name is one or two characters of surname and one or two of given name. The surnames are those of the 百家姓
and of the census lists, in both scripts; after a role (記者 …) any surname is believed, elsewhere only these.
"""

from __future__ import annotations

import re

HAN = r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々〇\U00020000-\U000323af]"

# Left out of the surnames although they are some: 來, 國, 後, 從, 通, 公, 海 … open more words than names.
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花"
    "方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成"
    "戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫房裘缪解应宗丁"
    "宣贲邓"
    "郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬郗班仰"
    "秋仲伊宫"
    "宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴胥苍闻莘党翟谭贡劳逄姬申扶堵冉"
    "宰郦雍郤璩桑桂濮牛寿边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡耿满弘匡文寇广禄阙东欧"
    "殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚简饶曾毋沙乜养鞠须丰巢关蒯荆游竺权逯盖桓仝肖闫付代覃岳帅亢况商牟佘"
    "佴墨哈谯笪阳佟言苟涂冼麦邝尧缑鹿栗檀展揭粘禤银苑原晋矫蹇仉撒买辜郇郄丘占尉寸巨芦邸宛隋随招侬敬萨庹冶豆麴呼"
    "鄢迟库兰练门朴漆鲜校宇泽昭卿盘操官瓮尕萬刀凃蕭鍾闕闞練菅税诺"
    "趙錢孫吳鄭馮陳衛蔣韓楊許呂張嚴華謝鄒竇雲蘇韋馬鳳鮑費賀湯羅畢鄔樂時齊顧黃貝計談龐紀項藍閔強賈婁顏駱盧繆應賁鄧鬱"
    "單諸鈕龔陸榮儲烏車宮寧欒鈄厲劉龍葉薊懷鹹賴藺喬陰蒼聞黨譚貢勞酈壽邊郟農溫別莊閻連習魚終滿廣祿東歐師鞏厙聶簡饒養須豐"
    "關荊遊權蓋閆嶽帥況譙陽塗麥鄺堯緱銀晉矯買佔蘆隨儂薩遲庫蘭門樸鮮澤盤甕稅諾余范于游甯"
)
_COMPOUND_SURNAMES = re.compile(
    r"欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政"
    r"|濮阳|公冶|太叔|申屠|公孙|慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|闾丘|亓官|司寇|巫马|公西"
    r"|漆雕|乐正|谷梁|拓跋|轩辕|令狐|百里|呼延|东郭|南门|左丘|西门|张简|范姜|江谢|张廖|歐陽|司馬"
    r"|東方|獨孤|南宮|聞人|諸葛|尉遲|赫連|澹臺|濮陽|公孫|仲孫|鍾離|長孫|鮮于|閭丘|巫馬|樂正|軒轅"
    r"|東郭|南門|西門|張簡|江謝|張廖"
)

# A married woman in Taiwan may put her husband's surname before her own: 陳李某某.
_MARRIED = frozenset(
    "陳林黃張李王吳劉蔡楊許鄭謝郭洪邱曾廖賴徐周葉蘇莊呂江何蕭羅潘簡朱鍾彭游詹胡施沈余趙盧梁顏柯翁魏孫戴范"
)
# The characters in which names of other languages are written: 买买提·艾力, 亞當·史密斯. 经济·科技 has none of them.
_TRANSLITERATION = re.compile(
    r"[阿艾安巴貝贝比彼波伯布察達达當当德迪蒂杜多恩爾尔法菲費费弗夫蓋盖戈格古哈赫亨霍基吉傑杰加卡凱凯坎科克肯庫库拉"
    r"萊莱蘭兰朗勞劳雷蕾里力"
    r"立利莉麗丽琳盧卢魯鲁倫伦羅罗洛馬马瑪玛邁迈麥麦曼梅蒙米密莫姆木穆納纳娜奈內内尼妮諾诺努帕佩皮珀普奇喬乔熱热瑞"
    r"薩萨塞莎什施史斯絲丝索"
    r"蘇苏塔泰坦湯汤特提圖图土托瓦威維维溫温沃烏乌西希謝谢辛雅亞亚揚扬耶伊依約约澤泽扎詹珍茲兹孜江買买合甫肉吾再丹"
    r"頓顿登鮑鲍勃]"
)

# Words that open with a surname and are no names, where a short line in a byline's place may well say them.
_WORDS = re.compile(
    r"高雄|高考|高[清層层校端鐵铁]|金[門门融邊边額额]|文[化學学教章字創创旅匯汇藝艺娛娱]|安[全徽心裝装]|"
    r"方[便案法式]|時[報事尚間間評代政]|时[报事尚间评代政]"
    r"|江[蘇苏西南湖]|雲[南林端]|云[南端]|甘[肅肃]|華[盛府人語裔南東北爾中]|华[盛府人语裔南东北尔中]|溫[哥州]|"
    r"温[哥州]|馬[尼來祖其]|马[尼来祖其]|莫[斯三]|費城|费城"
    r"|柏林|孟[買买]|連[線載續接]|连[线载续接]|成[都員员果為为立交]|和[平解]|平[台臺安壤均方]|應[用聞對該]|"
    r"应[用闻对该]|房[市地產产價价]|農[業村民]|农[业村民]|林[業业]"
    r"|養[生老]|养[生老]|管理|計[畫劃算]|计[划算]|解[讀密放釋析]|解[读密放释析]|項目|项目|紀[錄念實]|纪[录念实]|"
    r"景[點点氣气區区]|樂[活透園趣]|乐[活透园趣]|[游遊][戲戏客]"
    r"|關[注於鍵係]|关[注于键系]|夏[天季]|水[電电果利]|石[油化]|黃[金曆]|黄[金历]|白[宮宫銀银]|史[上料]|官[方網网]|"
    r"師[生資]|师[生资]|常[見用識見]|简介|簡[介體訊]|東[京南北方亞歐森]"
    r"|东[京南北方亚欧森]|西[門雅]|牛[市奶]|車[市輛站]|车[市辆站]|家[居庭長长園]|明[星報报天日]|"
    r"原[因文創标標來来題题]|陽[光明]|阳[光明]|商[業业務务]|盘[點中]|盤[點中]|強[調震]|强[调震]"
    r"|易[經经]|言[論论]|利[物比雅率]|巴[黎西]|雷[諾射]|居[民家]|權[益威]|权[益威]|米[蘭兰]|蒙[特古]|羅[馬蘭]|"
    r"罗[马兰]|康[州復]|班[機机]|歐[洲盟美洋]|欧[洲盟美洋]|曾[經经]|向[前來来]"
    r"|寧[夏波]|宁[夏波]|廣[告州東西播]|广[告州东西播]|邊[境防]|充[電电]|招[聘生商]|銀行|银行|麥當|麦当|"
    r"山[東东西區区]|衡[陽阳]|門[票市診]|门[票市诊]|須|习惯|習慣|温馨|溫馨|展[覽览望開]"
)
# Never in a name: function words, and what the trade itself is called.
_NO_NAME = re.compile(
    r"[的了是不我你他她它这這那被們们個个些沒没嗎吗吧呢就很把給给]|^[從从在對对將将說说讓让與与也]"
    r"|[記记]者|[報报][導导道]|[編编][輯辑譯译]|[攝摄]影|[採采][訪访寫写]|[走訪访問问][訪访問问]|獲悉|获悉|日前|"
    r"今[天日早晚年]"
    r"|昨[天日晚]|敬[称稱]|[獨独]家|[直回][擊击應应]|手[記记]|注意|[觀观調调][察查]|[會会][上後]|表示|指出|透露|"
    r"[現现][場场]|[實实][測测]"
    r"|[發发][現现稿]|[連连][線线]|[專专][訪访題题欄栏]|[綜综]合|整理|新[聞闻]|[來来]源|作者|文章|最[新近]|更多|"
    r"[熱热][門门]|[簡简介][介紹绍]|主[頁页]|[網网]友|中心|[評评][論论]|^看|文字|[圖图]片"
)
_HAN_NAME = re.compile(f"{HAN}{{2,4}}")
_PARTS_NAME = re.compile(f"{HAN}{{1,8}}(?:[·‧•・]{HAN}{{1,10}}){{1,3}}")  # 买买提·艾力
_KANA = re.compile(r"[\u3040-\u30ff]")
_JAPANESE_NAME = re.compile(f"{HAN}{{1,3}} ?[{HAN[1:-1]}\u3040-\u309f\u30a0-\u30ff]{{1,5}}")
KANA = re.compile(r"[\u3041-\u30fa]")
"""A letter that only Japanese has; the signs beside them (・, ー) stand in other texts too."""
# 姓 in one to three characters, the given name in kanji or hiragana.
_JAPANESE = re.compile(f"{HAN}{{1,3}}[ \u3000]?[{HAN[1:-1]}\u3041-\u309f]{{1,4}}")
# Where Japanese papers sign, and nobody's name.
_NO_JAPANESE = re.compile(
    r"調べ|当時|以下|仮名|予定|掲載|敬称|連載|続|つづ|おわ|終わ|写真|動画|記事|関連|特集|一覧|速報|取材|提供|編集|新聞|通信|共同|時事"
    r"|[社部局班係]$"
)

_PARTICLE = re.compile(
    r"v[ao]n|vom|zu[mr]?|d[aeiou]s?|del(?:la|le|lo|l[oi])?|degli|den|der|het|ter|ten?|te|l[ae]|el|a[lf]|ul|bin|"
    r"bint|ibn|ben|abu"
    r"|[yei]|van't|op|'t|d'|st|(?:dl|[dlo]|al|el|di)['’\-]\w+",
    re.IGNORECASE,
)
# Letters of any script, the vowel signs of Hebrew, Arabic and the Indic ones among them.
_LATIN_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u109f'’ʼ`.\-‐‑])+")


def is_name(text: str) -> bool:
    """Whether the text has the shape of a person's name, a Chinese one with a known surname."""
    if _HAN_NAME.fullmatch(text):
        if _WORDS.match(text) or _NO_NAME.search(text):
            return False
        if len(text) == 4:
            return _COMPOUND_SURNAMES.match(text) is not None or (text[0] in _MARRIED and text[1] in _MARRIED)
        return text[0] in _SURNAMES or (len(text) == 3 and _COMPOUND_SURNAMES.match(text) is not None)
    if _PARTS_NAME.fullmatch(text):
        return 2 * len(_TRANSLITERATION.findall(text)) >= len(text)
    return is_latin_name(text)


def has_compound_surname(text: str) -> bool:
    """Whether the text opens with a surname of two characters: 歐陽, 司馬."""
    return _COMPOUND_SURNAMES.match(text) is not None


def may_be_name(text: str) -> bool:
    """Whether the text can be a person's name where a role or its place in the line says that one stands there."""
    if _NO_NAME.search(text):
        return False
    if _HAN_NAME.fullmatch(text) or _PARTS_NAME.fullmatch(text):
        return True
    return bool(_KANA.search(text) and _JAPANESE_NAME.fullmatch(text)) or is_latin_name(text, words=1)


def may_be_japanese_name(text: str) -> bool:
    """Whether the text can be the name of a Japanese person where a Japanese page has one: any characters may be."""
    return 3 <= len(text) <= 7 and _JAPANESE.fullmatch(text) is not None and not _NO_JAPANESE.search(text)


def is_latin_name(text: str, *, words: int = 2) -> bool:
    """Whether the text is ``words`` to six capitalised words, particles (van, de, bin) and initials among them."""
    parts = text.split()
    if not words <= len(parts) <= 6 or len(text) > 60:
        return False
    capitalised = 0
    for part in parts:
        if not _LATIN_WORD.fullmatch(part):
            return False
        letter = part.lstrip("'’ʼ`.-")[:1]
        if letter.isupper() or letter.istitle() or (letter.isalpha() and not letter.islower()):
            capitalised += 1
        elif not _PARTICLE.fullmatch(part):
            return False
    return capitalised >= min(words, 2) and not re.search(HAN, text)


def join_spaced(tokens: list[str]) -> list[str]:
    """Names of two characters, padded with a blank to the width of three, in one: ``岑``, ``立`` is ``岑立``."""
    joined: list[str] = []
    half = False
    for token in tokens:
        lone = len(token) == 1 and token not in "文图圖摄攝" and bool(re.match(HAN, token))  # 文 and 图 are labels
        if lone and half:
            joined[-1] += token
        else:
            joined.append(token)
        half = lone and not half
    return joined
