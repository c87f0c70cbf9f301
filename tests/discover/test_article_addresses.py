from __future__ import annotations

import pytest

from newsarchive.discover.article_addresses import ArticleAddresses, address_kind, sections
from newsarchive.page import Listing

P = "https://www.paper.example"


@pytest.mark.parametrize(
    "path",
    [
        "/politics/2026/03/09/harbour",
        "/world/2026/mar/09/ferry-bell-found-in-chip-shop",
        "/news/48213-ferry-bell",
        "/ferry-bell-found-in-a-chip-shop",
        "/news/11862251/ferry-bell/",
        "/story/3000000218734/ferry",
        "/news/article/A2026071220290000630",
        "/articles/AST1F4445T1FUTIL02SM.html",
        "/international/faehre-ld.1759794",
        "/nachrichten/bayern/faehre,UAf9GNd",
        "/n1/2026/0309/c1004-49900101.html",
        "/politics/20260309/3dd6e33cc6d749fbaae01fea337ff400/c.html",
        "/News.aspx?NewsID=350370",
        "/news/view?article_id=9931",
        "/newsDetail_forward_4506347",
        "/新聞/三峽老茶廠鍋爐重燃七旬師傅只收一個徒弟",
        "/%E4%B8%89%E5%B3%BD%E8%80%81%E8%8C%B6%E5%BB%A0%E9%8D%8B%E7%88%90%E9%87%8D%E7%87%83",
        "/inland/ahrtal-flut-bilanz-100.html",
    ],
)
def test_stories(path: str) -> None:
    assert address_kind(P + path) == "story"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "list"),
        ("/politics", "list"),
        ("/archive/2026/03/09/", "list"),
        ("/2026/03/", "list"),
        ("/2026-03-09", "list"),
        ("/politics/page/2", "list"),
        ("/politics?page=20260309", "list"),
        ("/category/sports/tennis", "unknown"),
        ("/search?q=ferry-bell-found-in-chip-shop", "other"),
        ("/?s=ferry", "list"),
        ("/tag/ferry-bell-found-in-chip-shop-12345", "other"),
        ("/authors/mara-quill-12345", "other"),
        ("/video/ferry-bell-found-in-a-chip-shop-48213", "other"),
        ("/shop/mug-of-the-harbour-post-48213", "other"),
        ("/login?redirect=/news/48213-ferry-bell", "other"),
        ("/news/48213-ferry-bell.pdf", "other"),
        ("/feed/", "other"),
        ("/world-news", "unknown"),
    ],
)
def test_what_is_no_story_by_its_address(path: str, kind: str) -> None:
    assert address_kind(P + path) == kind


def test_shops_and_videos_on_hosts_of_their_own() -> None:
    assert address_kind("https://shop.paper.example/news/48213-ferry-bell") == "other"
    assert address_kind("http://[broken") == "other"


def test_variants_of_an_address_are_one_story_and_other_papers_are_none() -> None:
    stories = ArticleAddresses("https://paper.example/")
    variants = [
        f"{P}/news/48213-ferry-bell",
        "http://paper.example/news/48213-ferry-bell/?utm_source=feed#top",
        "https://paper.example/news/48213-ferry-bell?fbclid=x",
    ]
    found = [stories.identify(url) for url in variants]
    assert {story.key for story in found if story} == {"paper.example/news/48213-ferry-bell"}
    assert stories.identify("https://other.example/news/48213-ferry-bell") is None
    assert stories.identify("https://paper.example.evil.example/news/48213-ferry-bell") is None


@pytest.mark.parametrize(
    ("found_by", "published", "taken"),
    [("feed", None, True), ("sitemap", "2026-03-09", True), ("sitemap", None, False), ("front", None, False)],
)
def test_who_announces_an_address_of_plain_words(found_by: str, published: str | None, taken: bool) -> None:
    listing = Listing(url=f"{P}/quay/bell", found_in=P, found_by=found_by, published=published)  # type: ignore[arg-type]
    assert (ArticleAddresses(P).identify_listed(listing) is not None) == taken


def test_sections_of_a_menu() -> None:
    links = [f"{P}/", f"{P}/quay/", f"{P}/quay", f"{P}/fish-and-ships", f"{P}/news/48213-ferry-bell", f"{P}/tag/bell",
             "https://sports.paper.example/", "https://other.example/quay/", f"{P}/a/b/c/", f"{P}/login"]  # fmt: skip
    stories = ArticleAddresses(P)
    found = [f"{P}/quay/", f"{P}/fish-and-ships", "https://sports.paper.example/"]
    assert sections(links, stories, 10) == found
    assert sections(links, stories, 2) == found[:2]
