"""Whose clock a page prints, where it does not say so: inferred from the country of the host, the locale, the language.

Nothing here is certain, and what is inferred is marked so. A page of which neither country nor language is known, or
whose country has several clocks (the United States), gets no zone.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from newsarchive.extract.document.structured import Structured

# Countries with several zones of which the national press prints one: the capital's, or that of nearly all readers.
_PRESS_ZONE = {
    "AR": "America/Argentina/Buenos_Aires", "BR": "America/Sao_Paulo", "CL": "America/Santiago", "CN": "Asia/Shanghai",
    "CY": "Asia/Nicosia", "DE": "Europe/Berlin", "EC": "America/Guayaquil", "ES": "Europe/Madrid",
    "ID": "Asia/Jakarta", "KZ": "Asia/Almaty", "MN": "Asia/Ulaanbaatar", "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur", "NZ": "Pacific/Auckland", "PT": "Europe/Lisbon", "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv", "UZ": "Asia/Tashkent",
}  # fmt: skip
# Languages whose press is nearly all in one zone. Chinese of either script: mainland, Taiwan, Hong Kong, Macau and
# Singapore all keep +08:00.
_LANGUAGE_ZONE = {
    "zh-Hant": "Asia/Taipei", "zh-Hans": "Asia/Shanghai", "zh": "Asia/Shanghai", "ja": "Asia/Tokyo",
    "ko": "Asia/Seoul", "de": "Europe/Berlin", "it": "Europe/Rome", "nl": "Europe/Amsterdam", "pl": "Europe/Warsaw",
    "cs": "Europe/Prague", "sk": "Europe/Bratislava", "hu": "Europe/Budapest", "sv": "Europe/Stockholm",
    "da": "Europe/Copenhagen", "nb": "Europe/Oslo", "nn": "Europe/Oslo", "no": "Europe/Oslo", "fi": "Europe/Helsinki",
    "is": "Atlantic/Reykjavik", "el": "Europe/Athens", "bg": "Europe/Sofia", "ro": "Europe/Bucharest",
    "hr": "Europe/Zagreb", "sl": "Europe/Ljubljana", "sr": "Europe/Belgrade", "uk": "Europe/Kyiv",
    "tr": "Europe/Istanbul", "he": "Asia/Jerusalem", "hi": "Asia/Kolkata", "th": "Asia/Bangkok",
    "vi": "Asia/Ho_Chi_Minh", "id": "Asia/Jakarta",
}  # fmt: skip
# Country domains that the world uses as names; they say nothing of the country.
_NO_COUNTRY = {
    "tv", "io", "co", "me", "ai", "fm", "to", "cc", "ly", "gg",
    "sh", "ws", "la", "vc", "ac", "im", "nu", "st", "eu",
}  # fmt: skip

# Languages whose code is that of their country too.
_NAMED_ALIKE = frozenset(
    ("az", "bg", "de", "es", "fi", "fr", "hr", "hu", "id", "is", "it", "lt", "lv", "mk", "mn", "mt", "nl", "no", "pl",
     "pt", "ro", "ru", "rw", "sk", "so", "th", "tr", "uz")
)  # fmt: skip


@cache
def _zones() -> dict[str, str]:
    """Country code to zone, for the countries that keep one clock, from the time zone database itself."""
    zones: dict[str, list[str]] = {}
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            zones.setdefault(country, []).append(zone)
    return {country: found[0] for country, found in zones.items() if len(found) == 1} | _PRESS_ZONE


def _said_twice(locale: str) -> bool:
    """Whether a locale has only the language, once more in capitals: ar_AR is Arabic, and not Argentina."""
    tongue, _, region = locale.replace("_", "-").partition("-")
    return tongue.upper() == region and tongue not in _NAMED_ALIKE


def press_zone(url: str, data: Structured, language: str | None) -> str | None:
    """The IANA zone whose clock the page most likely prints, or ``None``."""
    try:
        top = (urlsplit(url).hostname or "").rpartition(".")[2]
    except ValueError:
        top = ""
    if len(top) == 2 and top not in _NO_COUNTRY:
        return _zones().get("GB" if top == "uk" else top.upper())
    for locale in (*data.meta.get("og:locale", ()), data.language or ""):
        region = locale.replace("_", "-").rpartition("-")[2]
        # Many sites leave their software's default in place, and that is American or British English.
        if len(region) == 2 and region.isupper() and region not in ("US", "GB") and not _said_twice(locale):
            return _zones().get(region)
    if language:
        return _LANGUAGE_ZONE.get(language) or _LANGUAGE_ZONE.get(language.partition("-")[0])
    return None
