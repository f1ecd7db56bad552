"""What a collector serves: what it is told, what it refuses before the first person comes, the editions in memory."""
