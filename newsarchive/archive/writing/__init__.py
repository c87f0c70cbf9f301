"""A crawl's findings on their way into the archive: batches, each one transaction."""
