"""One response while it is being given: its tree of values, and the recalculation of what follows from the answers."""
