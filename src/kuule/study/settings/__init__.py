"""What study.toml, rehearsal.toml and analysis.toml say: read and checked, with all problems reported at once, and kept
as frozen data; and the schemas of these files."""
