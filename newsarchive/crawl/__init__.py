"""Scrapy components of every crawl: the base spider, politeness, guards, the account of what happened."""
