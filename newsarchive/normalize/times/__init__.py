"""Times as newspapers print them: raw string in, instant, zone, basis and precision out.

ISO and the numeric, Chinese, Japanese, Korean and written European forms are read here, because dateparser gets many of
them wrong without a word (18日, CST, 02/19 21:07, ROC years) and needs milliseconds; it only names months.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from newsarchive.article import Moment, TimeBasis, TimePrecision
from newsarchive.normalize.text import HAN_CHARACTER, clean
from newsarchive.normalize.times.clocks import Clock, find_clock
from newsarchive.normalize.times.dates import arabic_digits, find_date, find_yearless_date, thai_as_common
from newsarchive.normalize.times.zones import stated_zone, zone_of

_ISO = re.compile(
    r"\s*((?:19|20)\d\d)-(\d\d)-(\d\d)(?:(?:T|\s+|T\s)(\d\d):(\d\d)(?::(\d\d)(?:[.,:]\d+)?)?\s*"
    r"(?:(Z|UTC|GMT)|([+-]\d\d):?(\d\d)?)?(?:\[[\w/]+\])?)?\s*"
)
# 2026-02-19 HKT 21:07
_ZONE_BETWEEN = re.compile(r"(\d[-/.]\d{1,2}[-/.]\d{1,4}) ([A-Z]{3,4}) (\d{1,2}:\d{2}(?::\d{2})?)\b")
_EPOCH = re.compile(r"\s*(\d{10})(?:\.\d+|\d{3})?\s*")
_LONGEST = 200
_SENTENCE = re.compile(r"[。！？!?](?!$)")
# What may stand beside a date on its line: labels, sources, names. More than this is a sentence.
_MOST_HAN, _MOST_WORDS = 30, 18
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_COMPACT_CLOCK = re.compile(r"([01]\d|2[0-3])([0-5]\d)([0-5]\d)?(?!\d)")
_DOTTED = re.compile(r",?\s+([01]?\d|2[0-3])\.([0-5]\d)(?![.\d])")  # 22.11.2024 07.57
_BARE = re.compile(r"[^\d:]{0,12}:?\s*$")  # a label and nothing else
_AGO = re.compile(
    r"(?P<n>\d+|半|幾|几)\s?個?个?(?P<unit>秒|分鐘|分钟|小時|小时|鐘頭|日|天|週|周)(?:鐘|钟)?[之以]?前"
    r"|(?P<n2>\d+)\s(?P<unit2>sec|min|hour|hr|day|week)\w*\sago"
)
_DAYS = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2, "前日": 2, "today": 0, "yesterday": 1}
_DAY_WORD = re.compile("|".join(_DAYS), re.IGNORECASE)
_JUST_NOW = re.compile(r"剛剛|刚刚|剛才|刚才|just now", re.IGNORECASE)
_SECONDS = {"秒": 1, "分": 60, "小": 3600, "鐘": 3600, "日": 86400, "天": 86400, "週": 604800, "周": 604800}
_SECONDS |= {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def parse_time(
    raw: str,
    *,
    zone: str | None = None,
    basis: TimeBasis = "site_zone",
    languages: Sequence[str] = (),
    reference: datetime | None = None,
) -> Moment | None:
    """Read a time as printed, or ``None`` where it is none. Labels and names beside it do no harm.

    ``zone`` is the IANA zone of the paper's clock, and ``basis`` how that zone is known; both count where the string
    states no zone of its own. Without either, ``utc`` is ``None`` and only the date is certain. ``languages`` are BCP
    47 tags. ``reference`` (aware) is the time of the page: only with it are relative times (昨日 21:07, 3小時前) and
    dates without a year read, and only where nothing but a label stands beside them; a bare day (18日) never is.
    A time in the future is a value like any other. A local time that daylight saving skips is read with the offset
    before the change, one that it repeats as the first.
    """
    if iso := _ISO.fullmatch(raw):
        return _iso(iso, raw, zone, basis)
    if len(raw) > _LONGEST:
        return None
    if epoch := _EPOCH.fullmatch(raw):
        utc = datetime.fromtimestamp(int(epoch[1]), UTC)
        return _stated(utc, raw, "+00:00", zone, "second")
    text = arabic_digits(unicodedata.normalize("NFKC", clean(raw)))
    text = _ZONE_BETWEEN.sub(r"\1 \3 \2", text)
    if _THAI.search(text):
        text = thai_as_common(text)
    if not any(character.isdigit() for character in text) and reference is None:
        return None
    if _SENTENCE.search(text) or len(HAN_CHARACTER.findall(text)) > _MOST_HAN or len(text.split()) > _MOST_WORDS:
        return None
    if printed := find_date(text, zone=zone, languages=languages):
        following = find_date(text[printed.end :], zone=zone, languages=languages)
        until = printed.end + following.start if following else len(text)
        clock = _clock(text, printed.start, printed.end, until)
        return _moment(printed.day, clock, text, raw, zone, basis, languages)
    return _relative(text, raw, zone, basis, languages, reference) if reference is not None else None


def _iso(iso: re.Match[str], raw: str, zone: str | None, basis: TimeBasis) -> Moment | None:
    year, month, day, hour, minute, second, zulu, hours, minutes = iso.groups()
    try:
        printed = date(int(year), int(month), int(day))
    except ValueError:
        return None
    if hour is None:
        return _moment(printed, None, "", raw, zone, basis, ())
    clock = Clock(int(hour), int(minute), int(second) if second else None, 0)
    stated = "+00:00" if zulu else f"{hours}:{minutes or '00'}" if hours else None
    return _at(printed, clock, raw, stated, zone, basis)


def _clock(text: str, start: int, end: int, until: int) -> Clock | None:
    """The time of day beside a date: behind it, glued to it, or before it."""
    if compact := _COMPACT_CLOCK.match(text, end):
        return Clock(int(compact[1]), int(compact[2]), int(compact[3]) if compact[3] else None, compact.end())
    if dotted := _DOTTED.match(text, end):
        return Clock(int(dotted[1]), int(dotted[2]), None, dotted.end())
    return find_clock(text[:until], end) or find_clock(text, 0, start) or find_clock(text[start:end])


def _moment(
    day: date,
    clock: Clock | None,
    text: str,
    raw: str,
    zone: str | None,
    basis: TimeBasis,
    languages: Sequence[str],
) -> Moment | None:
    if clock is not None:
        return _at(day, clock, raw, stated_zone(text, clock.end, zone=zone, languages=languages), zone, basis)
    known = zone_of(zone) if zone else None
    midnight = datetime.combine(day, time(), known).astimezone(UTC) if known else None
    return Moment(
        utc=midnight,
        date=day.isoformat(),
        raw=raw,
        zone=zone if known else None,
        basis=basis if known else "unknown",
        precision="day",
    )


def _at(day: date, clock: Clock, raw: str, stated: str | None, zone: str | None, basis: TimeBasis) -> Moment | None:
    if clock.hour > 24 or clock.minute > 59 or (clock.hour == 24 and clock.minute):
        return None
    precision: TimePrecision = "minute" if clock.second is None else "second"
    printed = datetime.combine(day, time(clock.hour % 24, clock.minute, min(clock.second or 0, 59)))
    printed += timedelta(days=clock.hour // 24)
    if stated and (known := zone_of(stated)):
        return _stated(_utc(printed, known), raw, stated, zone, precision)
    if zone and (known := zone_of(zone)):
        return Moment(
            utc=_utc(printed, known), date=f"{printed:%Y-%m-%d}", raw=raw, zone=zone, basis=basis, precision=precision
        )
    return Moment(utc=None, date=f"{printed:%Y-%m-%d}", raw=raw, basis="unknown", precision=precision)


def _utc(printed: datetime, zone: tzinfo) -> datetime:
    return printed.replace(tzinfo=zone).astimezone(UTC)


def _stated(utc: datetime, raw: str, stated: str, zone: str | None, precision: TimePrecision) -> Moment:
    """A moment whose zone is printed. UTC is a machine's clock: the day is then that of the paper's own zone."""
    here = zone_of(zone) if zone else None
    own = zone_of(stated) or UTC
    if here and (stated == "+00:00" or utc.astimezone(here).utcoffset() == utc.astimezone(own).utcoffset()):
        stated, own = zone or stated, here
    return Moment(
        utc=utc,
        date=f"{utc.astimezone(own):%Y-%m-%d}",
        raw=raw,
        zone=stated,
        basis="stated_offset",
        precision=precision,
    )


def _relative(
    text: str,
    raw: str,
    zone: str | None,
    basis: TimeBasis,
    languages: Sequence[str],
    reference: datetime,
) -> Moment | None:
    """A time counted from the page's own, or a date without its year."""
    here = zone_of(zone) if zone else None
    now = reference.astimezone(here or UTC)
    if found := _AGO.search(text):
        unit = _SECONDS[(found["unit"] or found["unit2"])[0]]
        count = found["n"] or found["n2"]
        if not _BARE.fullmatch(text[: found.start()]) or count in ("幾", "几") or text[found.end() :].strip(" )"):
            return None
        seconds = unit * (0.5 if count == "半" else min(int(count), 10_000))
        return _ago(now - timedelta(seconds=seconds), raw, zone if here else None, unit)
    if _JUST_NOW.fullmatch(text):
        return _ago(now, raw, zone if here else None, 60)
    if found := _DAY_WORD.search(text):
        day, start, end = (now - timedelta(days=_DAYS[found[0].lower()])).date(), found.start(), found.end()
    elif printed := find_yearless_date(text, now.date()):
        day, start, end = printed.day, printed.start, printed.end
    else:
        return None
    clock = _clock(text, start, end, len(text))
    beside = text[clock.end if clock and clock.end > end else end :]
    if not _BARE.fullmatch(text[:start]) and not (clock and clock.end <= start):
        return None
    if len(HAN_CHARACTER.findall(beside)) > 4:
        return None
    return _moment(day, clock, text, raw, zone, basis, languages)


def _ago(local: datetime, raw: str, zone: str | None, unit: int) -> Moment:
    precision: TimePrecision = "day" if unit >= 86400 else "minute"
    if precision == "day":
        local = datetime.combine(local.date(), time(), local.tzinfo)
    return Moment(
        utc=local.astimezone(UTC).replace(second=0, microsecond=0),
        date=f"{local:%Y-%m-%d}",
        raw=raw,
        zone=zone,
        basis="inferred",
        precision=precision,
    )
