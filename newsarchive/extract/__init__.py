"""Where on a page each field of an article stands. Pure functions."""
