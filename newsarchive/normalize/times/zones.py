"""Time zones as newspapers name them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# A paper that prints EST in July means its own clock, so that the names are those of places and not of offsets.
_ZONES = {
    "America/New_York": "ET EST EDT 美東時間 美东时间 美國東部時間 美国东部时间 東部時間 东部时间 紐約時間 纽约时间",
    "America/Chicago": "CT CDT 美中時間 美國中部時間 中部時間 芝加哥時間",
    "America/Denver": "MT MST MDT 山區時間",
    "America/Los_Angeles": "PT PST PDT 美西時間 美西时间 美國西部時間 太平洋時間 太平洋时间 洛杉磯時間 舊金山時間",
    "America/Halifax": "AST ADT",
    "America/St_Johns": "NST NDT",
    "America/Sao_Paulo": "BRT",
    "America/Argentina/Buenos_Aires": "ART",
    "America/Santiago": "CLT CLST",
    "America/Bogota": "COT",
    "America/Lima": "PET",
    "Europe/London": "BST 倫敦時間 伦敦时间 英國時間",
    "Europe/Lisbon": "WET WEST",
    "Europe/Paris": "CET CEST MEZ MESZ 巴黎時間",
    "Europe/Athens": "EET EEST",
    "Europe/Moscow": "MSK МСК 莫斯科時間",
    "Europe/Istanbul": "TRT TSİ",
    "Africa/Johannesburg": "SAST",
    "Africa/Nairobi": "EAT",
    "Africa/Lagos": "WAT",
    "Africa/Maputo": "CAT",
    "Asia/Kolkata": "IST",
    "Asia/Karachi": "PKT",
    "Asia/Kathmandu": "NPT",
    "Asia/Dubai": "GST",
    "Asia/Jakarta": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
    "Asia/Bangkok": "ICT",
    "Asia/Manila": "PHT",
    "Asia/Singapore": "SGT 新加坡時間",
    "Asia/Kuala_Lumpur": "MYT",
    "Asia/Hong_Kong": "HKT 香港時間 香港时间",
    "Asia/Shanghai": "北京时间 北京時間 中国时间",
    "Asia/Taipei": "台北時間 台灣時間 臺北時間 台北时间 台湾时间",
    "Asia/Tokyo": "JST 日本時間 東京時間 东京时间",
    "Asia/Seoul": "KST 韓國時間 首爾時間 한국시간",
    "Australia/Sydney": "AEST AEDT AET 雪梨時間",
    "Australia/Adelaide": "ACST ACDT",
    "Australia/Perth": "AWST",
    "Pacific/Auckland": "NZST NZDT NZT",
    "UTC": "UTC GMT 格林威治時間 格林尼治时间",
}
_BY_NAME = {name: zone for zone, names in _ZONES.items() for name in names.split()}
# Abbreviations that mean another clock in another part of the world: by the paper's own zone, "" where it has none.
_AMBIGUOUS = {
    "CST": {"Asia/": "Asia/Shanghai", "America/": "America/Chicago"},
    "CT": {"America/": "America/Chicago"},
    "IST": {"Asia/Jerusalem": "Asia/Jerusalem", "Europe/": "Europe/Dublin", "": "Asia/Kolkata"},
    "BST": {"Asia/Dhaka": "Asia/Dhaka", "": "Europe/London"},
    "AST": {"Asia/": "Asia/Riyadh", "": "America/Halifax"},
    "PST": {"Asia/Manila": "Asia/Manila", "": "America/Los_Angeles"},
    "EST": {"Australia/": "Australia/Sydney", "": "America/New_York"},
    "GST": {"": "Asia/Dubai"},
}
_OFFSET = re.compile(r"\s*(?:(?:[(\[,]\s?)?(?:GMT|UTC|T?CST|UT) ?)?([+\-−]) ?(\d{1,2})(?::?([0-5]\d))?(?!\d|:\d)")
_ZULU = re.compile(r"Z(?![A-Za-z])")
_NAME = re.compile(
    r"(?<![A-Za-zÀ-ÿ])(?:"
    + "|".join(sorted(map(re.escape, {*_BY_NAME, *_AMBIGUOUS}), key=len, reverse=True))
    + r")(?![A-Za-zÀ-ÿ+\-])"
)


@lru_cache(maxsize=512)
def zone_of(name: str) -> tzinfo | None:
    """The zone of an IANA name, or of an offset such as ``+08:00``; ``None`` where there is none of that name."""
    if offset := re.fullmatch(r"([+-])(\d\d):(\d\d)", name):
        return _fixed(offset[1], int(offset[2]), int(offset[3]))
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def stated_zone(text: str, after: int, *, zone: str | None, languages: Sequence[str]) -> str | None:
    """The zone that the text states for a clock that ends at ``after``: an offset as ``+08:00``, or an IANA name.

    ``zone`` and ``languages`` of the paper decide what an ambiguous abbreviation means: CST is China's in Chinese.
    """
    if _ZULU.match(text, after):
        return "+00:00"
    if (offset := _OFFSET.match(text, after)) and int(offset[2]) <= 14:
        return f"{'+' if offset[1] == '+' else '-'}{int(offset[2]):02d}:{offset[3] or '00'}"
    if not (name := _NAME.search(text)):
        return None
    found = name[0]
    if found in _AMBIGUOUS:
        paper = zone or ""
        if found == "CST" and not paper:
            first = languages[0] if languages else ""
            paper = "Asia/" if first.startswith("zh") else "America/" if first.startswith("en") else ""
        return next((meant for prefix, meant in _AMBIGUOUS[found].items() if paper.startswith(prefix)), None)
    meant = _BY_NAME[found]
    return "+00:00" if meant == "UTC" else meant


def _fixed(sign: str, hours: int, minutes: int) -> tzinfo | None:
    if hours > 14 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(offset if sign == "+" else -offset)
