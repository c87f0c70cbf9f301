"""One form for one thing: text, addresses, times, bylines, credits. Pure functions."""
