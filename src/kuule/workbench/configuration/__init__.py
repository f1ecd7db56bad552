"""What one workbench process is started with: its options, its secret, and the site that its views ask."""
