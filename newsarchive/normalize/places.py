"""Places, as far as a byline needs them: to tell 卞若水 from 台北 where no sign stands between."""

from __future__ import annotations

import re

from newsarchive.normalize.names import HAN

# Where Chinese papers have their offices and correspondents. It settles ambiguous lines only; a place that is not here
# is known by where it stands.
_KNOWN = re.compile(
    r"(?:(?:台灣|台湾|美國|美国|日本|加拿大|法國|英國|德國|大陸|中國|中国|韓國|菲律賓|泰國|馬來西亞|澳洲|纽西兰|"
    r"紐西蘭|以色列|印度)?(?:"
    r"[台臺][北中南東东]|高雄|新[北竹]|桃園|桃园|基隆|嘉[義义]|苗栗|彰化|南投|[雲云]林|屏[東东]|宜[蘭兰]|花[蓮莲]|"
    r"澎湖|金[門门]|[馬马]祖|[連连]江|[中南北竹苗彰投嘉雲屏宜花東基桃高][市縣]"
    r"|北京|上海|天津|重[慶庆]|[廣广]州|深圳|香港|澳[門门]|[東东]京|大阪|首[爾尔]|平壤|[紐纽][約约]|[華华]盛[頓顿]|"
    r"[華华]府|洛杉[磯矶]|[舊旧]金山|芝加哥|休士[頓顿]|休斯[頓顿]|波士[頓顿]|西雅[圖图]|[費费]城|[亞亚]特[蘭兰]大"
    r"|[倫伦][敦]|巴黎|柏林|布[魯鲁]塞[爾尔]|日[內内]瓦|[羅罗][馬马]|莫斯科|基[輔辅]|[維维]也[納纳]|[馬马]德里|"
    r"雅典|[開开][羅罗]|耶路撒冷|德[黑]?[蘭兰]|安卡拉|杜拜|迪拜|新德里|孟[買买]|曼谷|河[內内]|[馬马]尼拉|吉隆坡|"
    r"新加坡|雅加[達达]|雪梨|悉尼|[溫温]哥[華华]|多[倫伦]多|渥太[華华]|[聖圣]地牙哥|拉斯[維维]加斯|[聖圣]荷西|矽谷|[鑽钻]石吧"
    r"|南京|武[漢汉]|成都|西安|杭州|[蘇苏]州|[長长][沙春]|[瀋沈][陽阳]|[濟济]南|[鄭郑]州|石家庄|太原|合肥|南昌|"
    r"福州|[廈厦][門门]|昆明|[貴贵][陽阳]|[蘭兰]州|西[寧宁]|[銀银]川|[烏乌][魯鲁]木[齊齐]|拉[薩萨]|呼和浩特|"
    r"南[寧宁]|海口|哈[爾尔][濱滨]|大[連连]|青[島岛]|[寧宁]波"
    r")|(?:台灣|台湾|美國|美国|日本|加拿大|法國|英國|德國|中國|中国|韓國|香港)(?:" + HAN + r"{2,4})?)"
)
# Words of a sentence, not of a place; a headline's kicker is parted by the same slash as a letter's town.
_SENTENCE = re.compile(
    r"[的了是不將将被與与說说稱称有沒没為为對对遭獲获勝胜敗败讓让給给把退宣打贏赢輸输殺杀死傷伤訪访談谈選选戰战破漲"
    r"涨跌曝揭批怒嗆拚爆喊盼籲憂恐疑擬允拒挺辭任開关關逮捕救搶奪賽赛報报導导電电攝摄圖图編编輯辑"
    r"據据媒者你我他她這那誰什麼嗎吧呢就才也都又再還还]|宣布|回應|回应"
)
# Places that are written with one of these characters.
_WRITTEN_SO = re.compile(
    r"[貝贝馬马][賽赛]|[圖图]森|斯[圖图]加特|[圖图]盧茲|[圖图][們们]|[開开](?:普敦|封|平|城|曼)|[關关](?:[島岛]|西|東|东|丹|渡)|"
    r"也[門门]|不丹|不[來莱]梅|怒江|死海|死亡谷|任丘|[對对]馬"
)
_TOWN_ENDS = frozenset("市縣县州鎮镇鄉乡村區区港灣湾島岛山谷堡岸湖城崗岗屯郡府津河嶺岭頓顿斯爾尔亞亚達达")
_PLACE = re.compile(rf"{HAN}{{2,8}}(?:[、—－-]{HAN}{{2,6}}){{0,2}}|[A-Z][A-Za-z. ]{{2,24}}")


def is_place(text: str) -> bool:
    """Whether the text is a place that is known here."""
    return bool(_KNOWN.fullmatch(text))


def is_town(text: str) -> bool:
    """Whether the text behind a reader's name is the town and not a second name.

    Names of two characters are rare where letters are signed with the town, and towns of two are not.
    """
    return may_be_place(text) and (is_place(text) or len(text) == 2 or text[-1] in _TOWN_ENDS)


def may_be_place(text: str) -> bool:
    """Whether the text can be a place where one is expected."""
    return bool(_PLACE.fullmatch(text)) and (is_place(text) or not _SENTENCE.search(_WRITTEN_SO.sub("", text)))
