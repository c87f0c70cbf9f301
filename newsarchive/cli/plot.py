"""Charts as PNG or SVG, drawn by Matplotlib, with labels that may be Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
# Families with traditional characters first: regional forms of a character differ, and these are Taiwan's.
_FONTS = ("Noto Sans CJK TC", "Source Han Sans TC", "Noto Sans TC", "PingFang TC", "Microsoft JhengHei", "Heiti TC",
          "Noto Sans CJK", "WenQuanYi")  # fmt: skip
_MOST_LABELS = 12  # dates below a time axis


class PlotError(Exception):
    """A chart that cannot be drawn; the message says what to install or to type instead."""


def draw(file: Path, values: Sequence[tuple[str, float]], *, title: str, over_time: bool, share: bool) -> None:
    """Draw bars: upright in the order of time, else lying, the first one on top. ``share`` is shown as per cent.

    The file appears under its name when it is whole. Raises `PlotError`, and OSError where it cannot be written.
    """
    if file.suffix.lower() not in (".png", ".svg"):
        raise PlotError(f"{file}: a chart is a .png or a .svg")
    if not values:
        raise PlotError("there are no stories to draw")
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
        from matplotlib.ticker import MaxNLocator, PercentFormatter
    except ModuleNotFoundError as error:
        raise PlotError(f"charts need Matplotlib ({error}): pip install 'newsarchive[plot]'") from None
    labels, heights = [label for label, _ in values], [value for _, value in values]
    with rc_context({"font.family": _families([title, *labels]), "svg.fonttype": "path", "axes.unicode_minus": False}):
        size = (10, 4.5) if over_time else (9, max(2.5, 0.32 * len(values) + 1.2))
        figure = Figure(figsize=size, layout="constrained")
        axes = figure.add_subplot()
        axes.set_title(_plain(title), loc="left")
        axes.spines[["top", "right"]].set_visible(False)
        if over_time:
            axes.bar(range(len(values)), heights, width=0.85 if len(values) < 120 else 1.0, color="#2f6690")
            step = -(-len(values) // _MOST_LABELS)
            axes.set_xticks(range(0, len(values), step), labels[::step], rotation=30, ha="right")
            axes.set_xlim(-0.6, len(values) - 0.4)
        else:
            axes.barh(range(len(values)), heights, color="#2f6690")
            axes.set_yticks(range(len(values)), [_plain(label) for label in labels])
            axes.invert_yaxis()
        numbers = axes.yaxis if over_time else axes.xaxis
        if share:
            numbers.set_major_formatter(PercentFormatter(1))
        else:
            numbers.set_major_locator(MaxNLocator(integer=True))
        axes.grid(axis="y" if over_time else "x", color="#dddddd")
        axes.set_axisbelow(True)
        _save(figure, file)


def _save(figure: Any, file: Path) -> None:
    half = file.with_name(f".{file.name}.half")
    try:
        figure.savefig(half, format=file.suffix[1:].lower(), dpi=150)
        half.replace(file)
    except OSError as error:  # where a write fails, the system does not say of which file
        raise OSError(error.errno, error.strerror, str(file)) from error
    finally:
        half.unlink(missing_ok=True)


def _plain(text: str) -> str:
    """A text that Matplotlib does not take for mathematics."""
    return text.replace("$", r"\$")


def _families(texts: Iterable[str]) -> list[str]:
    """Fonts that have every character, those for Chinese behind the usual one. Raises `PlotError`."""
    from matplotlib.font_manager import fontManager

    found = _CJK.search("".join(texts))
    if found is None:
        return ["DejaVu Sans"]
    if (name := _preferred()) is None:
        _meet_new_fonts()
        name = _preferred()
    if name is not None:
        return ["DejaVu Sans", name]
    for font in fontManager.ttflist:
        if _has(font.fname, found.group()):
            return ["DejaVu Sans", font.name]
    raise PlotError(
        "no font with Chinese characters is installed; install one, for example: apt-get install fonts-noto-cjk"
    )


def _preferred() -> str | None:
    from matplotlib.font_manager import fontManager

    there = sorted({font.name for font in fontManager.ttflist})
    return next((name for wanted in _FONTS for name in there if name.startswith(wanted)), None)


def _meet_new_fonts() -> None:
    """Take up fonts that were installed since Matplotlib first looked: it keeps a list of them for ever."""
    from matplotlib.font_manager import findSystemFonts, fontManager

    known = {font.fname for font in fontManager.ttflist}
    for path in sorted({*findSystemFonts()} - known):
        with suppress(OSError, RuntimeError):  # no font that it can read
            fontManager.addfont(path)


def _has(path: str, character: str) -> bool:
    from matplotlib.ft2font import FT2Font

    try:
        return bool(FT2Font(path).get_char_index(ord(character)))
    except (OSError, RuntimeError):
        return False
