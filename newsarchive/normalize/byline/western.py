"""Bylines of papers that write words with blanks between them.

``By Jane Doe and John Smith, Associated Press`` · ``Von Max Muster, Berlin`` · ``JANE DOE, Senior Reporter`` ·
``Текст: Анна Иванова``. A label or the shape of a name is what makes a person; what is neither name,
role nor house makes a line without a label no byline.
"""

from __future__ import annotations

import re

from newsarchive.article import Author
from newsarchive.normalize.byline.parts import Parts
from newsarchive.normalize.byline.western_words import END, LABEL, ROLE, ROLE_AFTER, ROLE_BEFORE, STAFF, TOOK, TOWN
from newsarchive.normalize.names import is_latin_name
from newsarchive.normalize.organisations import AGENCY_LAST, is_organisation

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
_ROLE_IN = re.compile(r"(.{4,40}?) (?:à|au|aux|a|in|da|di|i|w|ve) ([^\W\d_a-zß-ÿ][\w'’-]+(?: [^\W\d_a-zß-ÿ][\w'’-]+)?)")
# Anna Svensson TT: a name and the house behind it; the numbers of kings and the letters of honours are no house.
_HOUSE_LAST = re.compile(r"(\S+ \S*[a-zß-ÿ]\S*) (?!(?:I[IV]+|VI*|MPs?|M[DP]|[KQ]C|[COM]BE|JR|SR)$)([A-ZÅÄÖČ]{2,4})")
_AND_TOWN = re.compile(
    r"(?P<name>\S+ \S.*?)\s-\s(?P<town>[^\W\d_][\w'’-]+)|(?P<town2>[^\W\d_][\w'’-]+)\s-\s(?P<name2>\S+ \S.*?)"
)
_TOWN_FIRST = re.compile(r"^([^\W\d_][\w'’-]+) [–—] (?=\S+ \S)")
# Ann Birch Acorn Staff Writers: of several people, so the paper's name goes before the post.
_HOUSES_STAFF = re.compile(r"(\S+ (?:\S\. )?\S+) (\S+) ([Ss]taff (?:[Ww]riter|[Rr]eporter)s)")
# CAL HARPER Courier Staff Writer, INÉS RUIZ Burgos: the name is in capitals, post or place is not.
_CAPITALS = re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ.'’-]*(?: [A-ZÀ-Þ][A-ZÀ-Þ.'’-]*)+),? ([A-ZÀ-Þ][a-zß-ÿ].*)")
# TRẦN VĂN SỒI - LÊ THỊ DẺ: two people, in papers that print their names in capitals; in Vietnam in any letters.
_DASH = re.compile(r"\s[-–—]\s")
_VIETNAMESE_LETTER = re.compile(r"[\u1ea0-\u1ef9ơưđ]", re.IGNORECASE)
_VIETNAMESE = 3  # words of such a name
# … รายงาน (reports), เรื่อง: … (story); who took the pictures (ภาพ) stands behind a stroke.
_THAI = re.compile(
    r"(?:([\u0e01-\u0e5b]{2,30} [\u0e01-\u0e5b]{2,30}) (?:รายงาน|เรื่อง|เขียน|เรียบเรียง)"
    r"|(?:รายงาน|เรื่อง|เขียน|เรียบเรียง)(?:โดย\s?[:：]?|\s?[:：])\s?"
    r"([\u0e01-\u0e5b]{2,30} [\u0e01-\u0e5b]{2,30}))(?:\s?[/|].*)?"
)
# One word behind the names, in a script that has no capitals: the town, or the paper.
_CASELESS = re.compile(r"[\u0590-\u0dff]{2,20}")
# Elements beside each other leave no blank: "bySauli Giliard", "Emma MackenzieLifestyle Writer". McDonald is one name.
_GLUED_LABEL = re.compile(r"^(?:by|von|par|por|door|af|av)(?=[A-ZÀ-Þ][a-zà-ÿ])", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[a-zà-ÿ]{2})(?<!\bMac)(?<!\bVan)(?<!\bDel)(?<!\bDes)(?=[A-ZÀ-Þ][a-zà-ÿ])")
_LONGEST_UNLABELLED = 14  # words: three people with roles; more is a sentence


def parse(text: str) -> Parts | None:
    """Take the cleaned line apart, or ``None`` where it is no byline."""
    if (text.isupper() or _VIETNAMESE_LETTER.search(text)) and len(names := _DASH.split(text)) > 1:
        people = [
            Author(name) for name in names if is_latin_name(name, words=_VIETNAMESE) and not is_organisation(name)
        ]
        if len(people) == len(names):
            return Parts(authors=people)
    if thai := _THAI.fullmatch(text):
        return Parts(authors=[Author(thai[1] or thai[2])])
    text = _GLUED.sub(", ", _GLUED_LABEL.sub(r"\g<0> ", text))
    label = LABEL.match(text)
    line = text[label.end() :] if label else text
    line = _TOWN_FIRST.sub(r"\1 - ", _WITH.sub(r", \1", _WHERE_AND_WHAT.sub("", line)))
    line = END.sub("", _CONTACT.sub(" ", line)).strip(" .,;:-–—")
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
    if parts.authors and TOOK.fullmatch(piece):
        parts.authors.pop()
        return True
    if parts.authors and ROLE.fullmatch(piece):
        last = parts.authors[-1]
        parts.authors[-1] = Author(last.name, last.role or piece)
        return True
    if parts.authors and (post := _ROLE_IN.fullmatch(piece)) and ROLE.fullmatch(post[1]):
        last = parts.authors[-1]
        parts.authors[-1] = Author(last.name, last.role or post[1])
        parts.place = parts.place or post[2]
        return True
    if parts.authors and TOWN.fullmatch(piece):
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
    if is_organisation(piece) or STAFF.fullmatch(piece):
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
    before = ROLE_BEFORE.match(piece)
    role = before[1] if before else None
    name = piece[before.end() :] if before else piece
    if (set_apart := _CAPITALS.fullmatch(name)) and is_latin_name(set_apart[1]) and not is_organisation(name):
        return set_apart[1], set_apart[2] if ROLE.fullmatch(set_apart[2]) else None, None
    if (after := ROLE_AFTER.fullmatch(name)) and is_latin_name(after[1]) and not is_organisation(after[1]):
        return after[1], after[2], None
    for form in (AGENCY_LAST, _HOUSE_LAST):
        if (after := form.fullmatch(name)) and is_latin_name(after[1]) and not is_organisation(after[1]):
            return after[1], role, after[2]
    if is_latin_name(name) and not is_organisation(name) and not ROLE.fullmatch(name):
        return name, role, None
    if found := _FOR.fullmatch(name):
        first, second = found[1].strip(), found[2].strip()
        if is_latin_name(first) and not is_organisation(first):
            if ROLE.fullmatch(second):
                return first, second, None
            if is_organisation(second) or (" for " in name.lower() and second[0].isupper()):
                return first, role, second
        if is_organisation(first) and is_latin_name(second):
            return second, role, first
    return None, None, None
