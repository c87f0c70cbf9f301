"""Commands of ``scrapy`` inside a newsarchive project; Scrapy finds them by the setting ``COMMANDS_MODULE``."""
