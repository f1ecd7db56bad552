"""The analyst's desk: a local site over the use cases of open answers, for one machine and no network."""
