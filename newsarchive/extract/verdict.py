"""Whether a page that came with status 200 is an article at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsarchive.extract.marks import TEASER

if TYPE_CHECKING:
    from newsarchive.article import Article
    from newsarchive.page import Outcome, Page

# Marks of the walls that sites put before their pages, as they stand in the markup.
# Plain phrases, looked for one by one: an alternation that ignores case takes seven times as long.
_WALL = (
    b"cf-chl-", b"/cdn-cgi/challenge-platform", b"cf_chl_opt", b"_incapsula_resource", b"captcha-delivery.com",
    b"px-captcha", b"perimeterx", b"awswaf", b"aws-waf-token", b"ddos-guard", b"sucuri_cloudproxy", b"distil_r_captcha",
    b"geetest", b"kasada", b"bm-verify",
    *(b"class=" + quote + name for quote in (b'"', b"'", b"")
      for name in (b"g-recaptcha", b"h-captcha", b"cf-turnstile")),
)  # fmt: skip
_WALL_WORDS = re.compile(
    r"just a moment|attention required|access denied|access to this page has been denied|robot check|captcha|"
    r"are you (?:a )?(?:human|robot)|verify (?:that )?you are (?:a )?human|verifying you are human|unusual traffic|"
    r"checking your browser|pardon our interruption|security check|enable javascript and cookies|ddos protection|"
    r"request unsuccessful|sicherheitsüberprüfung|sind sie ein mensch|vérification de sécurité|"
    r"comprobación de seguridad|人机验证|人機驗證|安全验证|安全驗證|验证码|驗證碼|访问验证|请稍候|請稍候|"
    r"正在检查您的浏览器|보안 확인|ロボットではありません",
    re.IGNORECASE,
)
_LOGIN_WORDS = re.compile(
    r"(?:please )?(?:log[ -]?in|sign[ -]?in|login|anmelden|einloggen|se connecter|connexion|iniciar sesión|accedi|"
    r"logga in|logg inn|inloggen|войти|会员登录|會員登入|登录|登入|用户登录|ログイン|로그인)(?:\b|(?=\W|$))",
    re.IGNORECASE,
)
_TITLES = re.compile(rb"<(?:title|h1)\b[^>]{0,300}>\s*([^<]{1,200})", re.IGNORECASE)
_PASSWORD = re.compile(rb"<input[^>]{0,300}type=[\"']?password", re.IGNORECASE)
_ENOUGH = 600  # weight of a body (Chinese characters count 2.5) that no wall or login page has
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LOOKED_AT = 400_000  # bytes of a page that are searched for marks


def judge(page: Page, article: Article, *, pay_notice: bool = False) -> Outcome | None:
    """What the page is, if it is no full article: truncated, challenge, paywalled or unreadable; else ``None``.

    A challenge (login pages too) has the marks or words of one and next to no text: an article with a login form or a
    captcha beside its comments is an article. Paid stories, stated or by a ``pay_notice`` under the headline, count
    only where the body is as short as a teaser: many papers state that a page is not free and send it whole.
    """
    if page.truncated:
        return "truncated"
    weight = _weight(article.body or "")
    markup = page.body[:_LOOKED_AT]
    if weight < _ENOUGH and _is_wall(markup, article):
        return "challenge"
    if _is_cut(page.body):
        return "truncated"
    if weight < TEASER and article.headline and (article.paywalled or (article.body and pay_notice)):
        return "paywalled"
    if not article.headline or not article.body:
        return "unreadable"
    return None


def doubts(page: Page, article: Article) -> list[str]:
    """What cannot be true of the article, given when its page was fetched: a date in the future."""
    found = []
    for name, moment in (("published", article.published), ("modified", article.modified)):
        if moment is not None and moment.utc is not None and (moment.utc - page.fetched_at).total_seconds() > 86_400:
            found.append(f"{name} in the future: {moment.raw} (fetched {page.fetched_at:%Y-%m-%d})")
    return found


def _says(markup: bytes, phrases: tuple[bytes, ...]) -> bool:
    lower = markup.lower()
    return any(phrase in lower for phrase in phrases)


def _weight(text: str) -> int:
    return len(text) + len(_HAN.findall(text)) * 3 // 2


def _is_wall(markup: bytes, article: Article) -> bool:
    titles = [article.headline or "", *(title.decode("utf-8", "replace") for title in _TITLES.findall(markup)[:5])]
    if _WALL_WORDS.search("\n".join([*titles, (article.body or "")[:500]])):
        return True
    if _says(markup, _WALL) and not article.body:
        return True
    return any(map(_LOGIN_WORDS.match, titles)) and bool(_PASSWORD.search(markup) or not article.body)


def _is_cut(body: bytes) -> bool:
    """Whether the HTML ends in the middle: inside a tag or a script, or in a text with no element closed after it."""
    tail = body[-4000:].rstrip().lower()
    if not tail or b"</html" in tail or b"</body" in tail or b"<" not in body[:2000]:
        return False
    if tail.rfind(b"<") > tail.rfind(b">"):
        return True
    if body.lower().rfind(b"<script") > body.lower().rfind(b"</script"):
        return True
    return not tail.endswith(b">") and b"<body" in body.lower()
