"""How newsarchive crawls. Each setting says why; any of them can be changed with ``-s NAME=VALUE``.

Scrapy's own settings are described at docs.scrapy.org/en/latest/topics/settings.html.
"""

from __future__ import annotations

BOT_NAME = "newsarchive"
SPIDER_MODULES = ["newsarchive.spiders"]
NEWSPIDER_MODULE = "newsarchive.spiders"
COMMANDS_MODULE = "newsarchive.crawl.commands"

# --- The archive -----------------------------------------------------------------------------------------------------
# Any SQLAlchemy address; SQLite needs no set-up.
ARCHIVE_URL = "sqlite:///archive/newsarchive.db"
ITEM_PIPELINES = {
    "newsarchive.pipelines.extract.Extract": 100,
    "newsarchive.pipelines.since.Since": 250,
    "newsarchive.pipelines.archive.Archive": 400,
}

# --- Coming back -----------------------------------------------------------------------------------------------------
# How often a story is visited again, a paper says (newsarchive/crawl/revisits.py); these bound it for one crawl.
# Of ``-a limit=``, this share is for revisits, the rest for what is new. What one does not need, the other may have.
REVISIT_SHARE = 0.5
# At one request a second, so many revisits are done before the next crawl of a half-hourly schedule.
REVISIT_LIMIT = 1000

# --- Recording -------------------------------------------------------------------------------------------------------
# Every response is recorded here as it came over the wire, in WARC 1.1, one file a crawl.
WARC_DIR = "archive/warc"
# A new file is begun once one has grown to this many bytes: files of one gigabyte are what the trade is used to.
WARC_MAX_SIZE = 1_000_000_000
# Recordings to crawl instead of the network: paths and globs, parted by commas. Nothing is recorded then.
WARC_REPLAY = ""
ADDONS = {
    "newsarchive.warc.replay.Replay": 100,
}

# A response gives one item. Scrapy starts as many tasks for each response as this says, which by default are 100.
CONCURRENT_ITEMS = 1
# Scrapy reads the source of a spider's callbacks again and again to warn of a mistake that ours do not make.
WARN_ON_GENERATOR_RETURN_VALUE = False
# Processes that read pages: as many as there are processors, unless a number is given; 0 for none.
EXTRACT_PROCESSES: int | None = None
# Seconds. The slowest page measured takes a quarter of one.
EXTRACT_TIMEOUT = 30

# --- Politeness ------------------------------------------------------------------------------------------------------
# A paper must be able to tell who visits it and whom to write to. Put your own address here.
USER_AGENT = "newsarchive/0.1 (+https://github.com/newsarchive/newsarchive; newspaper archiving)"
ROBOTSTXT_OBEY = True
# At least a second between two requests to one paper, two at a time at most; more when it answers slowly.
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.0  # Scrapy would make every other pause shorter, down to half a second
CONCURRENT_REQUESTS_PER_DOMAIN = 2
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0

# --- Safety ----------------------------------------------------------------------------------------------------------
# Only public addresses (newsarchive/crawl/public_addresses.py). A test or an intranet names its exceptions here, as
# addresses or networks: ["127.0.0.1", "10.1.0.0/16"].
ALLOW_PRIVATE_ADDRESSES: list[str] = []
TWISTED_DNS_RESOLVER = "newsarchive.crawl.public_addresses.PublicResolver"
# A proxy from the environment resolves names itself, out of sight of the check above. Who needs one switches it on and
# names its address above if it is a private one.
HTTPPROXY_ENABLED = False
# Only the web: no files, no FTP, no cloud storage, whatever an address says.
DOWNLOAD_HANDLERS = {"data": None, "file": None, "ftp": None, "s3": None}
# Scrapy's default accepts any certificate.
DOWNLOAD_VERIFY_CERTIFICATES = True
# The longest news pages measured have 1.5 MB, live blogs 8. (Listings may have what the sitemap
# protocol allows.)
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
# A news page that takes half a minute will not come.
DOWNLOAD_TIMEOUT = 30
# A page cut off by the network is kept as what it is (and asked for again first), not thrown away.
DOWNLOAD_FAIL_ON_DATALOSS = False
# Telnet console and remote control run code that anybody on this machine sends.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
# Papers need no cookies to be read; with them, Scrapy fetches the public suffix list from the internet.
COOKIES_ENABLED = False
REDIRECT_MAX_TIMES = 10
# A page that sends the reader elsewhere after some seconds is still the page that we came for.
METAREFRESH_ENABLED = False
# The addresses of stories in Chinese, percent-encoded, grow beyond Scrapy's 2,083 characters.
URLLENGTH_LIMIT = 8000

RETRY_TIMES = 2
# What is given up is told once, by the visit's own line.
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"

DOWNLOADER_MIDDLEWARES = {
    "newsarchive.crawl.public_addresses.PublicAddresses": 560,  # what a name server says is known before a retry
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newsarchive.crawl.refusals.Robots": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "newsarchive.crawl.retries.Retries": 550,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "newsarchive.crawl.refusals.Compression": 590,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "newsarchive.crawl.refusals.Redirects": 600,
    # The innermost: it sees every response as the wire brought it.
    "newsarchive.warc.recorder.Recorder": 1000,
}

SPIDER_MIDDLEWARES = {
    # For spiders that go from link to link; ours know what they want, and a page leads them nowhere.
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
}

EXTENSIONS = {
    # Switched off above; named here too they are not even loaded, which is an eighth of a crawl's start.
    "scrapy.extensions.remote_control.RemoteControl": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
    "newsarchive.crawl.crawl_delay.CrawlDelay": 100,
    "newsarchive.crawl.progress.Progress": 200,
    "newsarchive.crawl.exit_status.ExitStatus": 300,
}

# --- Logging ---------------------------------------------------------------------------------------------------------
# A cron log should be short: what went wrong, page by page, and one summary. DEBUG shows all that Scrapy does.
LOG_LEVEL = "INFO"
