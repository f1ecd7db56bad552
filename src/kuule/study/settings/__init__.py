"""What study.toml and analysis.toml say: read and checked, with all problems reported at once, and kept as frozen
data."""
