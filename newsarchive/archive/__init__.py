"""The archive's tables, their history, and what analysts ask of them."""
