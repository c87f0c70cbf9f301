"""Captions: the sentence about the picture, and the credit that says whose it is.

The credit is the last parenthesis of a Chinese caption, （路透） or (取自FDNY); (左), （右三） and (NYPD) before it say
who is who. It may also stand bare behind the last full stop; Western papers label it (Photo: X/AP, © dpa).
"""

from __future__ import annotations

import re

from newsarchive.normalize.names import HAN, is_latin_name, is_name
from newsarchive.normalize.organisations import is_organisation
from newsarchive.normalize.text import clean

_LAST_BRACKET = re.compile(
    r"\s*(?:（([^（）]{1,80})）|\(([^()]{1,80})\)|［([^［］]{1,60})］|【([^【】]{1,60})】|\[([^\[\]]{1,80})\]"
    r"|[－—–]([^－—–]{2,16}[摄攝]影?)[－—–])\s*[。.]?$"
)
# The last bracket with a smaller one in it: (Photo by X (AP)), （記者王大明攝（左））.
_NESTED = re.compile(r"\s*[（(]([^（）()]{1,60}[（(][^（）()]{1,40}[)）][^（）()]{0,20})[)）]\s*[。.]?$")
# In Arabic papers the bracket at the end of a caption is whose picture it is: (الفرنسية), (رويترز).
_ARABIC = re.compile(r"(?![^()]*(?:يمين|يسار|وسط|أعلى|أسفل))[\u0620-\u064a][\u0620-\u0652 /-]{2,30}")
_SENT = re.compile(r"[。！？”]\s?([\u4e00-\u9fff]{2,8}[发發])$")  # the agency that passed a picture on
_SENTENCE_END = re.compile(r"[。！？!?.…」』”\"]$")

