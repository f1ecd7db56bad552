"""What study.toml and analysis.toml say: read with every problem at once, checked, and kept as frozen data."""
