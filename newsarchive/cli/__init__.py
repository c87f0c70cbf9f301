"""The newsarchive command."""
