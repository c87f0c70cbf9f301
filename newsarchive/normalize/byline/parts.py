"""What the grammars of bylines fill in as they read."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsarchive.article import Author
from newsarchive.normalize.organisations import is_desk, is_own

# Named as a source, and none.
_NOWHERE = frozenset(("网络", "網路", "網絡", "互联网", "互聯網", "綜合", "综合", "网络综合", "原创", "原創"))


@dataclass(slots=True)
class Parts:
    """What a byline says, as it is found."""

    authors: list[Author] = field(default_factory=list)
    provider: str | None = None
    desk: str | None = None
    place: str | None = None
    kind: str | None = None

    def organisation(self, name: str) -> None:
        """Note an organisation or desk; the first of each counts."""
        name = name.strip(" 《》〈〉-－—")
        if not name or is_own(name) or name in _NOWHERE:
            return
        if is_desk(name):
            self.desk = self.desk or name
        else:
            self.provider = self.provider or name
