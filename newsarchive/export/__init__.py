"""Taking articles out of the archive, in the formats that other programs read, and bringing our own back in."""