# Who stands where, how old, which year: said of the picture and never its credit.
_POSITION = re.compile(
    r"[圖图]?[左右中上下前後后內内外](?:[一二三四五六七八九十\d起圖图方側侧者下上排邊边立坐後后前中]{0,3})(?:為.{1,6}|者)?"
    r"|(?:中間|中间|前排|後排|后排|居中|站者|坐者|戴.{1,6}者|穿.{1,8}者|圖中|图中|見圖|见图|如圖|如图|下同|同右|"
    r"同左|白衣|黑衣|紅衣).{0,6}"
    r"|[lrcmLRCM]\.?|(?:2nd|3rd|second|third|far|from|the|front|back|top|bottom|upper|lower|left|right|cent(?:er|"
    r"re)|middle"
    r"|links|rechts|Mitte|li|re|izq|izquierda|der|derecha|centro|gauche|droite|centre|sinistra|destra|[lrgd]|vorne|"
    r"hinten|"
    r"von|v|unten|oben|and|und|\W)+"
    r"|(?:中|左|右)?(?:[\d.,%~-]++\s?(?:歲|岁|年|月|日|Jahre|years?|ans)?)+",
    re.IGNORECASE,
)
_STOCK = (
    r"Unsplash|Pexels|Pixabay|Shutterstock|iStock(?: ?photo)?|Getty|Adobe ?Stock|Depositphotos|Freepik|Canva|Flickr|"
    r"Wiki(?:pedia|media)|Instagram|Facebook|Twitter|YouTube|TikTok|Google|Threads|Telegram|Reddit|pxhere|123RF|"
    r"Dreamstime|"
    r"Alamy|Imago|Imagn|Reuters|picture alliance|ANP|EPA|AFP|UPI|dpa|TASS|NASA|Zuma|Handout|Courtesy|Photo|Supplied"
)
_AGENCY = re.compile(
    r"(?:AP|AFP|EPA|UPI|CNA|EFE|ANSA|TASS|dpa|STR|NTB|TT|APA|KEYSTONE|SID|AA|CP|PA|ANP|LUSA|CTK|ČTK|PTI|ANI|IANS|"
    r"Ansa|LaPresse|Adnkronos|Belga|Ritzau|Scanpix|Lehtikuva|Keystone|Xinhua|Kyodo|Jiji|Yonhap|Antara|Bernama)"
    r"(?:[ /].*)?"
)
# Words of a Chinese credit. 照 and 圖 end one (資料照, 示意圖) and are too common to tell anywhere else.
_SAYS_CREDIT = re.compile(
    r"路透|美聯|美联|法新|歐新|欧新|彭博|新華|新华|中新社|中央社|共同社|合眾|达志|達志|視覺中國|视觉中国|東方IC"
    r"|提供|[供授][图圖權权]|取自|取材|[翻拍截][攝摄拍自圖图]|擷自|撷自|擷圖|截圖|翻拍|檔案|档案|資料[照圖片]|"
    r"资料[照图片]|資料$|资料$|[圖图][:：／/|丨]|[图圖]片?[來来]源|^[图圖]源"
    r"|[攝摄]影?[:：／/]|[／/]\s?[攝摄]|[攝摄]影?$|示意[圖图照]|撮影|谷歌|共同|時事|写真|臉書|脸书|網路|网络|官網|官网|粉[絲专專]|微博|"
    r"微信|抖音|小紅書|小红书|視頻截|视频截|監視器|監控"
    r"|版權|版权|授權|[社報报網网]資料|設計畫面|AI(?:生成|製|制|繪)|記者|记者|本報|本报|讀者|读者|民眾|製圖|制图|"
    r"繪圖|绘图"
)
_SLASH = re.compile(r"\S\s?[／╱/|]\s?\S")
# [통영시 제공. 재판매 및 DB 금지], (사진=뉴시스), [촬영 강나무]
_KOREAN_CREDIT = re.compile(
    r"[가-힣\w .,·&/]{0,40}(?:제공|재판매|DB ?금지|자료 ?사진|캡[처쳐]|갈무리)[가-힣A-Z .]{0,20}"
    r"|(?:촬영|사진|출처|그래픽|일러스트)\s?[=ㅣ:]?\s?\S.{0,40}"
)
# … 닦고 있다. /도재민 기자, … 닦고 있다. 신안=도재민 기자
_KOREAN = re.compile(
    r"(?:^|\s*[/=|]\s?|(?<=[.!?”])\s*)((?:[가-힣]{2,4}=)?(?:[가-힣]+ )?[가-힣]{2,4} ?(?:선임|인턴|객원|영상)?"
    r"기자(?: \S+@\S+)?"
    r"|[가-힣A-Za-z ]{0,12}(?:뉴스1?|뉴시스|제공|자료사진|사진기자단|이미지(?:뱅크|스)))$"
)
_JAPANESE = re.compile(r"(?:(?<=[。、＝=])|\s)([^。、＝=\s]{2,16}(?:撮影|提供))$")  # …＝川西市で9日、某某撮影
# …（ソウルで、３日）＝ＡＰ
_JAPANESE_HOUSE = re.compile(
    r"[＝=]\s?((?:[A-ZＡ-Ｚ]{2,8}|ロイター|共同|時事|[^。、＝=\s]{1,8}(?:通信|新聞社|時事))(?:[・／/][^。、＝=\s]{2,10})?)$"
)
_BARE = re.compile(r"(?<=[。！？!?」』”])\s*([^。！？!?，,；;]{2,40})$")
_TAKEN_BY = re.compile(
    rf"(?:\s+|(?<=[。！？!?」』”]))((?:{HAN}{{2,12}}(?:記者|记者|通訊員|"
    rf"通讯员)\s?)?{HAN}{{1,4}}(?:\s{HAN}{{1,3}})?\s?(?:[摄攝]|"
    rf"供[图圖])(?:影)?)$"
)
_LABEL = (
    r"(?:Photos?|Photograph(?:s|y)?|Pictures?|Images?|Credits?|Fotos?|Fotograf(?:ie|ía|ia)?|Bild(?:er|quelle|"
    r"nachweis)?|Quelle|Crédits?"
    r"|Imagen|Immagine|Kuva|Fotó|Zdjęcie|Grafik|Illustrations?|Fotoğraf|Фото|Copyright|Ảnh|Φωτ(?:ο|ογραφία)?|Снимка|Nuotrauka|Slika|Zdroj|صورة|تصوير|عکس|צילום|ภาพ|फोटो|사진|写真|撮影|Video|Infografik)"
)
_LABEL_FIRST = re.compile(rf"(?i:{_LABEL}) (?:(?i:by|von|de|di) )?[^\W\d_a-zà-ÿ]")  # (foto Ansa), (Photo by …)
_LABELLED = re.compile(
    rf"(?:(?<=[.!?|–—] )(?i:{_LABEL})\s?[:：]|(?<=\s)(?:ФОТО|FOTO|PHOTO|BILD|IMAGE|CREDIT)S?\s?[:：](?=[^.!?]{{2,60}}$)"
    rf"|(?:^|(?<=[\s.。!?”\"'|–—-]))(?:{_LABEL}\s?(?:[Cc]redits?|courtesy)?\s?(?:[:：]|\.\.\.)"
    rf"|{_LABEL} (?:by|via|courtesy(?: of)?|from)\b"
    r"|/?사진(?: ?제공)? ?[=ㅣ]|[©ⓒ]|\([cC]\)|\(?[图圖]片?[来來]?源\s?[:：／|丨]?"
    r"|[摄攝]影?\s?[:：]|来源\s?[:：]|來源\s?[:：]))\s*"
    r"(?P<credit>[^\n]{2,150}?)\s*$",
)
_AP_PHOTO = re.compile(
    r"\s*[(]?((?:AP|REUTERS|AFP|EPA)(?: Photo| Images)?/[^()]{3,60}"
    r"|[A-Z][\w .'’/-]{2,60}/(?:Getty Images|AFP|AP|REUTERS)(?: via [\w ]+)?)[)]?\s*\.?$"
)
# …at the well. Luc Sarrazin/Le Courrier: a person and a house with a slash between them, and nothing else.
_NAME_AND_HOUSE = re.compile(
    r"(?<=[.!?…”»\"])\s+([^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,4}"
    r"\s?[/|]\s?[^\W\d_][\w.'’&-]*(?: [\w.'’&-]+){0,4})\.?$"
)
# … on the wrong bank. / ANA RUIZ, … | EFE
_SLASHED = re.compile(r"\s+[/|]\s?([^\W\d][^/|]{1,50}(?:/[^/|]{2,40})?)$")
# … mardi. - AFP/Archives, … fechada - João Pinho/Agência Rio
_DASHED = re.compile(r"\s+[–—-]\s([^\W\d][^/|]{1,40}/[^/|]{2,40})$")
# … ayer por la tarde. EFE
_AGENCY_LAST = re.compile(
    r"(?<=[.!?…”»\"])\s+((?:AP|AFP|EPA|UPI|EFE|ANSA|TASS|REUTERS|DPA|APA|ANP|PTI|ANI)(?:/\S+)?)\.?$"
)
# … on Tuesday. Kit Farnum, Prairie Sentinel · … le 1er juin. ANOUK DELVAL POUR « LE RIVAGE »: a sentence has words
# that are not capitalised, and an end.
_CAPITALISED = re.compile(
    r"(?<=[.!?…”»\"])(?<!\b[A-ZÀ-Þ]\.)(?<!\b[A-Z][a-z]\.)(?<!\b[A-Z][a-z][a-z]\.)\s+"
    r"((?:[A-ZÀ-ÞА-Я][\w.'’-]*|«|»)(?:,? (?:for |pour |für |para |per |via |de |of |the |van |von )?"
    r"(?:[A-ZÀ-ÞА-Я&][\w'’-]*\.?|«|»)){1,7}(?<![.!?]))$"
)
_HEADED = re.compile(r"[▲△▼▽]*\s*([图圖](?:片|源|文)?(?:來源|来源)?\s?[:：／/|丨].{1,40}|[摄攝]影?\s?[:：／/].{1,30})")
_STRIP_LABEL = re.compile(
    rf"(?:{_LABEL}(?: credits?)?\s?(?:[:：]|\.\.\.)|(?:fot|foto|phot|ph|zdj|φωτ)\.\s|{_LABEL} by\b|[©ⓒ]|\([cC]\)|"
    rf"[图圖]片?[来來]?源\s?[:：|丨]|[摄攝]影\s?[:：]|[来來]源\s?[:：]|/?사진(?: ?제공)? ?[=ㅣ])\s*",
    re.IGNORECASE,
)
# (Supplied: Growers Rail), (ABC News: Ada Petersen): where a picture comes from, and whose it is.
_FROM_WHOM = re.compile(
    r"[A-ZÀ-Þ][\w’' ]{1,25}: (?:[A-ZÀ-Þ][\w.’'-]*|of|the|by|de|&)(?: (?:[A-ZÀ-Þ][\w.’'-]*|of|the|by|de|&)){0,6}"
)
_CUT = re.compile(r"\s*(?:\.{2,}|…+)$")


