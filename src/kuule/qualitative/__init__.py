"""Open answers in an analyst's hands: read, redacted, coded and quoted, in a project that is sealed at rest."""
