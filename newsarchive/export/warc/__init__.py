"""The recorded pages behind the articles, as web archives' own formats."""
