"""Stories told from lists, tags, video and shop pages by their address alone, on a paper that nobody has described.

A story has a name of its own in its address: a number, a date with something behind it, a slug of several words. A
list has a plain word or nothing. What an address cannot tell, the page does (``extract/page_kind.py``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from newsarchive.discover.stories import Stories, StoryAddress, is_address
from newsarchive.normalize.address import canonical_address, registrable_domain
from newsarchive.page import Listing

AddressKind = Literal["story", "list", "other", "unknown"]

# Files that are no pages.
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|ico|pdf|docx?|xlsx?|pptx?|zip|gz|rar|apk|exe|dmg|mp[34]|m4[av]|wav|webm|mov|avi"
    r"|m3u8|css|m?js|json|xml|rss|atom|txt|woff2?|ttf|eot|ics|epub)$",
    re.IGNORECASE,
)
# Path segments of pages that list, sell, play or serve, in the languages of the papers looked at. A story never stands
# below one of them, whatever follows.
_NO_STORY_WORDS = """
    tag tags topic topics thema themen schlagwort schlagworte stichwort tagged tagging etiqueta etiquetas sujet sujets
    author authors autor autoren auteur auteurs autore autori autores profile profil user users u person people-search
    writer writers columnist columnists contributors contributor journalist journalists staff skribent
    search suche recherche buscar busca buscador cerca sok zoeken hledat arama
    login signin sign-in logout register registration anmelden account konto compte myaccount my-account oauth auth sso
    subscribe subscription subscriptions abo abonnement abonnements abonnieren suscripcion suscripciones assinatura
    newsletter newsletters nyhedsbreve nyhetsbrev alerts
    shop store boutique tienda negozio produkt produkte product products produit cart warenkorb checkout deals coupons
    gutscheine coupon promo-codes voucher vouchers werbung advertise advertising mediadaten media-kit adchoices
    video videos videoteca vidéo vidéos mediathek watch player livestream live-stream livetv live-tv tv-guide
    tv-programm fernsehprogramm podcast podcasts audio radio
    gallery galleries galerie galerien bilder photos photo-gallery fotostrecke fotostrecken fotogalerie galeria galerias
    diaporama portfolio slideshow
    bilderserien bildergalerie bildergalerien web-stories webstories reels shorts shopping
    games game spiele jeux juegos crossword crosswords puzzle puzzles quiz quizzes sudoku horoskop horoscope horoscopes
    wetter weather meteo lottery lotto
    about about-us ueber-uns contact contact-us kontakt impressum imprint privacy privacy-policy datenschutz terms
    terms-of-service terms-of-use agb legal legal-notice cookies cookie-policy mentions-legales aviso-legal careers jobs
    job stellenmarkt immobilien faq help hilfe aide ayuda sitemap sitemaps accessibility disclaimer corrections feedback
    rss feed feeds rssfeed atom wp-json wp-admin wp-content wp-login.php xmlrpc.php cdn-cgi ajax api embed print share
    comments comment kommentare trackback
    event events veranstaltungen kalender calendar agenda obituaries traueranzeigen classifieds marketplace
"""
_NO_STORY = frozenset(_NO_STORY_WORDS.split())
# Words that stand before a story's own name.
_STORY_WORDS = """
    article articles artikel story stories news-story clanek articolo articulo noticia noticias actualite nota notas
    doc newsdetail newsview articleview viewarticle post posts detail content
"""
_STORY = frozenset(_STORY_WORDS.split())
# Segments that number the pages of a list, or turn it into one.
_LIST_WORDS = ("page p pagina seite category categories kategorie categorie categoria cat section archiv archives"
                  " archive index latest newest breaking most-read mostread popular cate list")  # fmt: skip
_LIST = frozenset(_LIST_WORDS.split())
_PAGING = frozenset(("page", "p", "pg", "paged", "offset", "start", "seite", "pagina"))
_SEARCHING = frozenset(
    ("q", "query", "search", "keyword", "keywords", "tag")
)  # and "s" of WordPress, on the home page only
# A story's number in a query.
_ID_NAMES = re.compile(r"(?:news|article|art|story|post|item|doc|content)?_?(?:id|no|aid|nid|sid|idx|seq|idxno)")

_YEAR = r"(?:19|20)\d\d"
_MONTH = r"(?:0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DATE_PARTS = re.compile(rf"(?:{_YEAR}|{_MONTH}|{_DAY}|{_YEAR}[-_.]?{_MONTH}(?:[-_.]?{_DAY})?)", re.IGNORECASE)
_DATED = re.compile(rf"(?:^|/){_YEAR}(?:[-_/]?{_MONTH}(?:[-_/]?{_DAY})?)(?:[/_-]|$)", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:s?html?|php|aspx?|jsp|do|cms|ece|amp)$", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\d)\d{5,}(?!\d)")
# Letters and digits mixed: ld.1759794, AST1F4445T1FUTIL02SM, A2026071220290000630; two digits at least, for words have
# one ("covid-19", "g20"). Behind a comma one is enough, for no word stands there: UAf9GNd, meteorit146.
_CODE = re.compile(r"(?=[^/]*\d)(?=[^/]*[A-Za-z])[A-Za-z0-9_.~-]{6,}$")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORDS = re.compile(r"[-_+]+")

_FEW_WORDS = 4  # from so many words on, a slug is a headline: section names have three at most ("film-tv-and-radio")


def address_kind(url: str) -> AddressKind:
    """Tell what stands at ``url`` on an unknown paper.

    ``other`` are pages that are neither story nor list: shops, videos, services, files. ``unknown``: a page of plain
    words that may be either.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return "other"
    path = unquote(parts.path)
    segments = [segment for segment in path.split("/") if segment]
    query = dict(parse_qsl(parts.query, max_num_fields=50)) if parts.query.count("&") < 50 else {}
    if _FILE.search(path):
        return "other"
    names = [_ENDING.sub("", segment).lower() for segment in segments]
    hosts = (parts.hostname or "").split(".")[:-2]  # shop.paper.example
    if not _NO_STORY.isdisjoint(names) or not _NO_STORY.isdisjoint(hosts):
        return "other"
    if _SEARCHING & query.keys() or ("s" in query and not names):
        return "list"
    if any(_ID_NAMES.fullmatch(name.lower()) and re.search(r"\d{3,}", value) for name, value in query.items()):
        return "story"
    if not names or _is_list(names) or _PAGING & query.keys():
        return "list"
    return _named(names, segments)


