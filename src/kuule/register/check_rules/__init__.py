"""What has to be true of a register beyond the shape of its files, and when readings contradict each other."""
