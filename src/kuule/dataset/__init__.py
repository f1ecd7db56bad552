"""Makes typed rows and a codebook from opened responses. No thresholds here, and nothing that may be published."""
