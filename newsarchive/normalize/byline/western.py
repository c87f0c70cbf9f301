"""Bylines of papers that write words with blanks between them, and of Korean ones.

``By Jane Doe and John Smith, Associated Press`` · ``Von Max Muster, Berlin`` · ``JANE DOE, Senior Reporter`` ·
``Текст: Анна Иванова`` · ``홍길동 기자``. A label or the shape of a name is what makes a person; what is neither name,
role nor house makes a line without a label no byline.
"""

from __future__ import annotations

import re

from newsarchive.article import Author
from newsarchive.normalize.byline.parts import Parts
from newsarchive.normalize.names import is_latin_name
from newsarchive.normalize.organisations import AGENCY_LAST, is_organisation

_LABEL = re.compile(
    r"(?:von unsere[mr] \w+\s(?=\S+ \S)|aus [^\s,]+(?: [^\s,]+)? berichtet |(?:του|της|των) (?=\S+ \S+$)"
    r"|(?:(?:written|reported|story|reporting|words|text|opinion|analysis|commentary|posted|published|review|"
    r"report|interview|"
    r"compiled|article|ein \w+|eine \w+|aufgezeichnet|protokoll|publié|propos recueillis|publicado|escrito|redactado|"
    r"skrevet|a cura|an? \w+) )?(?:by|von|par|por|di|door|av|af|przez|от|від|oleh|opr(?:ac)?\.|oprac|opracował[aiy]?|"
    r"rozmawiał[aiy]?|zpracovala?|připravila?|подготовил[аи]?|записал[аи]?|підготува(?:в|ла|ли))(?::| |(?=\n))"
    r"|(?:words|interview|protokoll|bài(?:, ảnh)?|"
    r"text|texte|texto|tekst|testo|teksti|author|autor(?:in|en|es|a|zy)?|auteur(?:e|s)?|autore|автор(?:ы|и)?|текст|"
    r"yazar|haber|penulis|szerző|írta|pisze|napsal[ai]?|reporter|journalist|redaktör|reportage|written by|byline"
    r"|recherche|bericht|reporting|كتبت?|كتب بواسطة|بقلم|إعداد|تقرير"
    r"|گزارش(?:گر)?|نویسنده|خبرنگار|מאת|लेखक|tác giả|โดย|เรื่อง) ?[:|—–] ?"
    r"|(?:de|par|von|da|dal|de la|from) (?:our|notre|nos|unsere[mnr]|nuestr[oa]s?|nostr[oa]|nossa?) (?:\w+ )?"
    r"(?:correspondant|envoyé|korrespondent|mitarbeiter|redakt|corresponsal|enviad|inviat|corrispondent|reporter)\w*"
    r"(?: spécial\w*| especial\w*)?,?\s"
    r"|(?:كتبت?|بقلم|إعداد|מאת|tác giả|โดย)\s)\s*",
    re.IGNORECASE,
)
# What follows the names and belongs to none of them.
_END = re.compile(
    r"\s*(?:[|•·▪]| [–—] |\b(?:updated|published|posted|last modified|aktualisiert|stand:|veröffentlicht|publié|"
    r"publicado|mis à jour|actualizado|uppdaterad|oppdatert|\d+ min\b|exclusive for|special to|zuerst|first published|"
    r"heute|gestern|today|yesterday|hier à|ieri|ayer|ontem|gisteren|vandaag|igår|i går|"
    r"(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\d{1,2}[./]\d{1,2}[./]\d{2}"
    r"|\b(?:le |on |am |el |il |den |du )?\d{1,2}\.? [^\W\d]{3,10}\.? \d{4}"
    # Whose pictures they are, in the same line.
    r"|\b(?:kamera|camera|foto(?:['’]?s|ğraf)?|photos?|pictures?|bild(?:er)?|video|фото|تصوير|צילום)\s?:).*",
    re.IGNORECASE | re.DOTALL,
)
_CONTACT = re.compile(r"[(<\[]?[^\s@]{1,64}@[^\s@]+\.\w+[)>\]]?|(?<!\w)@\w+|https?://\S+|www\.\S+")
# Odile Marchetti (Saint-Ours, envoyée spéciale): place and post, which are no further names.
_WHERE_AND_WHAT = re.compile(r"\s*\([^()]{2,40},[^()]{2,40}\)")
_WITH = re.compile(r"\s*\((?:with|avec|mit|con|com|med|met) ([^()]{2,40})\)")  # (avec AFP)
_AND = re.compile(
    r"\s*(?:[,;、/]|\s&|\s\+|\s(?:[Aa]nd|AND|[Uu]nd|UND|et|y|e|og|och|en|ja|i|и|та|і|ve|dan|na|with|mit|avec|con|com|met|med|ile|"
    r"con la "
    r"colaboración de))(?:\s+|(?<=[/、]))"
    r"(?:(?:and|und|et|y|by|von|with) )?"
)
_WHERE = re.compile(
    r"(.{3,60}?)\s+(?:in|aus|à|en|a|da|dari|из)\s+((?:[A-ZÀ-ÞА-Я][\w.'’-]*)(?:[ -](?:de |of |la "
    r")?[A-ZÀ-Þ][\w.'’-]*){0,2})"
)
_FOR = re.compile(
    r"(.{2,60}?)(?:\s+(?:[Ff]or|of|from|für|pour|para|per)\s+(?:the\s+)?|\s*[(/]\s*|\s+-\s+)([^()/]{2,50}?)\)?"
)
_ROLE = re.compile(
    r"(?i)(?:.*[\s-])?(?:report(?:er|ing)|correspondent(?:e|in)?|editor(?:in)?|writer|columnist|journalist(?:in|"
    r"e)?|redakteur(?:in)?|"
    r"redacteur|rédact(?:eur|rice)|kolumnist(?:in)?|autor(?:in)?|producer|photographer|analyst|critic|contributor|"
    r"korrespondent(?:in)?|chef\w*|director|fellow|professor|intern|volont(?:är|ärin)|periodista|corresponsal|"
    r"redactor[a]?|giornalista|inviat[oa]|"
    r"correspondant[e]?|envoyé(?:e)? spécial(?:e)?|journaliste|jornalista|repórter|reporterin|reportér(?:ka)?|"
    r"novinář(?:ka)?|journalisten|reporteren|корреспондент|"
    r"обозреватель|журналист(?:ка)?|muhabir|freelance(?:r)?|blogger|chief|head|manager|strategist|economist|host|"
    r"anchor|presenter|(?:ressort|team|büro|redaktions)?leiter(?:in)?|redaktør|verslagge(?:ver|efster)|"
    r"(?:hoofd|päätoimi|toimi)?(?:redacteur|ttaja)|dziennikar(?:z|ka)|redaktor(?:ka)?|reporterka|editorka|"
    r"reporter[oa]|subdirector[a]?|wartawan|kontributor|(?:muhabir|yazar|editör)[iüıu]?)"
    r"(?:[ -](?:in|at|for|of|on|und|and|für|politik|wirtschaft|sport|news|kultur|lokales|wissen(?:schaft)?|"
    r"gesellschaft|"
    r"panorama|digital|ausland|inland|meinung|medien|gesundheit|culture|politiek|economie|cultuur|binnenland|buitenland|société|politique|économie|cultura|política|"
    r"economía|deportes|economia|cronaca|esteri)\b.*)?"
)
_ROLE_IN = re.compile(r"(.{4,40}?) (?:à|au|aux|a|in|da|di|i|w|ve) ([^\W\d_a-zß-ÿ][\w'’-]+(?: [^\W\d_a-zß-ÿ][\w'’-]+)?)")
# Towns of two words, which look like a name: these open one, and hardly a person's name.
_TOWN = re.compile(
    r"(?:San|Santa|Santo|São|Sankt|St\.?|Saint|New|Nueva|Nova|Nuova|Los|Las|Port|Porto|Puerto|Fort|Bad|Buenos|"
    r"Rio de|Río de|Tel|Hong|Kuala|Abu|Addis|Phnom|Cape|Den|Mexico|Ciudad de|Cidade do|Ho Chi|Belo|Novi|Banja|"
    r"Nizhny|Sri|Washington|Frankfurt am|नई) \S+(?: City)?"
)
# Anna Svensson TT: a name and the house behind it; the numbers of kings and the letters of honours are no house.
_HOUSE_LAST = re.compile(r"(\S+ \S*[a-zß-ÿ]\S*) (?!(?:I[IV]+|VI*|MPs?|M[DP]|[KQ]C|[COM]BE|JR|SR)$)([A-ZÅÄÖČ]{2,4})")
_AND_TOWN = re.compile(
    r"(?P<name>\S+ \S.*?)\s-\s(?P<town>[^\W\d_][\w'’-]+)|(?P<town2>[^\W\d_][\w'’-]+)\s-\s(?P<name2>\S+ \S.*?)"
)
# Ann Birch Acorn Staff Writers: of several people, so the paper's name goes before the post.
_HOUSES_STAFF = re.compile(r"(\S+ (?:\S\. )?\S+) (\S+) ([Ss]taff (?:[Ww]riter|[Rr]eporter)s)")
# Who took the pictures wrote nothing.
_TOOK = re.compile(
    r"(?i)(?:presse|staff)?-?\s?(?:fotograf(?:in|o|a|en)?|fotógraf[oa]|photographe|fotojournalist\w*|kuvaaja|фотограф)"
)
_ROLE_BEFORE = re.compile(
    r"((?:(?:senior|chief|special|staff|foreign|political|news|sports?|science|health|business|freelance|associate|"
    r"deputy|AP|"
    r"BBC|contributing) )*(?:reporter|correspondent|writer|editor|columnist)) (?=\S+ \S)",
    re.IGNORECASE,
)
_ROLE_AFTER = re.compile(
    r"(\S+ \S.*?),? ((?:(?:senior|chief|staff|foreign|political|sports?|science|health|business|associate|AP|"
    r"contributing) )*"
    r"(?:reporter|correspondent|writer|editor|columnist|journalist(?:in|e)?|korrespondent(?:in)?|redakteur(?:in)?"
    r"|redaktör|giornalista|periodista|jornalista)s?)",
    re.IGNORECASE,
)
# CAL HARPER Courier Staff Writer, INÉS RUIZ Burgos: the name is in capitals, post or place is not.
_CAPITALS = re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ.'’-]*(?: [A-ZÀ-Þ][A-ZÀ-Þ.'’-]*)+),? ([A-ZÀ-Þ][a-zß-ÿ].*)")
_KOREAN = re.compile(
    r"([가-힣]{2,4})\s*((?:선임|수석|인턴|전문|객원|영상|사진)?(?:기자|특파원|논설위원|칼럼니스트|PD|앵커))"
)
_KOREAN_BEFORE = re.compile(r"([가-힣]{3})\s*[·,ㆍ・/]\s*(?=[가-힣])")  # 김나무·이참나 기자
_KOREAN_NAME = re.compile(
    r"(?:[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나엄채원천방공현함변염"
    r"여추도소석선설마길"
    r"연위표명기반왕금옥육인맹제모][가-힣]|남궁|황보|제갈|선우)[가-힣](?<![부팀국실])"
)
# 김나무 이참나 기자
_KOREAN_ROW = re.compile(
    rf"(?:{_KOREAN_NAME.pattern}[\s·,ㆍ・/]+)+(?:{_KOREAN_NAME.pattern})\s*((?:선임|수석|인턴|전문|객원)?(?:기자|특파원))\W*"
)
# 윤서하 | 돌봄정책연구자: how columns are signed.
_KOREAN_POST = re.compile(rf"({_KOREAN_NAME.pattern})\s*[|ㅣ·/]\s*([^.!?]{{2,30}})")
# TRẦN VĂN SỒI - LÊ THỊ DẺ: two people, in papers that print their names in capitals.
_DASH = re.compile(r"\s[-–—]\s")
_VIETNAMESE = 3  # words of such a name
# … รายงาน (reports), เรื่อง: … (story); who took the pictures (ภาพ) stands behind a stroke.
_THAI = re.compile(
    r"(?:([\u0e01-\u0e5b]{2,30} [\u0e01-\u0e5b]{2,30}) (?:รายงาน|เรื่อง|เขียน|เรียบเรียง)"
    r"|(?:รายงาน|เรื่อง|เขียน|เรียบเรียง)(?:โดย\s?[:：]?|\s?[:：])\s?"
    r"([\u0e01-\u0e5b]{2,30} [\u0e01-\u0e5b]{2,30}))(?:\s?[/|].*)?"
)
# One word behind the names, in a script that has no capitals: the town, or the paper.
_CASELESS = re.compile(r"[\u0590-\u0dff]{2,20}")
_STAFF = re.compile(
    r"(?i)(?:the )?(?:.* )?staff(?: (?:reporters?|writers?|correspondents?))?|.*\b(?:own|our) correspondent"
)
# Elements beside each other leave no blank: "bySauli Giliard", "Emma MackenzieLifestyle Writer". McDonald is one name.
_GLUED_LABEL = re.compile(r"^(?:by|von|par|por|door|af|av)(?=[A-ZÀ-Þ][a-zà-ÿ])", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[a-zà-ÿ]{2})(?<!\bMac)(?<!\bVan)(?<!\bDel)(?<!\bDes)(?=[A-ZÀ-Þ][a-zà-ÿ])")
_LONGEST_UNLABELLED = 14  # words: three people with roles; more is a sentence


