"""Use cases of a team that works with open answers: a project is made, read, redacted, coded, merged and quoted."""