def split_credit(caption: str) -> tuple[str | None, str | None]:
    """``(caption, credit)``, both without brackets round the credit; ``None`` for what is not there.

    Only a label with a colon (Photo:, 图源：) is taken off the credit; all else stands as printed (圖／總統府提供).
    """
    text = clean(caption)
    for find in (_bracketed, _labelled, _bare):
        if (found := find(text)) is not None:
            rest, credit = found
            return rest.rstrip(" |–—-") or None, _named(credit)
    return text.rstrip(" |–—-") or None, None


def one_caption(copies: list[str]) -> str | None:
    """The one caption of a picture that has several copies of it: the longest, whole rather than cut (``...``)."""
    cleaned = [text for text in map(clean, copies) if text]
    return max(cleaned, key=lambda text: (len(_CUT.sub("", text)), not _CUT.search(text)), default=None)


def _named(credit: str) -> str | None:
    credit = credit.strip(" |,，;；:：–—-")
    label = _STRIP_LABEL.match(credit.lstrip("(（"))
    credit = credit.lstrip("(（")[label.end() :] if label else credit
    if len(re.findall("[(（]", credit)) != len(re.findall("[)）]", credit)):
        credit = credit.strip("()（）")
    return credit.strip(" :：") or None


def _bracketed(text: str) -> tuple[str, str] | None:
    found = _LAST_BRACKET.search(text[-120:]) or _NESTED.search(text[-120:])
    if found is None:
        return None
    inner = next(group for group in found.groups() if group).strip()
    start = len(text) - len(text[-120:]) + found.start()
    before = text[:start].rstrip()
    if (labelled := _LABELLED.search(before[-80:])) and is_latin_name(labelled["credit"]):
        return None  # Foto: Max Eiche (Keystone)
    if inner and _is_credit(inner, before):
        if sent := _SENT.search(before[-12:]):  # 。新华社发（石敬安 摄）
            return before[: len(before) - len(sent[1])], text[len(before) - len(sent[1]) :].strip()
        return before, inner
    return None


