"""What of the measuring can be tried without measuring."""
