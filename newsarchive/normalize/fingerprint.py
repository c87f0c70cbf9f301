"""What tells whether two texts are the same, whatever their width, case, script or punctuation."""

from __future__ import annotations

import hashlib

from newsarchive.normalize.text import fold


def text_digest(body: str | None) -> str | None:
    """Digest of a body after folding: ``sha256:<hex>``. ``None`` where nothing is left to compare."""
    folded = fold(body) if body else ""
    return f"sha256:{hashlib.sha256(folded.encode()).hexdigest()}" if folded else None