def _is_credit(inner: str, before: str) -> bool:
    """Whether the last bracket is a credit and not a word on what the picture shows."""
    if _POSITION.fullmatch(inner):
        return False
    if _LABEL_FIRST.match(inner):
        return True
    if _KOREAN_CREDIT.fullmatch(inner):
        return True
    if _AGENCY.fullmatch(inner) or re.search(rf"\b(?:{_STOCK})\b", inner, re.IGNORECASE) or _STRIP_LABEL.match(inner):
        return True
    if re.search(HAN, inner):
        if _SAYS_CREDIT.search(inner) and not re.search(r"[。！？，]", inner):
            return True
        if is_organisation(inner) or (_SLASH.search(inner) and len(inner) <= 30):
            return True
        # Behind a full sentence a short bracket is the credit; within one, it explains the word before it.
        return (
            bool(before and _SENTENCE_END.search(before)) and (is_name(inner) or len(inner) <= 8) and "，" not in inner
        )
    if not before:
        return False
    if _ARABIC.fullmatch(inner) and len(before) > len(inner):
        return True
    if _SLASH.search(inner) or is_organisation(inner):
        # (NYPD) right behind a word is that word's short form.
        return (
            bool(_SENTENCE_END.search(before)) or bool(_SLASH.search(inner)) or not re.fullmatch(r"[A-Z]{2,7}", inner)
        )
    if not _SENTENCE_END.search(before):
        return False
    return (
        is_latin_name(inner)
        or _FROM_WHOM.fullmatch(inner) is not None
        or bool(re.search(HAN, before) and len(inner) <= 40)
    )


def _labelled(text: str) -> tuple[str, str] | None:
    if headed := _HEADED.fullmatch(text):
        return "", headed[1]
    tail = text[-200:]
    found = _LABELLED.search(tail)
    if (
        found is None
        and (photo := _AP_PHOTO.search(tail))
        and (photo.start() == 0 or _SENTENCE_END.search(tail[: photo.start()]))
    ):
        return text[: len(text) - len(tail) + photo.start()], photo[1]
    if found is None or len(found["credit"].split()) > 14:
        return None
    return text[: len(text) - len(tail) + found.start()], tail[found.start() :]


def _is_whose(text: str) -> bool:
    return is_latin_name(text) or is_organisation(text) or _AGENCY.fullmatch(text) is not None


def _bare(text: str) -> tuple[str, str] | None:
    if taken := _TAKEN_BY.search(text[-60:]):
        return text[: len(text) - len(text[-60:]) + taken.start()], taken[1]
    if taken := _KOREAN.search(text[-40:]):
        return text[: len(text) - len(text[-40:]) + taken.start()], taken[1]
    if house := _JAPANESE_HOUSE.search(text[-30:]):
        return text[: len(text) - len(text[-30:]) + house.start()], house[1]
    if taken := _JAPANESE.search(text[-40:]):
        return text[: len(text) - len(text[-40:]) + taken.start()].rstrip("、＝="), taken[1]
    house = _NAME_AND_HOUSE.search(text[-100:])
    if house and is_latin_name(re.split(r"\s?[/|]", house[1])[0]):
        return text[: len(text) - len(text[-100:]) + house.start()], house[1]
    for form in (_SLASHED, _DASHED):
        if (apart := form.search(text[-100:])) and _is_whose(apart[1].split("/")[0].strip()):
            return text[: len(text) - len(text[-100:]) + apart.start()], apart[1]
    if apart := _AGENCY_LAST.search(text[-40:]):
        return text[: len(text) - len(text[-40:]) + apart.start()], apart[1]
    if (apart := _CAPITALISED.search(text[-90:])) and len(apart[1].split()) > 1:
        return text[: len(text) - len(text[-90:]) + apart.start()], apart[1]
    found = _BARE.search(text[-60:])
    if found and not re.fullmatch(r"[^（(]*[）)]", found[1]):
        credit = found[1].strip()
        if _AGENCY.fullmatch(credit) or is_organisation(credit) or (_SAYS_CREDIT.search(credit) and len(credit) <= 25):
            return text[: len(text) - len(text[-60:]) + found.start()], credit
    return None
