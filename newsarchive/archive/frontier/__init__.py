"""Which addresses a paper announced, what the archive knows of them, and when each is visited next."""
