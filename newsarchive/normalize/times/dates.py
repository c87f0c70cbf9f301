"""The calendar date as printed, in the forms that newspapers use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_YEAR = r"(?:19|20)\d\d"
_FORMS = re.compile(
    # 2026-02-19, 2026/2/19, 2026年2月19日, 2026년 2월 19일, 2026. 2. 19., 2024 05/09; what follows may be glued on
    rf"(?<!\d)(?P<y>{_YEAR})\s?(?:[-/.年]|년|\s(?=\d\d?/))\s?(?P<m>\d{{1,2}})\s?(?:[-/.月]|"
    rf"월)\s?(?P<d>[0-3]?\d)(?:\s?[日일号號])?"
    # 民國115年2月19日, 115年2月19日, 115/02/19, 令和8年2月19日
    r"|(?<!\d)(?:(?P<era>中華民國|中华民国|民國|民国|令和|平成)\s?)?(?P<ry>\d{1,3})\s?(?:年|"
    r"(?<=1\d\d)[-/.])\s?(?P<rm>\d{1,2})\s?[月/.-]\s?(?P<rd>\d{1,2})(?:\s?日|(?!\d))"
    r"|(?<!\d)(?P<ty>1[0-4]\d)(?P<tm>0[1-9]|1[0-2])(?P<td>0[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?<!\d)(?P<cy>{_YEAR})(?P<cm>0[1-9]|1[0-2])(?P<cd>0[1-9]|[12]\d|3[01])(?=\D|$|\d{{4}}(?:\d\d)?(?!\d))"
    # 19.02.2026, 2/19/2026, 19-02-26
    rf"|(?<!\d)(?P<a>\d{{1,2}})(?P<sep>[./-])\s?(?P<b>\d{{1,2}})(?P=sep)\s?(?P<ny>{_YEAR}|\d\d)(?![\d])"
)
# A word between a day and a year, or before a day and a year, is a month's name in some language.
_WORD = r"[^\W\d_][\w'’\u0307\u0900-\u109f]{1,14}"
_WRITTEN = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|º|ª|:e|e|-го)?[\s\-/]{{0,2}}(?:(?:de|of|da|di|"
    rf"d['’])\s?)?(?P<month>{_WORD})(?:\.?,?[\s\-/]{{1,2}}|\.)(?:(?:de|del|of|года|г\.)\s)?(?P<y>{_YEAR})(?!\d)"
    rf"|(?P<month2>{_WORD})\.?\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:,|\sde|"
    rf"\sdel)?\s?(?:\d\d?:\d\d(?::\d\d)?\s(?:[A-Z]{{3,4}}\s)?)?(?P<y2>{_YEAR})(?!\d)"
    rf"|(?<!\d)(?P<y3>{_YEAR})\.?\s(?:m\.\s)?(?P<month3>{_WORD})\.?\s(?P<d3>\d{{1,2}})(?!\d)"
)
_NO_YEAR = re.compile(
    r"(?<![\d年/-])(?P<m>\d{1,2})(?:\s?月\s?(?P<d>\d{1,2})\s?[日号號]|[-/](?P<d2>\d\d)(?=\s?\d\d?:\d\d))"
)
_ERAS = {"令和": 2018, "平成": 1988}
_ROC = 1911  # the first year of the Republic is 1912
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Newspapers' languages, asked in this order where none is given.
_LANGUAGES = [
    *(
        "en",
        "de",
        "fr",
        "es",
        "it",
        "pt",
        "nl",
        "sv",
        "da",
        "nb",
        "fi",
        "is",
        "pl",
        "cs",
        "sk",
        "hu",
        "ro",
        "bg",
        "ru",
        "uk",
    ),
    *("sr", "hr", "sl", "el", "tr", "id", "ms", "vi", "et", "lv", "lt", "ca", "hi", "ar", "fa", "he", "th"),
]

# Thailand counts from the Buddha's death, and names its months itself.
_BUDDHIST = 543
_THAI_MONTHS = {
    name: number
    for names in (
        "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
        "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.",
    )
    for number, name in enumerate(names.split(), 1)
}
_THAI_DATE = re.compile(
    rf"(?<=\d)\s?({'|'.join(map(re.escape, _THAI_MONTHS))})\s?(?:[พค]\.ศ\.\s?)?(\d{{4}}|\d\d)(?!\d)"
)
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "兩": 2,
    "两": 2,
    "Ｏ": 0,
}
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")  # Devanagari, Arabic
_NUMERAL = re.compile(r"[〇○零一二三四五六七八九十百廿卅兩两]+(?=\s?[年月日時时點点分秒小鐘钟天週周個个])")


@dataclass(frozen=True, slots=True)
class Printed:
    """A date and where it stands in the text."""

    day: date
    start: int
    end: int


def find_date(text: str, *, zone: str | None = None, languages: Sequence[str] = ()) -> Printed | None:
    """The first full date in the text, which is narrow (NFKC) and has Chinese numerals as digits."""
    for found in _FORMS.finditer(text):
        if printed := _numeric(found, zone, languages):
            return printed
    for found in _WRITTEN.finditer(text):
        word = found["month"] or found["month2"] or found["month3"]
        if month := month_number(word, tuple(languages)):
            year, day = found["y"] or found["y2"] or found["y3"], found["d"] or found["d2"] or found["d3"]
            if printed := _printed(found, int(year), month, int(day)):
                return printed
    return None


def find_yearless_date(text: str, near: date) -> Printed | None:
    """The first month and day in the text, in that year which brings it closest before ``near``."""
    if not (found := _NO_YEAR.search(text)):
        return None
    month, day = int(found["m"]), int(found["d"] or found["d2"])
    for year in (near.year + 1, near.year, near.year - 1):
        printed = _printed(found, year, month, day)
        if printed and (printed.day - near).days <= 2:  # a clock ahead of ours, not a story of next year
            return printed
    return None


def _numeric(found: re.Match[str], zone: str | None, languages: Sequence[str]) -> Printed | None:
    if found["y"]:
        return _printed(found, int(found["y"]), int(found["m"]), int(found["d"]))
    if found["ry"]:
        year = int(found["ry"])
        if found["era"] is None and not 90 <= year <= 149:  # 26年2月19日 may be any calendar's
            return None
        return _printed(found, year + _ERAS.get(found["era"], _ROC), int(found["rm"]), int(found["rd"]))
    if found["ty"]:
        return _printed(found, int(found["ty"]) + _ROC, int(found["tm"]), int(found["td"]))
    if found["cy"]:
        return _printed(found, int(found["cy"]), int(found["cm"]), int(found["cd"]))
    first, second, year = int(found["a"]), int(found["b"]), int(found["ny"])
    if year < 100:
        if found["sep"] == "-":
            return None  # 26-02-19 reads from both ends
        year += 2000
    month_first = found["sep"] != "." and _month_first(zone, languages)
    if first > 12 or second > 12:
        month_first = second > 12
    month, day = (first, second) if month_first else (second, first)
    return _printed(found, year, month, day)


def _month_first(zone: str | None, languages: Sequence[str]) -> bool:
    """Whether 07/09 is the ninth of July: in the United States, and in English that says nothing else."""
    first = languages[0] if languages else ""
    if first in ("en-US", "en-PH"):
        return True
    return first in ("", "en") and (zone.startswith(("America/", "US/")) if zone else first == "en")


def _printed(found: re.Match[str], year: int, month: int, day: int) -> Printed | None:
    try:
        return Printed(date(year, month, day), found.start(), found.end())
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def month_number(word: str, languages: tuple[str, ...] = ()) -> int | None:
    """The number of the month that the word names, by dateparser's tables for all the languages of the world."""
    key = word.lower()
    if key[:3] in _ENGLISH and re.fullmatch(
        r"jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|"
        r"dec(ember)?",
        key,
    ):
        return _ENGLISH.index(key[:3]) + 1
    import dateparser  # 0.3 s, needed only for a month in another language

    known = [language.split("-")[0] for language in languages]
    for asked in ([known] if known else []) + [_LANGUAGES]:
        try:
            found = dateparser.parse(
                f"1 {word} 2020",
                languages=asked,
                settings={
                    "STRICT_PARSING": True,
                    "REQUIRE_PARTS": ["day", "month", "year"],
                    "PARSERS": ["absolute-time"],
                },
            )
        except ValueError:  # a language that dateparser does not know
            continue
        if found is not None and (found.year, found.day) == (2020, 1):
            return int(found.month)
    return None


