"""Captions: the sentence about the picture, and the credit that says whose it is."""

from __future__ import annotations

import re


def split_credit(caption: str) -> tuple[str | None, str | None]:
    """``(caption, credit)``, both without brackets; ``None`` for what is not there."""
    found = re.fullmatch(r"(.*?)\s*[(（]([^()（）]+)[)）]\s*", caption, re.DOTALL)
    return (found[1] or None, found[2]) if found else (caption or None, None)


def one_caption(copies: list[str]) -> str | None:
    """The one caption of a picture whose caption is printed several times, some copies cut with ``...``."""
    return max(copies, key=len, default=None)
