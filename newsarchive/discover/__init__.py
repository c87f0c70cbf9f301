"""Article addresses from news sitemaps, feeds and section fronts. Pure functions."""
