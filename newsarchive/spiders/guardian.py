"""The Guardian, London."""

from __future__ import annotations

from newsarchive.crawl.paper import NewspaperSpider
from newsarchive.extract.layout import Layout


class GuardianSpider(NewspaperSpider):
    """English. ``data-gu-name`` says what a part of the page is; the class names are made up by every build."""

    name = "guardian"
    title = "The Guardian"
    home_url = "https://www.theguardian.com/"
    sitemaps = ("https://www.theguardian.com/sitemaps/news.xml",)
    feeds = ("https://www.theguardian.com/uk/rss", "https://www.theguardian.com/world/rss")
    layout = Layout(
        timezone="Europe/London",
        language="en",
        # No number: section, date and words are the id, in the paper's own interface for programs too.
        story=(
            r"^https?://(?:www\.|amp\.)?theguardian\.com/(?P<id>[\w/-]+/\d{4}/[a-z]{3}/\d\d/(?!.*-live)[\w-]+)/?(?:[?#]|$)"
        ),
        canonical="https://www.theguardian.com/{id}",
        site_suffixes=("The Guardian", "the Guardian"),
        headline=("[data-gu-name=headline] h1",),
        subheadline=("[data-gu-name=standfirst] p",),
        body=(".article-body-viewer-selector",),
        # Newsletters to sign up for, and the links past them.
        drop=("#sign-in-gate", "[id^=EmailSignup]", "a[href^='#EmailSignup']"),
    )
