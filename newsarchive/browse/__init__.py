"""The archive in a browser: Datasette with our descriptions, questions, and pages that read like a newspaper.

`newsarchive.browse.application` puts it together; the command ``newsarchive browse`` serves it.
"""
