"""An edition: a study frozen under one hash, its files, the size of its envelopes, and which languages may open."""
