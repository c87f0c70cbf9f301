"""One form of text: white space, invisible characters, left-over entities; and the keys by which texts are compared."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache, lru_cache

# Entities that survived the parser were encoded twice ("&amp;quot;"); only those with their semicolon are decoded,
# so that "AT&T" and "R&D" stay as written.
_ENTITY = re.compile(r"&(?:(?:amp|#0*38|#[xX]0*26);)*(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
HAN_CHARACTER = re.compile(r"[\u3400-\u9fff]")
"""A Chinese character of the usual blocks: where it stands, the text is written in Chinese or Japanese."""
_SHORT = 100  # characters of a text whose key is kept
# Nested more deeply than this is no text but an attack; each pass must stay linear.
_ENTITY_PASSES = 4

# Byte order marks, soft hyphens, zero-width spaces and direction marks carry no wording. Control characters are not
# text, and a lone surrogate cannot be stored as UTF-8.
_INVISIBLE = (
    *((0x00, 0x09), (0x0E, 0x1C), (0x7F, 0x85), (0x86, 0xA0), (0xAD, 0xAE), (0x61C, 0x61D), (0x180E, 0x180F)),
    *((0x200B, 0x200C), (0x200E, 0x2010), (0x202A, 0x202F), (0x2060, 0x2070), (0xFEFF, 0xFF00), (0xFFF9, 0xFFFC)),
)
_GONE: dict[int, str | None] = {code: None for start, end in _INVISIBLE for code in range(start, end)}
_GONE.update(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))

# The joiners shape Arabic and Indic letters and hold emoji together; anywhere else they are debris.
_STRAY_JOINER = re.compile(r"(?<![\u0600-\u109f\u1780-\u17ff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]+")
_UNSEEN = re.compile(
    "[" + "".join(map(re.escape, map(chr, _GONE))) + "\u200c\u200d]"
)  # a look costs less than a deletion


def clean(text: str) -> str:
    """The text in one form: NFC, entities decoded, invisible characters gone, every run of white space one blank.

    Paragraphs are the caller's: a line break is white space here. Wording, quotation marks and Chinese punctuation,
    full width included, stay as printed. ``clean(clean(text)) == clean(text)``.
    """
    if text.isprintable() and "&" not in text:  # most texts: nothing invisible, no white space but blanks, no entity
        text = unicodedata.normalize("NFC", text)
        return " ".join(text.split()) if "  " in text or text[:1] == " " or text[-1:] == " " else text
    text = _visible(text)
    for _ in range(_ENTITY_PASSES if "&" in text else 0):
        decoded = _ENTITY.sub(lambda entity: html.unescape(f"&{entity[1]};"), text)
        if decoded == text:
            break
        text = _visible(decoded)
    return " ".join(text.split())


def _visible(text: str) -> str:
    if not _UNSEEN.search(text):
        return unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", _STRAY_JOINER.sub("", text.translate(_GONE)))


def fold(text: str) -> str:
    """A key that compares texts: width, case, traditional or simplified form, white space and punctuation are gone."""
    return _fold_short(text) if len(text) < _SHORT else _fold(text)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().translate(_key_characters())


_fold_short = lru_cache(maxsize=4096)(_fold)  # a headline, a name: compared with everything on its page


def fold_characters(text: str) -> str:
    """The text folded character by character: narrow, lower case, simplified. As long as ``text``, offsets hold."""
    return text.translate(_single_characters())


# Han characters with a code point of their own: the blocks in which OpenCC's table has entries.
_HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x323B0))


@cache
def _simplified() -> dict[int, str]:
    """OpenCC's traditional-to-simplified characters, from the library's own converter; about 50 ms, once.

    Characters are converted on lines of their own, which keeps its phrase rules out: 乾 is 干 in every word, so that a
    text and its conversion by whatever tool meet. OpenCC leaves 著 alone, because 著 and 着 are two characters in
    simplified Chinese and one in Taiwan; a key must not tell them apart.
    """
    from opencc import OpenCC  # 20 ms, needed only where something is folded

    characters = [chr(code) for start, end in _HAN for code in range(start, end)]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    table = {ord(old): new for old, new in zip(characters, converted, strict=True) if old != new and len(new) == 1}
    table[ord("着")] = "著"
    return table


class _KeyCharacters(dict[int, str | None]):
    """Each character simplified, or deleted where it is no letter, mark or number; filled as characters are met."""

    def __missing__(self, code: int) -> str | None:
        character = _simplified().get(code, chr(code))
        kept = character if unicodedata.category(character)[0] in "LMN" else None
        self[code] = kept
        return kept


class _SingleCharacters(dict[int, str]):
    """Each character's one-character fold; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        narrow = unicodedata.normalize("NFKC", character)
        if len(narrow) == 1:
            character = narrow
        lower = character.lower()
        character = lower[0] if len(lower) == 1 or character == "İ" else character
        folded = _simplified().get(ord(character), character)
        self[code] = folded
        return folded


@cache
def _key_characters() -> _KeyCharacters:
    return _KeyCharacters()


@cache
def _single_characters() -> _SingleCharacters:
    return _SingleCharacters()
