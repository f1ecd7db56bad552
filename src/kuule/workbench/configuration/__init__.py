"""What a workbench process is started with: its options, its secret, Django's settings, and the site that the views
ask."""