def _is_list(names: list[str]) -> bool:
    """A calendar (nothing but dates behind a word or two), or a list by its words."""
    dates = [bool(_DATE_PARTS.fullmatch(name)) for name in names]
    if dates[-1] and not any(len(name) > 4 and name.isdigit() and not dates[at] for at, name in enumerate(names)):
        return True
    if names[-1] in _LIST:
        return True
    return len(names) > 1 and names[-2] in _LIST and not _is_story_name(names[-1])


def _named(names: list[str], segments: list[str]) -> AddressKind:
    """Whether the last segments are a story's own name."""
    own = names[-1]
    if _is_story_name(own):
        return "story"
    if len(names) > 1 and (_is_story_name(names[-2]) or own in ("c", "content", "amp", "full")) and (
        _NUMBER.search(names[-2]) or _CODE.fullmatch(names[-2]) or len(_WORDS.split(names[-2])) > _FEW_WORDS
    ):  # fmt: skip
        return "story"  # /news/11862251/words-of-the-headline/, /20240509/3dd6e33cc6d7/c.html
    words = len([word for word in _WORDS.split(own) if word])
    dated = bool(_DATED.search("/" + "/".join(names[:-1]) + "/"))
    if dated and not _DATE_PARTS.fullmatch(own):
        return "story"
    if len(names) > 1 and names[-2] in _STORY and (words > 1 or any(map(str.isdigit, own))):
        return "story"
    if words >= 3 and _ENDING.search(segments[-1]):
        return "story"
    return "unknown" if words > 1 or len(names) > 1 or any(map(str.isdigit, own)) else "list"


def _is_story_name(name: str) -> bool:
    """A number, a code, a slug of many words, a headline in Chinese, Japanese or Korean."""
    if _DATE_PARTS.fullmatch(name):
        return False
    if _NUMBER.search(name) or len(_HAN.findall(name)) >= 8:
        return True
    words = [word for word in _WORDS.split(name) if word]
    if len(words) >= _FEW_WORDS and sum(map(len, words)) >= 12:
        return True
    if "," in name and re.search(r"\d", name.rpartition(",")[2]):
        return True
    last = words[-1] if words else ""
    return bool(_CODE.fullmatch(last)) and sum(map(str.isdigit, last)) >= 2


class ArticleAddresses(Stories):
    """The stories of a paper that no file describes: on its own domain, by the look of their addresses.

    One story under ``http`` and ``https``, with and without ``www.``, slash and tracking parameters has one key.
    """

    def __init__(self, home_url: str) -> None:
        super().__init__()
        self.domain = registrable_domain(home_url)

    def on_paper(self, url: str) -> bool:
        """Tell whether ``url`` is on the paper's registrable domain."""
        return is_address(url) and registrable_domain(url) == self.domain

    def identify(self, url: str) -> StoryAddress | None:
        """Return the story at ``url``, where the address itself says that it is one of this paper's."""
        return self._story(url) if address_kind(url) == "story" else None

    def identify_listed(self, listing: Listing) -> StoryAddress | None:
        """Return the story that ``listing`` names.

        A feed, or a sitemap that tells publication date and title, lists stories only; there an address need not look
        like one, if it does not look like something else.
        """
        kind = address_kind(listing.url)
        announced = listing.found_by == "feed" or (listing.found_by == "sitemap" and listing.published is not None)
        return self._story(listing.url) if kind == "story" or (announced and kind == "unknown") else None

    def key(self, url: str) -> str | None:
        """Return what all variants of a story's address share; ``None`` where ``url`` is not on this paper."""
        story = self._story(url)
        return story.key if story is not None else None

    def _story(self, url: str) -> StoryAddress | None:
        canonical = canonical_address(url)
        if canonical is None or not self.on_paper(canonical):
            return None
        key = canonical.split("://", 1)[1].removeprefix("www.").rstrip("/")
        return StoryAddress(key, canonical)


def sections(addresses: Iterable[str], stories: ArticleAddresses, most: int) -> list[str]:
    """Return the section fronts among ``addresses`` (the links of a home page, in page order), ``most`` at the most.

    A section has one or two plain words in its path, or a host of its own. A menu names first what is read most.
    """
    home = None
    found: dict[str, str] = {}
    for url in addresses:
        canonical = canonical_address(url)
        if canonical is None or not stories.on_paper(canonical):
            continue
        parts = urlsplit(canonical)
        home = home or parts.hostname
        depth = len([part for part in parts.path.split("/") if part])
        kind = address_kind(canonical)
        if parts.query or depth > 2 or (depth == 0 and parts.hostname == home):
            continue
        if kind == "list" or (kind == "unknown" and not any(map(str.isdigit, parts.path))):
            found.setdefault(canonical.rstrip("/"), canonical)
        if len(found) >= most:
            break
    return list(found.values())
