"""What a sitemap, a feed or a front is when it is not one."""

from __future__ import annotations


class ListingError(ValueError):
    """The bytes are no listing, or one that must not be read; the message says what they are instead."""
