"""What tells whether two texts are the same, whatever their width, case, script or punctuation."""

from __future__ import annotations

import hashlib

from newsarchive.normalize.text import fold


def text_digest(body: str | None) -> str | None:
    """Digest of a body after folding: ``sha256:<hex>``, or ``None`` where there is no body."""
    if not body:
        return None
    compared = fold(body) or body  # signs alone fold to nothing, and are still told apart
    return f"sha256:{hashlib.sha256(compared.encode()).hexdigest()}"
