"""The time of day as printed: 21:07, 下午9時07分, 9.07 p.m., 12h52, 16.15 Uhr, 오후 6:40."""

from __future__ import annotations

import re
from dataclasses import dataclass

_EARLY = "上午|早上|早晨|清晨|凌晨|午前|오전|সকাল|ভোর"
_LATE = "下午|晚上|晚間|晚间|傍晚|深夜|午後|午后|오후|晚|বিকাল|বিকেল|সন্ধ্যা|রাত"
# Arabic, Persian, Greek, Malay: before noon and after it, behind the clock.
_MORNING = r"ص(?:باح)?[\u0627\u064b]{0,2}(?!\w)|صبح|ق\.?ظ|π\.?μ|pg\b|pagi\b"
_EVENING = r"م(?:ساء)?[\u0627\u064b]{0,2}(?!\w)|بعد ?از ?ظهر|عصر|ب\.?ظ|μ\.?μ|ptg\b|petang\b"
_BEFORE = rf"(?P<half>{_EARLY}|{_LATE}|中午|正午)?\s*"
_AFTER = rf"(?:\s*(?:(?P<meridiem>[AaPp]\.? ?[Mm]\b\.?)|(?P<morning>{_MORNING})|(?P<evening>{_EVENING})))?"
_COLON = rf"(?P<h>\d{{1,2}})\s?:\s?(?P<m>[0-5]\d)(?:\s?:\s?(?P<s>[0-5]\d|60)(?:[.,]\d{{1,9}})?)?{_AFTER}"
_UNITS = (
    r"(?P<h2>\d{1,2})\s?(?:[時时点點]|시|[hH](?![a-z]))\s?(?:(?P<m2>[0-5]?\d)(?!\d)\s?(?:分|분|m(?:in)?\b)?"
    r"(?:\s?(?P<s2>[0-5]?\d)\s?(?:秒|초|s\b))?|(?P<thirty>半))?"
)
# A full stop between hour and minute is believed only beside a word or a zone that says "clock".
_DOTTED = (
    r"(?:(?<=kl)|(?<=kl\.)|(?<=klo)|(?<=ore)|(?<=ob)|(?<=um)|(?<=at)|(?<=,)|(?<=-))\s*(?P<h3>\d{1,2})\.(?P<m3>[0-5]\d)"
    r"(?![.\d])(?:\s*(?P<meridiem3>[AaPp]\.? ?[Mm]\b\.?))?"
    r"|(?<![\d.:])(?P<h5>\d{1,2})\.(?P<m5>[0-5]\d)(?=\s[A-Z]{2,5}\b)"
)
_HOUR = (
    r"(?P<h4>\d{1,2})(?:\.(?P<m4>[0-5]\d))?\s?(?:[Uu]hr\b|uur\b|(?P<meridiem4>[AaPp]\.? ?[Mm]\b\.?)|(?=WIB|WITA|WIT))"
)
_CLOCK = re.compile(rf"(?<![\d.:]){_BEFORE}(?:{_COLON}|{_UNITS}|{_HOUR})|{_DOTTED}")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day: seconds are ``None`` where none are printed; ``end`` is where it ends in the text."""

    hour: int
    minute: int
    second: int | None
    end: int


def find_clock(text: str, start: int = 0, end: int | None = None) -> Clock | None:
    """The first time of day in the text between ``start`` and ``end``. The hour is 0 to 24."""
    for found in _CLOCK.finditer(text[start:end]):  # cut, so that a date glued to the front does not count
        hour = int(found["h"] or found["h2"] or found["h3"] or found["h4"] or found["h5"])
        minute = int(
            found["m"] or found["m2"] or found["m3"] or found["m4"] or found["m5"] or (30 if found["thirty"] else 0)
        )
        seconds = found["s"] or found["s2"]
        half = found["half"] or ""
        meridiem = (found["meridiem"] or found["meridiem3"] or found["meridiem4"] or "")[:1].lower()
        if hour > 24 or (meridiem and hour > 12):
            continue
        if (half and half in _LATE) or meridiem == "p" or found["evening"]:
            hour += 12 if hour < 12 else 0
        elif half in ("中午", "正午"):
            hour += 12 if hour < 6 else 0
        elif (half or meridiem == "a" or found["morning"]) and hour == 12:
            hour = 0
        return Clock(hour, minute, min(int(seconds), 59) if seconds else None, start + found.end())
    return None