def parse(text: str) -> Parts | None:
    """Take the cleaned line apart, or ``None`` where it is no byline."""
    if "기자" in text or "특파원" in text or "앵커" in text or "논설위원" in text:
        return _korean(text)
    if _KOREAN_NAME.fullmatch(text):
        return Parts(authors=[Author(text)])
    if posted := _KOREAN_POST.fullmatch(text):
        return Parts(authors=[Author(posted[1], posted[2].strip())])
    if text.isupper() and len(names := _DASH.split(text)) > 1:
        people = [
            Author(name) for name in names if is_latin_name(name, words=_VIETNAMESE) and not is_organisation(name)
        ]
        if len(people) == len(names):
            return Parts(authors=people)
    if thai := _THAI.fullmatch(text):
        return Parts(authors=[Author(thai[1] or thai[2])])
    text = _GLUED.sub(", ", _GLUED_LABEL.sub(r"\g<0> ", text))
    label = _LABEL.match(text)
    line = text[label.end() :] if label else text
    line = _WITH.sub(r", \1", _WHERE_AND_WHAT.sub("", line))
    line = _END.sub("", _CONTACT.sub(" ", line)).strip(" .,;:-–—")
    if not line or (not label and len(line.split()) > _LONGEST_UNLABELLED):
        return None
    if line[0].islower() and (words := line.split()) and len(words) > 1 and words[1].islower():
        return None  # By signing up you agree …
    parts, unread = Parts(), 0
    for piece in _AND.split(line):
        if piece.strip() and not _piece(piece.strip(" .()–—-"), parts):
            unread += 1
            if not label or unread > 2:
                break
    if unread and not (label and parts.authors):
        return None
    return parts if parts.authors or parts.provider else None


