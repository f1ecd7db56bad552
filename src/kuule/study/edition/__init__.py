"""An edition: a study frozen under one hash, with its files, the size of its envelopes, and the languages that may
open."""
