"""The language of the story, as BCP 47; Chinese is told apart by its script, zh-Hant and zh-Hans.

What a page declares is often the default of its software (``en`` over a Chinese text, ``zh-CN`` over a traditional
one). So the letters of the text decide where they can: a script that belongs to one language, and for Chinese the
share of characters that have a simplified form. The declaration counts for what letters cannot tell.
"""

from __future__ import annotations

import re
from functools import cache

from newsarchive.extract.document import jsonld
from newsarchive.extract.document.structured import Structured
from newsarchive.normalize.text import fold_characters
from newsarchive.reading import Found

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_KANA = re.compile(r"[\u3041-\u30ff]+")
_SCRIPTS = (
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]+")),
    ("el", re.compile(r"[\u0370-\u03ff]+")),
    ("he", re.compile(r"[\u0590-\u05ff]+")),
    ("th", re.compile(r"[\u0e00-\u0e7f]+")),
    ("ka", re.compile(r"[\u10a0-\u10ff]+")),
    ("hy", re.compile(r"[\u0530-\u058f]+")),
    ("ta", re.compile(r"[\u0b80-\u0bff]+")),
    ("te", re.compile(r"[\u0c00-\u0c7f]+")),
    ("bn", re.compile(r"[\u0980-\u09ff]+")),
)
# Scripts that several languages share: they only refuse a declaration of a language written otherwise.
_SHARED = (
    (re.compile(r"[\u0400-\u04ff]+"), "ru", {"ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "tt", "uz"}),
    (re.compile(r"[\u0600-\u06ff]+"), "ar", {"ar", "fa", "ur", "ps", "ckb", "ug", "sd", "ku"}),
    (re.compile(r"[\u0900-\u097f]+"), "hi", {"hi", "mr", "ne", "sa", "bho", "mai"}),
)
_OTHER_LETTER = re.compile(r"[\u0370-\u1dff\u2c00-\ud7ff\uf900-\ufaff]")
_NO_LETTER = re.compile(r"[\W\d_]+")
_NOT_LATIN = frozenset(
    {"zh", "ja", "ko", "th", "he", "el", "ka", "hy", "ta", "te", "bn", "ru", "uk", "be", "bg", "mk", "mn", "kk", "ky"}
    | {"tg", "ar", "fa", "ur", "ps", "hi", "mr", "ne"}
)
_TAG = re.compile(r"[a-z]{2,3}", re.IGNORECASE)
# Traditional text has a simplified form for every third character; simplified text for one in a hundred (quotations,
# names). Between them nothing was seen.
_TRADITIONAL = 0.06
_SAMPLE = 1500  # characters that are looked at


def language(data: Structured, text: str, url: str) -> Found | None:
    """The language of ``text`` (headline and body), with what the page of ``url`` declares."""
    sample = text[:_SAMPLE]
    if not sample.strip():
        declared = _declared(data)
        if declared is not None and declared.value == "zh":
            return Found("zh-Hant" if _traditional_region(data, url) else "zh-Hans", declared.rule)
        return declared
    if not _OTHER_LETTER.search(sample):
        return _latin(_declared(data))
    han, kana = _count(_HAN, sample), _count(_KANA, sample)
    if not kana and han > 0.3 * len(sample):  # of its letters even more
        return _chinese(sample, han)
    letters = len(_NO_LETTER.sub("", sample)) or 1
    if han + kana > 0.3 * letters:
        if kana > 0.05 * letters:
            return Found("ja", "text: kana")
        return _chinese(sample, han)
    for code, script in _SCRIPTS:
        if _count(script, sample) > 0.4 * letters:
            return Found(code, "text: script")
    declared = _declared(data)
    for script, usual, codes in _SHARED:
        if _count(script, sample) > 0.4 * letters:
            return declared if declared and declared.value in codes else Found(usual, "text: script")
    return _latin(declared)


def _latin(declared: Found | None) -> Found | None:
    """The declaration, where it is of a language that is written in Latin letters."""
    return None if declared is not None and declared.value in _NOT_LATIN else declared


def _count(script: re.Pattern[str], text: str) -> int:
    """How many of the characters are of ``script``, which matches runs of them."""
    return len(text) - len(script.sub("", text))


def _chinese(text: str, han: int) -> Found:
    changed = _count(_with_simplified_form(), text)
    return Found("zh-Hant" if changed > _TRADITIONAL * han else "zh-Hans", "text: characters")


@cache
def _with_simplified_form() -> re.Pattern[str]:
    """Runs of Han characters that have one; some 15 ms, once."""
    han = "".join(map(chr, (*range(0x3400, 0xA000), *range(0xF900, 0xFB00))))
    return re.compile(f"[{''.join(a for a, b in zip(han, fold_characters(han), strict=True) if a != b)}]+")


def _declared(data: Structured) -> Found | None:
    statements = [
        (data.language, "page: html[lang]"),
        (jsonld.text(data.article.get("inLanguage")), f"json-ld: {data.article_type}.inLanguage"),
        *((value, "meta: content-language") for value in data.meta.get("content-language", ())),
        *((value, "meta: og:locale") for value in data.meta.get("og:locale", ())),
        *((value, "meta: language") for value in data.meta.get("language", ())),
    ]
    for value, rule in statements:
        if (
            value
            and (found := _TAG.match(value.strip()))
            and (code := found.group().lower()) not in ("und", "zxx", "mul")
        ):
            return Found("nb" if code == "no" else code, rule)
    return None


def _traditional_region(data: Structured, url: str) -> bool:
    stated = " ".join([data.language or "", *data.meta.get("og:locale", ())]).lower()
    return bool(re.search(r"hant|tw|hk|mo\b", stated)) or ".tw/" in url or ".hk/" in url