def _piece(piece: str, parts: Parts) -> bool:
    """Note the person, role, house or place that one piece of the line states; false where it states none."""
    if not piece:
        return True
    if parts.authors and _TOOK.fullmatch(piece):
        parts.authors.pop()
        return True
    if parts.authors and _ROLE.fullmatch(piece):
        last = parts.authors[-1]
        parts.authors[-1] = Author(last.name, last.role or piece)
        return True
    if parts.authors and (post := _ROLE_IN.fullmatch(piece)) and _ROLE.fullmatch(post[1]):
        last = parts.authors[-1]
        parts.authors[-1] = Author(last.name, last.role or post[1])
        parts.place = parts.place or post[2]
        return True
    if parts.authors and _TOWN.fullmatch(piece):
        parts.place = parts.place or piece
        return True
    if apart := _AND_TOWN.fullmatch(piece):
        person, town = apart["name"] or apart["name2"], apart["town"] or apart["town2"]
        if is_latin_name(person) and not is_organisation(person):
            parts.authors.append(Author(person))
            if is_organisation(town):
                parts.provider = parts.provider or town
            else:
                parts.place = parts.place or town
            return True
    if (staff := _HOUSES_STAFF.fullmatch(piece)) and is_latin_name(staff[1]):
        parts.authors.append(Author(staff[1], staff[3]))
        parts.provider = parts.provider or staff[2]
        return True
    name, role, house = _taken_apart(piece)
    if name is not None:
        parts.authors.append(Author(name, role))
        parts.provider = parts.provider or house
        return True
    if is_organisation(piece) or _STAFF.fullmatch(piece):
        parts.provider = parts.provider or piece
        return True
    if (found := _WHERE.fullmatch(piece)) and is_organisation(found[1]):
        parts.provider, parts.place = parts.provider or found[1], parts.place or found[2]
        return True  # Associated Press in Valencia
    if found and is_latin_name(found[1]):
        parts.authors.append(Author(found[1]))
        parts.place = parts.place or found[2]
        return True
    if parts.authors and re.fullmatch(r"[A-ZÀ-ÞА-ЯЁ]\w+(?:[ -][A-ZÀ-Þ]\w+)?", piece):
        parts.place = parts.place or piece  # Von Max Muster, Berlin
        return True
    return bool(parts.authors) and _CASELESS.fullmatch(piece) is not None


