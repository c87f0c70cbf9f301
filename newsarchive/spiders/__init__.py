"""One file a newspaper; Scrapy's spider loader finds them."""
