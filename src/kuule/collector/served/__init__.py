"""What a collector serves: its options, what it refuses to serve, the editions held in memory."""
