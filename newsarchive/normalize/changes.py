"""What an edit of a text touches: whether it says something else now, or only looks better.

An edit is cosmetic where all that it touches is punctuation, white space, width, case, traditional or simplified form,
spelling, small words, or the order of sentences. All else is substantive, and told by its reasons.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from newsarchive.normalize.difference import tokens
from newsarchive.normalize.names import HAN, is_name
from newsarchive.normalize.text import fold

REASONS = ("numbers", "names", "quotes", "negations", "words", "length", "additions", "correction", "dates")
"""Why a change is substantive, in the order in which they are told."""

# Letters that came or went, a word counting as two Han characters: a clause, hardly ever a matter of style alone.
_LONG = 20

_SENTENCE_END = re.compile(r"(?<=[。！？!?；;\n])|(?<=[.:…])\s")

_DIGITS = re.compile(r"\d+(?:[.,:/]\d+)*")
# 一 and its kind stand in many words; a run of several, or one before a unit of counting, is a number.
_NUMERALS = "〇零一二两三四五六七八九十百千万亿"
_UNIT = (
    "人名位个家间天日月年岁时分秒点次件项条亿万千百元块美公里吨尺"
    "米层栋辆架艘台支只枚度倍成届级号票死伤周所处桩宗份张杯瓶例%％"
)
_NUMERAL = re.compile(f"[{_NUMERALS}]{{2,}}|[{_NUMERALS}](?=[{_UNIT}])")

_QUOTES = re.compile(
    r"「([^」\n]+)」|『([^』\n]+)』|“([^”\n]+)”|„([^“”\n]+)[“”]|«([^»\n]+)»|»([^«\n]+)«|\"([^\"\n]{2,400})\""
)
# A quotation shorter than this (Han characters; letters of a word count half) is a term in quotation marks.
_SAID = 5

# Folded, so simplified: 不过 不少 and their like deny nothing.
_HAN_NEGATION = re.compile(
    r"不(?![过少仅只同久但断错妨如论管免料满])|没|未(?![来婚])|无(?![线论数障人])|非(?![洲常裔])|否(?![则])|勿|并无|从未|毫无"
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|neither|nor|none|nobody|nothing|without|cannot|\w+n['’]t|nicht|kein\w*|nie|niemals|ohne"
    r"|ne|pas|jamais|aucune?|sans|nunca|jamás|sin|ningun[oa]?s?|ningún|não|nem|sem|non|mai|senza|niet|geen|не|нет)\b"
    r"|ない|ません|않|없|아니",
    re.IGNORECASE,
)

_SAYS = re.compile(
    r"說|说|表示|指出|稱|称|認為|认为|強調|强调|坦言|透露|回應|回应|告訴|告诉|先生|女士|小姐|太太|指控|批評|批评|宣布"
)
_TITLE = re.compile(
    r"[員员長长師师授官席統统警]|記者|记者|總理|总理|書記|书记|經理|经理|主任|總監|总监|發言人|发言人|被告|嫌犯|死者"
)
_CAPITALISED = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")

# Small words that come and go with style.
_SMALL_HAN = frozenset("的得地了著过于在是和与及并则就都也又还以将把被对从向到而且之其此这那所等个也很再后中上下里")
_SMALL_WORDS = """
a an the of to in on at by for from with and or as is are was were be been being that this these those which who it its
their his her has have had will also then than so such said says
der die das den dem des ein eine einer einem einen und oder zu im am von mit für auf ist sind war
le la les un une du et ou à au aux en que qui est el los las lo una y o del al por para con se es il gli i uno e di da
"""
_SMALL = frozenset(_SMALL_WORDS.split())
# One of these for another is no slip of the pen.
_TELLING = frozenset(
    "涨跌升降增减多少赞反胜败输赢生死男女父母子夫妻兄弟姐妹东西南北左右今昨明前加买卖进出开关有主客真假好坏大小高低老黑白红绿蓝杀伤救捕判"
)
# Words as alike as this are one, spelled another way.
_SPELLING = 0.75


def reasons_of(old: str | None, new: str | None) -> list[str]:
    """Why the step from one text to the other is substantive: some of ``REASONS``, empty where it is cosmetic."""
    before, after = _differing(old or "", new or "")
    if not before and not after:
        return []
    found = {
        "numbers": _numbers(before) != _numbers(after),
        "names": _names_differ(before, after, old or "", new or ""),
        "quotes": _quotes(old or "") != _quotes(new or ""),
        "negations": _negations(before) != _negations(after),
    }
    gone, come = (Counter(_words(side)) for side in (before, after))
    gone, come = gone - come, come - gone
    found["length"] = _weight(gone) + _weight(come) >= _LONG
    found["words"] = _other_words(gone, come)
    return [reason for reason in REASONS if found.get(reason)]


def _differing(old: str, new: str) -> tuple[list[str], list[str]]:
    """The sentences that only one of the texts has, whatever their order and punctuation."""
    sides = [Counter(filter(None, map(str.strip, _SENTENCE_END.split(text)))) for text in (old, new)]
    rest = (sides[0] - sides[1], sides[1] - sides[0])
    keyed = [[(fold(sentence), sentence) for sentence in side.elements()] for side in rest]
    keys = [Counter(key for key, _ in side) for side in keyed]
    if "".join(key for key, _ in keyed[0]) == "".join(key for key, _ in keyed[1]):
        return [], []  # only cut into sentences another way
    only = (keys[0] - keys[1], keys[1] - keys[0])
    return [s for key, s in keyed[0] if key in only[0]], [s for key, s in keyed[1] if key in only[1]]


def _numbers(sentences: Sequence[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for sentence in sentences:
        plain = unicodedata.normalize("NFKC", sentence)
        found.update(number.replace(",", "") for number in _DIGITS.findall(plain))
        found.update(_NUMERAL.findall(fold(sentence)))
    return found


def _quotes(text: str) -> Counter[str]:
    said = (fold("".join(groups)) for groups in _QUOTES.findall(text))
    return Counter(words for words in said if sum(2 if re.match(HAN, sign) else 1 for sign in words) >= 2 * _SAID)


def _negations(sentences: Sequence[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for sentence in sentences:
        found.update(_HAN_NEGATION.findall(fold(sentence)))
        found.update(negation.lower() for negation in _NEGATION.findall(sentence))
    return found


def _names_differ(before: Sequence[str], after: Sequence[str], old: str, new: str) -> bool:
    """Whether a name of one side's sentences stands nowhere in the other text, or somebody's surname is another."""
    if any(name not in new for name in _names(before)) or any(name not in old for name in _names(after)):
        return True
    return any(
        one[n] != other[n] and one[:n] == other[:n] and one[n + 1 : n + 3] == other[n + 1 : n + 3]
        and is_name(one[n : n + 3]) and is_name(other[n : n + 3])
        for one, other in zip(before, after, strict=False)
        for n in range(min(len(one), len(other)) - 2)
        if one[n] != other[n]
    )  # fmt: skip


def _names(sentences: Sequence[str]) -> Iterator[str]:
    for sentence in sentences:
        for n, match in enumerate(_CAPITALISED.finditer(sentence)):
            word = match[0]
            # The first word of a sentence is a capital anyway; a name there mostly goes on with another.
            if n and word[0].isupper() and len(word) > 1 and not re.match(HAN, word):
                yield word.removesuffix("'s").removesuffix("’s")
        for match in _SAYS.finditer(sentence):
            yield from _han_name(sentence[max(0, match.start() - 4) : match.start()], at_end=True)
        for match in _TITLE.finditer(sentence):
            yield from _han_name(sentence[match.end() : match.end() + 4], at_end=False)


def _han_name(near: str, *, at_end: bool) -> Iterator[str]:
    for length in (3, 2, 4):
        name = near[-length:] if at_end else near[:length]
        if len(name) == length and is_name(name):
            yield name
            return


def _words(sentences: Sequence[str]) -> Iterator[str]:
    """Words, and single characters of Chinese, folded; punctuation and white space are none."""
    for sentence in sentences:
        for token in tokens(unicodedata.normalize("NFKC", sentence)):
            if word := fold(token).casefold():
                yield word


def _weight(words: Counter[str]) -> int:
    return sum(count * (1 if len(word) == 1 else 2) for word, count in words.items())


def _other_words(gone: Counter[str], come: Counter[str]) -> bool:
    """Whether words with a meaning of their own came or went; another spelling of the same word does not count."""
    han = [
        [word for word in side.elements() if re.match(HAN, word) and word not in _SMALL_HAN] for side in (gone, come)
    ]
    if len(han[0]) > 1 or len(han[1]) > 1 or _TELLING.intersection(han[0] + han[1]):
        return True
    # A single character for another is a slip of the pen put right; one that only came or went may be a small word.
    spelled = [
        [word for word in side.elements() if not re.match(HAN, word) and word not in _SMALL and not word.isdigit()]
        for side in (gone, come)
    ]
    if len(spelled[0]) + len(spelled[1]) > _LONG:
        return True
    left = list(spelled[1])
    for word in spelled[0]:
        alike = next((other for other in left if _alike(word, other)), None)
        if alike is None:
            return True
        left.remove(alike)
    return bool(left)


def _alike(word: str, other: str) -> bool:
    return len(word) > 2 and SequenceMatcher(None, word, other, autojunk=False).ratio() >= _SPELLING
