"""Which characters the bytes of a page are.

Order of trust: a byte order mark; bytes that are valid UTF-8 are UTF-8, whatever is declared (one news page in twenty
that declares gb2312 is UTF-8); what the response or the page declares, if the bytes bear it out; else a guess.
The guess decodes the bytes with each codec in question and takes the one under which most characters are among the most
frequent of a language: a few dozen characters make up half of any text, and a wrong codec hits them by accident only.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

# What pages declare, read as browsers read it (https://encoding.spec.whatwg.org/): the superset that is meant.
_MEANT = {
    "iso8859-1": "cp1252",
    "latin_1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_HAN = (
    "的一是不了人在有我他這这個个們们中來来上大為为和國国地到以說说時时要就出會会可也你對对生能而子那得于於年月日"
    "发發報报新者，。"
)
_KANA = "のにはをたがでてとしれさいもなかるっらりくうこすまあよどきンスルトリラ、。"
_HANGUL = "이다는에의을가한고하지로사를은도기대인어자해시과들정나서일있부장"
_CYRILLIC = "оеаитнсрвлкмдпуяыьгзбчй"
# Codecs of several bytes a character, and of one byte, for scripts that are not Latin and for those that are.
_WIDE = {"gb18030": _HAN, "big5hkscs": _HAN, "cp932": _KANA, "euc_jp": _KANA, "cp949": _HANGUL}
_NARROW = {
    "cp1251": _CYRILLIC,
    "koi8_r": _CYRILLIC,
    "cp1253": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώ",
    "cp1255": "אבגדהוזחטיכלמנסעפצקרשתםןץ",
    "cp1256": "الينمورتبدعهسكفقحجةأشصطخ",
    "cp874": "านรอกเงมยลวดทสตะปบคแจ่้ัิีุไ",
}
_LATIN = {
    "cp1252": "éèàâêçùîôûœäöüßÄÖÜñóáíúãõåøæ’‘“”–—…«»€·\xa0©°",
    "cp1250": "ąęłńóśźżĄĘŁŚŻáčďéěíňřšťúůýžőűâăîșțşţ„”–\xa0",
    "cp1254": "ığşçöüİÖÜŞÇ’“”\xa0",
}
_BORNE_OUT = 0.6  # how near the declared codec's score must come to the best one's
_WIDE_SCORE = 0.15  # by accident a codec reaches .03; true text of any kind .25
# Codecs of pages; Python also has "hex" and "idna", and no page whose declaration can be read is UTF-16.
_CHARSET = re.compile(
    r"utf-8$|ascii$|iso8859|iso2022_(?:jp|kr)|cp\d|koi8|mac|tis|big5|gb|hz$|euc|shift_jis|johab|kz1048|latin"
)
# Of bytes in lower case: to ignore case costs these ten times as much.
_META = re.compile(rb"<meta[^>]{0,300}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{2,30})")
_XML = re.compile(rb"\s{0,100}<\?xml[^>]{0,100}encoding\s{0,5}=\s{0,5}[\"']([\w.:-]{2,30})")
_HEADER = re.compile(r"charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{2,30})", re.IGNORECASE)
_HIGH_RUN = re.compile(rb"[\x80-\xff]{4,}")  # no Latin word has so many accents in a row
_SOME_HIGH = re.compile(rb"[\x20-\x3b\x3d\x3f-\x7f]{0,20}[\x80-\xff][^\n<>]{0,400}")
_UTF16 = re.compile(rb"\s{0,20}(?:(<\0[!?a-zA-Z]\0)|(\0<\0[!?a-zA-Z]))")
_HIGH = bytes(range(0x80, 0x100))
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEAD = 4096  # browsers look for the declaration in the first 1,024 bytes; some pages put comments before it
_SAMPLE = 6000  # bytes of text that the guess looks at: some two thousand Chinese characters
_FAULTY = 0.02  # share of characters that may be damaged in a text that is otherwise what it says


@dataclass(slots=True)
class Charset:
    """The codec of a page, its text as UTF-8, and what was wrong with its declaration."""

    encoding: str
    utf8: bytes
    problems: list[str] = field(default_factory=list)


def read_charset(data: bytes, content_type: str | None = None) -> Charset:
    """Decode ``data`` (see the module); ``content_type`` is the response's header. Never raises."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, [])
    if wide := _UTF16.match(data):
        return _decoded(data, "utf-16-le" if wide[1] else "utf-16-be", ["UTF-16 without a byte order mark"])
    declared = _declared(data, content_type)
    if "iso2022_jp" in declared and b"\x1b$" in data:
        return _decoded(data, "iso2022_jp", [])
    faults, wide_characters = _utf8_faults(data)
    wrong = [name for name in declared if name != "utf-8"]
    if faults == 0:
        problems = [f"declares {wrong[0]}, is UTF-8"] if wrong and wrong == declared and wide_characters else []
        return Charset("utf-8", data, problems)
    if faults <= _FAULTY * wide_characters:
        return _decoded(data, "utf-8", [])
    scores = _scores(data)
    guess = max(scores, key=scores.__getitem__)
    for name in wrong:
        if name not in scores or scores[name] >= _BORNE_OUT * scores[guess]:
            return _decoded(data, name, [] if name == declared[0] else [f"declares {declared[0]}, is {name}"])
    said = f"declares {declared[0]}, read as {guess}" if declared else f"declares no charset, read as {guess}"
    return _decoded(data, guess, [said])


