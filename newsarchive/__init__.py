"""newsarchive: fetch newspapers, take their articles apart, keep every edit in one archive."""

__version__ = "0.1.0"
