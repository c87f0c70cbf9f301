"""A difference as a page for a browser. It stands alone: no script, nothing loaded from anywhere."""

from __future__ import annotations

from html import escape

from newsarchive.archive.differences import FieldDifference
from newsarchive.archive.lookup import ArchivedArticle, Revision
from newsarchive.archive.writing.wording import Wording
from newsarchive.normalize.difference import Part

_MINUTE = "%Y-%m-%d %H:%M UTC"
_ELEMENT = {"delete": "del", "insert": "ins"}
# What scraped pages contain is shown as text; should any of it be taken for markup, the policy keeps it harmless.
_HEAD = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 1.05rem/1.75 system-ui, "Noto Sans TC", "PingFang TC", "Microsoft JhengHei", sans-serif;
  max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #1c1c1c; background: #fff; overflow-wrap: anywhere }}
h1 {{ font-size: 1.5rem; line-height: 1.35 }} h2 {{ font-size: .95rem; color: #666; margin: 2rem 0 .3rem }}
p {{ margin: .6rem 0 }} .meta, .same, ol {{ color: #666; font-size: .9rem }}
del {{ background: #fde4e1; color: #8c1d12 }} ins {{ background: #dcf3e0; color: #0c5226 }}
@media (prefers-color-scheme: dark) {{
  body {{ color: #e6e6e6; background: #161616 }} h2, .meta, .same, ol {{ color: #a0a0a0 }}
  del {{ background: #4a1a16; color: #ffc9c2 }} ins {{ background: #123a20; color: #b9efc8 }} a {{ color: #8ab4f8 }} }}
</style>
</head>
<body>
"""


def as_html(
    article: ArchivedArticle, old: Wording, new: Wording, steps: list[Revision], changed: list[FieldDifference]
) -> str:
    """Write the page; whatever a wording contains is text on it."""
    url = article.article.url
    address = f'<a href="{escape(url)}" rel="noreferrer">{escape(url)}</a>'
    if not url.startswith(("http://", "https://")):
        address = escape(url)
    sides = " → ".join(f"{side['number']} ({side['observed_at']:{_MINUTE}})" for side in (old, new))
    lines = [
        _HEAD.format(lang=escape(new["language"] or ""), title=escape(new["headline"])),
        f"<h1>{escape(new['headline'])}</h1>\n",
        f'<p class="meta">{escape(article.source)} · #{article.id} · {address}<br>{sides}</p>\n',
        f'<ol start="{min(old["number"], new["number"]) + 1}">\n',
    ]
    for step in steps:
        fields = escape(", ".join(step.changed_fields))
        lines.append(f"<li>{step.observed_at:{_MINUTE}} · {escape(step.told)} · {fields}</li>\n")
    lines.append("</ol>\n")
    for difference in changed:
        lines.append(f"<h2>{escape(difference.field)}</h2>\n")
        lines += [f"<p{_quiet(parts)}>{''.join(map(_marked, parts))}</p>\n" for parts in difference.paragraphs]
    if not changed:
        lines.append("<p>Nothing that a reader sees differs.</p>\n")
    return "".join([*lines, "</body>\n</html>\n"])


def _quiet(parts: list[Part]) -> str:
    return ' class="same"' if all(part.operation == "equal" for part in parts) else ""


def _marked(part: Part) -> str:
    text = escape(part.text)
    element = _ELEMENT.get(part.operation)
    return f"<{element}>{text}</{element}>" if element else text
