"""Made-up story pages of the weight real ones have: the fixtures' stories, re-told at random and dressed up to 77 KB.

Seeded: the same number gives the same page. Only the prose differs from page to page in what matters to an archive
(no two pages share a text); the furniture around it is that of a real page: styles, scripts, navigation, hot lists.
"""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path

STORIES = Path(__file__).parents[1] / "tests" / "fixtures" / "worldjournal" / "stories"
WEIGHT = 77_000  # bytes; what a story page of a newspaper weighs before compression

_FIRST_DAY, _A_DAY = date(2023, 1, 1), 150  # stories
_PARAGRAPH = re.compile(r"(<p>)([^<]{30,})(</p>)")
_LINKED = re.compile(r"<(p|h\d)>(?![^<]{30,}</p>).*?</\1>", re.DOTALL)  # with links in them; short ones; subheads
_TEXT = re.compile(r">([^<]*[\u4e00-\u9fff]{2}[^<]*)<")
_RUN = re.compile(r"[\u4e00-\u9fff]{2,}")


@cache
def _templates() -> tuple[tuple[str, str], ...]:
    """The numbers of the fixtures' stories and their pages."""
    pages = [(page.name.partition(".")[0], page.read_text(encoding="utf-8")) for page in sorted(STORIES.glob("*.html"))]
    return tuple(
        (own, page) for own, page in pages if len(_PARAGRAPH.findall(page)) >= 3 and "article-content__editor" in page
    )


@cache
def _words() -> tuple[str, ...]:
    """Pairs of characters as they stand in the fixtures: words, mostly."""
    text = "".join(match[1] for _, page in _templates() for match in _PARAGRAPH.findall(page))
    return tuple(sorted({run[at : at + 2] for run in _RUN.findall(text) for at in range(0, len(run) - 1, 2)}))


def _sentence(chance: random.Random) -> str:
    """Say nothing, in a sentence that no other story has: sentences in common would make them all near-duplicates."""
    return (
        "，".join("".join(chance.choices(_words(), k=chance.randint(3, 7))) for _ in range(chance.randint(2, 4))) + "。"
    )


def story_page(number: int) -> bytes:
    """Make the page of story ``number``, UTF-8, about ``WEIGHT`` bytes."""
    chance = random.Random(number)
    own, page = chance.choice(_templates())

    def retell(match: re.Match[str]) -> str:
        sentences = "".join(_sentence(chance) for _ in range(chance.randint(2, 5)))
        return f"{match[1]}{sentences}{match[3]}"

    def rename(match: re.Match[str]) -> str:
        """The story's own number, or that of an earlier one for each story that it links to."""
        return f"/{match[1]}/{number if match[2] == own else number - 1 - int(match[2]) % 97}"

    page = _PARAGRAPH.sub(retell, page)
    page = _LINKED.sub(lambda block: _TEXT.sub(lambda text: f">{_sentence(chance)}<", block[0]), page)
    page = re.sub(r"/(\d{6})/(99\d{5})", rename, page)
    page = re.sub(r"20\d\d-\d\d-\d\d(?!\d)", f"{_FIRST_DAY + timedelta(days=number // _A_DAY % 1_000)}", page)
    missing = WEIGHT - len(page.encode())
    style = "".join(f".c{chance.randrange(10**6)}{{margin:{n}px;color:#{n:06x}}}\n" for n in range(missing // 2 // 33))
    script = "".join(f'w.push({{"k{n}":"{chance.randrange(10**9):x}","v":[{n},{n + 1}]}});' for n in range(400))
    menu = "".join(f'<li class="menu__item"><a href="/wj/cate/us/{n}">分類{n}</a></li>' for n in range(200))
    page = page.replace("</head>", f"<style>{style}</style></head>", 1)
    return page.replace("</body>", f"<ul class=menu>{menu}</ul><script>{script}</script></body>", 1).encode()
