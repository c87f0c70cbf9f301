"""Recording what came over the wire, and replaying it."""
