"""What came over the wire, kept as WARC 1.1 and replayed from it."""
