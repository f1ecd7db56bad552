"""One machine that serves: its settings (host.toml), the files that follow from them, and how they are put in place."""
