"""Opened responses to typed rows with a codebook. No thresholds here, and nothing that may be published."""