def _taken_apart(piece: str) -> tuple[str | None, str | None, str | None]:
    """``(name, role, house)`` of a piece with a person in it: Staff Writer Jane Doe, Jane Doe (AP), AP/Jane Doe."""
    before = _ROLE_BEFORE.match(piece)
    role = before[1] if before else None
    name = piece[before.end() :] if before else piece
    if (set_apart := _CAPITALS.fullmatch(name)) and is_latin_name(set_apart[1]) and not is_organisation(name):
        return set_apart[1], set_apart[2] if _ROLE.fullmatch(set_apart[2]) else None, None
    if (after := _ROLE_AFTER.fullmatch(name)) and is_latin_name(after[1]) and not is_organisation(after[1]):
        return after[1], after[2], None
    for form in (AGENCY_LAST, _HOUSE_LAST):
        if (after := form.fullmatch(name)) and is_latin_name(after[1]) and not is_organisation(after[1]):
            return after[1], role, after[2]
    if is_latin_name(name) and not is_organisation(name) and not _ROLE.fullmatch(name):
        return name, role, None
    if found := _FOR.fullmatch(name):
        first, second = found[1].strip(), found[2].strip()
        if is_latin_name(first) and not is_organisation(first):
            if _ROLE.fullmatch(second):
                return first, second, None
            if is_organisation(second) or (" for " in name.lower() and second[0].isupper()):
                return first, role, second
        if is_organisation(first) and is_latin_name(second):
            return second, role, first
    return None, None, None


def _korean(text: str) -> Parts | None:
    people: list[Author] = []
    text = text[:120]
    end = 0
    if row := _KOREAN_ROW.fullmatch(text):
        names = (found[0] for found in _KOREAN_NAME.finditer(text, 0, row.start(1)))
        return Parts(authors=[Author(name, row[1]) for name in names])
    for found in _KOREAN.finditer(text):
        before = [name for name in _KOREAN_BEFORE.findall(text, end, found.end(1)) if _KOREAN_NAME.fullmatch(name)]
        people += [Author(name, found[2]) for name in (*before, found[1])]
        end = found.end()
    if not people:
        return None
    parts = Parts(authors=people)
    if house := re.match(r"\(?([가-힣]+)=([가-힣]+(?:뉴스|통신|일보|신문|시스|뉴시스|방송))\)?", text):
        parts.place, parts.provider = house[1], house[2]
    elif house := re.match(r"\[?([가-힣A-Za-z]+(?:뉴스|통신|일보|신문|시스|방송|경제|닷컴))\]?\s", text):
        parts.provider = house[1]
    return parts
