"""Scrapy item pipelines: extract (with normalize and deduplicate, in one worker's task), since, archive."""
