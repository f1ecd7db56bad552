"""One response while it is being given: its tree of values, and the recalculation after each answer."""