def _decoded(data: bytes, encoding: str, problems: list[str]) -> Charset:
    text = data.decode(encoding, "replace")
    if damaged := text.count("\ufffd"):
        problems = [*problems, f"{damaged} characters are damaged ({encoding})"]
    return Charset(encoding, text.encode("utf-8", "replace"), problems)


def _declared(data: bytes, content_type: str | None) -> list[str]:
    """The codecs that the response and the page name, in that order, as browsers mean them; unknown names left out."""
    head = data[:_HEAD].lower()
    found = [match[1] for match in [_HEADER.search(content_type or "")] if match]
    found += [match[1].decode("ascii") for match in (_META.search(head), _XML.match(head)) if match]
    names: list[str] = []
    for label in found:
        try:
            name = codecs.lookup(label).name
        except (LookupError, ValueError):
            continue
        if not _CHARSET.match(name):
            continue
        name = _MEANT.get(name, name)
        if name not in names:
            names.append(name)
    return names


def _utf8_faults(data: bytes) -> tuple[int, int]:
    """How many places are not UTF-8, and how many characters beyond ASCII are well formed."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        damaged = text.count("\ufffd")
        return damaged, (len(text.encode("utf-8")) - len(text)) // 2 - damaged
    return 0, len(data) - len(text)


def _scores(data: bytes) -> dict[str, float]:
    """For each codec in question, the share of characters beyond ASCII that are frequent; 0.0 where it cannot be."""
    pieces = _SOME_HIGH.findall(data)
    start = max(0, len(pieces) // 2 - 20)  # from the middle, where the story is
    sample = b"\n".join(pieces[start : start + 200])[:_SAMPLE]
    scores = dict.fromkeys((*_LATIN, *_NARROW, *_WIDE), 0.0)
    for name, frequent in _WIDE.items():
        scores[name] = _score(sample, name, frequent)
    if max(scores.values()) < _WIDE_SCORE:
        high = len(sample) - len(sample.translate(None, _HIGH))
        in_runs = sum(map(len, _HIGH_RUN.findall(sample)))
        scores.update(dict.fromkeys(_WIDE, 0.0))
        for name, frequent in (_NARROW if in_runs * 2 > high else _LATIN).items():
            scores[name] = _score(sample, name, frequent)
    return scores


def _score(sample: bytes, name: str, frequent: str) -> float:
    beyond = [character for character in sample.decode(name, "replace") if character > "\x7f"]
    damaged = beyond.count("\ufffd")
    if damaged > max(1, _FAULTY * len(beyond)):
        return 0.0
    return sum(character in frequent for character in beyond) / max(1, len(beyond))
