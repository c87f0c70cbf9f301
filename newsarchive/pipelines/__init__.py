"""Scrapy item pipelines: extract, normalize, deduplicate, archive."""
