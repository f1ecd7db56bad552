"""What a collector serves: its options, the editions that it holds in memory, and what it refuses to serve."""
