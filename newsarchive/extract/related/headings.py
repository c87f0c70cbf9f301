"""The words that stand over lists of other stories, in the languages of the papers, and the kind of link each means."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from newsarchive.article import LinkKind
from newsarchive.normalize.text import fold_characters

HeadingKind = LinkKind | Literal["other"]

# A heading is a few words; no list of stories was ever met under a longer one.
LONGEST_HEADING = 48

# Written as printed, lower case; Chinese in traditional form, the simplified form is derived.
_HEADINGS: dict[HeadingKind, str] = {
    "previous": """
        上一則 | 上一篇 | 上一條 | 上則新聞 | 上一則新聞 | 上一篇文章 | 前一則 | 前一篇 | previous |
        previous article | previous story | previous post | prev post | vorheriger artikel | article précédent |
        artículo anterior | articolo precedente | artigo anterior | vorig artikel | poprzedni artykuł |
        предыдущая статья | предыдущая новость | попередня новина | önceki haber | 前の記事 | 이전 기사 |
        이전기사""",
    "next": """
        下一則 | 下一篇 | 下一條 | 下則新聞 | 下一則新聞 | 下一篇文章 | 後一則 | 後一篇 | next | next article |
        next story | next post | nächster artikel | article suivant | artículo siguiente | articolo successivo |
        próximo artigo | volgend artikel | następny artykuł | следующая статья | следующая новость |
        наступна новина | sonraki haber | 次の記事 | 다음 기사 | 다음기사""",
    "related": """
        延伸閱讀 | 相關新聞 | 相關閱讀 | 相關報導 | 相關報道 | 相關文章 | 相關推薦 | 相關連結 | 相關鏈接 |
        相關稿件 | 相關內容 | 推薦閱讀 | 推薦新聞 | 推薦文章 | 更多新聞 | 更多報導 | 更多文章 | 同場加映 |
        看更多新聞 | 繼續閱讀 | 你可能也喜歡 | 你可能感興趣 | 您可能感興趣 | 您可能也喜歡 | 猜你喜歡 |
        猜你感興趣 | 為你推薦 | 為您推薦 | 編輯推薦 | 延伸報導 | related | related news | related stories |
        related articles | related article | related story | related posts | related content |
        related coverage | related reading | related links | see also | read more | read also | also read |
        read next | more on this | more on this story | more on this topic | more stories | further reading |
        more like this | you may also like | you might also like | recommended reading | recommended stories |
        recommended for you | don't miss | don’t miss | mehr zum thema | zum thema | lesen sie auch |
        lesen sie mehr | mehr dazu | auch interessant | lesen sie dazu | das könnte sie auch interessieren |
        weitere artikel | weiterlesen | passend zum thema | weitere themen | ähnliche artikel |
        verwandte artikel | à lire aussi | lire aussi | à lire également | lire également | sur le même sujet |
        sur le même thème | à lire | articles liés | articles similaires | voir aussi | notre sélection |
        pour aller plus loin | noticias relacionadas | noticia relacionada | artículos relacionados |
        artículo relacionado | relacionado | relacionados | relacionadas | te puede interesar | lee también |
        lea también | leer más | más información | lea además | también te puede interesar | te recomendamos |
        más sobre este tema | notícias relacionadas | artigos relacionados | matérias relacionadas |
        leia também | leia mais | veja também | saiba mais | leggi anche | articoli correlati | correlati |
        notizie correlate | potrebbe interessarti | vedi anche | approfondimenti | lees ook | lees meer |
        lees verder | gerelateerd | gerelateerde artikelen | meer over dit onderwerp | läs också | läs även |
        läs mer | relaterat | relaterade artiklar | mer om ämnet | les også | relaterte saker |
        relaterte artikler | læs også | relaterede artikler | lue myös | aiheesta lisää | tengdar fréttir |
        tengt efni | czytaj także | czytaj też | przeczytaj także | zobacz także | zobacz też |
        powiązane artykuły | podobne artykuły | čtěte také | čtěte více | související články | související |
        čítajte aj | súvisiace články | citește și | vezi și | articole similare | kapcsolódó cikkek |
        kapcsolódó | ezt is ajánljuk | διαβάστε επίσης | διαβάστε ακόμη | σχετικά άρθρα | σχετικά |
        читайте также | читайте по теме | по теме | материалы по теме | похожие новости | смотрите также |
        связанные новости | читайте також | читайте ще | за темою | новини за темою | прочетете още |
        свързани новини | pročitajte i | pročitajte još | povezane vijesti | povezane vesti | sorodne novice |
        preberite še | seotud lood | loe ka | lasi arī | saistītie raksti | taip pat skaitykite |
        susiję straipsniai | ilgili haberler | i̇lgili haberler | bunlar da ilginizi çekebilir | اقرأ أيضا |
        اقرأ أيضاً | مواضيع ذات صلة | أخبار ذات صلة | اخبار مرتبط | مطالب مرتبط | קראו עוד | כתבות נוספות |
        संबंधित खबरें | यह भी पढ़ें | ये भी पढ़ें | आरो पড়ুन | আরও পড়ুন | baca juga | berita terkait |
        artikel terkait | tin liên quan | bài liên quan | xem thêm | đọc thêm | ข่าวที่เกี่ยวข้อง | 関連記事 |
        関連ニュース | 関連リンク | あわせて読みたい | おすすめ記事 | あなたにおすすめ | こちらもおすすめ |
        관련기사 | 관련 기사 | 관련뉴스 | 관련 뉴스 | 이 기사와 관련된 기사 | 추천기사 | 추천 기사""",
    "hot": """
        熱門新聞 | 熱門文章 | 熱門 | 熱門話題 | 熱門推薦 | 熱點新聞 | 熱點推薦 | 熱點 | 熱文 | 熱文推薦 |
        今日熱點 | 今日熱門 | 熱聞 | 熱搜 | 焦點新聞 | 熱點排行 | 熱門排行 | 熱門焦點 | 熱門點閱 | trending |
        trending now | trending stories | trending news | hot news | hot topics | hot stories |
        what's trending | what’s trending | im trend | tendances | tendencias | em alta | di tendenza |
        trending topics | горячие новости | гарячі новини | trend haberler | 注目記事 | 注目のニュース |
        話題の記事 | 話題のニュース | 화제의 뉴스 | 이 시각 주요뉴스 | 주요뉴스 | 주요 뉴스 |
        주요기사 | 주요 기사 | 오늘의 주요뉴스 | 오늘의 주요기사 | 이번호 주요기사""",
    "popular": """
        超人氣 | 人氣新聞 | 人氣 | 人氣排行 | 人氣文章 | 最多人看 | 最多人點閱 | 點閱排行 | 點擊排行 |
        點擊排行榜 | 點閱率排行 | 排行榜 | 新聞排行 | 新聞排行榜 | 閱讀排行 | 閱讀排行榜 | 瀏覽排行 |
        熱門排行榜 | 熱搜榜 | 熱榜 | 一週熱門 | 24小時熱門 | most read | most popular | most viewed |
        most shared | most read stories | most read articles | most read news | most popular stories |
        most popular articles | most popular posts | popular | popular now | popular posts | popular articles |
        popular stories | popular news | popular this week | popular today | top stories | top reads |
        most watched | most discussed | most commented | meistgelesen | meistgelesene artikel |
        am meisten gelesen | beliebt | beliebte artikel | beliebteste artikel | les plus lus | les + lus |
        les articles les plus lus | articles les plus lus | le plus lu | les plus consultés |
        les plus populaires | lo más leído | lo más visto | las más leídas | los más leídos | más leídas |
        más leídos | más vistas | lo más popular | lo + leído | mais lidas | as mais lidas | mais lidos |
        mais vistas | mais populares | i più letti | le più lette | più letti | più lette | più popolari |
        meest gelezen | meest bekeken | populair | mest läst | mest lästa | mest lest | mest leste | mest læst |
        mest læste | luetuimmat | suosituimmat | mest lesið | najpopularniejsze | najczęściej czytane |
        popularne | nejčtenější | najčítanejšie | cele mai citite | legolvasottabb | legnépszerűbb | δημοφιλή |
        τα πιο δημοφιλή | популярное | самое читаемое | самые читаемые | популярные новости | популярні новини |
        найпопулярніше | популярне | най-четени | най-четено | najčitanije | najnovije i najčitanije |
        najbolj brano | loetumad | lasītākie | skaitomiausi | en çok okunanlar | çok okunanlar | الأكثر قراءة |
        الأكثر مشاهدة | الاكثر قراءة | پربازدیدترین | پربازدیدها | הנקראות ביותר | terpopuler | đọc nhiều |
        đọc nhiều nhất | xem nhiều | ข่าวยอดนิยม | ランキング | アクセスランキング | 人気記事 |
        人気記事ランキング | 人気ランキング | よく読まれている記事 | 많이 본 뉴스 | 많이 본 기사 |
        가장 많이 본 뉴스 | 인기기사 | 인기 기사""",
    "breaking": """
        快訊 | 即時快訊 | 最新快訊 | 突發新聞 | 突發 | 即時新聞 | 新聞快訊 | breaking | breaking news |
        news alert | eilmeldung | eilmeldungen | alerte info | flash info | última hora | ultim'ora |
        ultim’ora | laatste nieuws | senaste nytt | siste nytt | срочно | срочные новости | молния | терміново |
        son dakika | عاجل | أخبار عاجلة | 速報 | ニュース速報 | 속보""",
    # Not lists of other stories, or lists of no promised kind: they only say that the list before them is over.
    "other": """
        最新新聞 | 最新消息 | 最新 | 留言 | 評論 | 熱門評論 | 網友評論 | 標籤 | 關鍵字 | 分享 | 分享到 | 廣告 |
        專題 | 影音 | latest | latest news | latest stories | comments | tags | topics | share | share this |
        newsletter | newsletters | sign up | advertisement | follow us | about the author | cookies |
        kommentare | themen | commentaires | comentarios | commenti | reacties | комментарии | コメント | 댓글""",
}

# Headings that go on: "Mehr zum Thema Gazastreifen", "Most read in World", "More from Space"; how they begin.
_OPENINGS = (
    "most",
    "meist",
    "les",
    "lo",
    "trend",
    "more",
    "related",
    "mehr",
    "plus",
    "más",
    "mais",
    "altro",
    "meer",
    "mer",
    "lue",
    "więcej",
    "еще",
)
_OPEN = re.compile(
    r"(?P<popular>most (?:read|popular|viewed) (?:in|on|from|this|today)|meistgelesen (?:in|heute)"
    r"|les plus lus (?:de|du)|lo más leído (?:de|en))\b"
    r"|(?P<hot>trending (?:on|in|now on|this))\b"
    r"|(?P<related>more (?:on|from|about|in)|related (?:to|on)|mehr (?:zum thema|zu|aus|über)|plus d'infos sur"
    r"|más sobre|mais sobre|altro su|meer over|mer om|lue lisää|więcej o|еще по теме)\b",
)

# Signs that stand around headings; the full stop 。 is not one of them, a sentence is no heading.
_AROUND = (
    " \t\r\n\u00a0\u200b\u3000\ufeff:：;,.…·•・|｜/／\\-–—_=>＞»›→<＜«‹←▶►▼▲△▽◆◇■□●○★☆※#*~～"
    "()（）[]【】〔〕「」『』《》"
)
# What may stand behind a heading, in its line: 相關新聞 更多
_MORE = ("看更多", "更多", "查看全部", "more", "see all", "view all")


@cache
def _vocabulary() -> dict[str, HeadingKind]:
    words: dict[str, HeadingKind] = {}
    for kind, line in _HEADINGS.items():
        for word in line.split("|"):
            key = " ".join(word.split())
            words.setdefault(key, kind)
            words.setdefault(fold_characters(key), kind)
    return words


@cache
def _beginnings() -> frozenset[str]:
    """The first two characters of all headings."""
    return frozenset(key[:2].strip() for key in (*_vocabulary(), *_OPENINGS))


def heading_key(text: str) -> str:
    """The heading in the form in which headings are compared: lower case, without the signs around it."""
    return " ".join(text.strip(_AROUND).lower().split())


# Every short text of a page is asked, and the pages of a paper have the same menus.
@lru_cache(maxsize=8192)
def heading_kind(text: str) -> HeadingKind | None:
    """What kind of links ``text`` announces, or ``None`` where it is no heading of a list of stories.

    ``other`` is a heading that ends a list and begins none that we keep.
    """
    if len(text) > LONGEST_HEADING * 2:  # white space counts here: indented markup
        return None
    # Most texts of a page begin like none.
    if text.strip(_AROUND)[:2].lower()[:2].strip() not in _beginnings():
        return None
    key = heading_key(text)
    if len(key) > LONGEST_HEADING:
        return None
    words = _vocabulary()
    found = words.get(key)
    if found is None and key.endswith(_MORE):
        more = next(filter(key.endswith, _MORE))
        found = words.get(key.removesuffix(more).strip(_AROUND))
    if found is None and (opening := _OPEN.match(key)):
        return opening.lastgroup  # type: ignore[return-value]  # the groups are named after the kinds
    return found


# 上一則：title, in one piece of text
_LABEL = re.compile(r"\s*[【〔]?([^\s:：／】〕]{2,10}(?: [^\s:：／】〕]{2,10}){0,2})\s*[:：／】〕]\s*(\S.*)", re.DOTALL)


_COLON = re.compile(r"[:：／】〕]")  # few links have one, and to look for it costs less


def labelled(text: str) -> tuple[LinkKind, str] | None:
    """Kind and title where a link's text begins with its own label: ``上一篇：…``, ``Related: …``."""
    if _COLON.search(text) is None or (label := _LABEL.match(text)) is None:
        return None
    kind = heading_kind(label[1])
    return None if kind is None or kind == "other" else (kind, label[2].strip())