def arabic_digits(text: str) -> str:
    """The text with 0 to 9 for every script's digits and the numerals of Chinese dates: 二○二六年二月 is 2026年2月."""
    text = _FOREIGN_DIGIT.sub(lambda found: str(int(found[0])), text)
    return _NUMERAL.sub(lambda found: str(_number(found[0])), text)


def thai_as_common(text: str) -> str:
    """A text with its Thai dates in digits and years of the common era: 12 มิ.ย. 2568 and 12 มิ.ย. 68 are 12/6/2025."""
    return _THAI_DATE.sub(lambda found: f"/{_THAI_MONTHS[found[1]]}/{_common_year(int(found[2]))}", text)


def _common_year(thai: int) -> int:
    year = thai + 2500 if thai < 100 else thai
    return year - _BUDDHIST if year > 2400 else year


def _number(numeral: str) -> int:
    numeral = numeral.replace("廿", "二十").replace("卅", "三十")
    if not re.search("[十百]", numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral))
    hundreds, _, rest = numeral.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    value = 100 * (_number(hundreds) if hundreds else 1) if "百" in numeral else 0
    tens = tens.lstrip("零〇○")
    value += (10 * (_number(tens) if tens else 1)) if ten else 0
    ones = ones.lstrip("零〇○")
    return value + (_number(ones) if ones else 0)
