"""What all other packages are built on: problems and errors, files and folders that exist whole or not at all, locks,
shared limits, suggestions for misspelt names, optional extras. Nothing here knows about surveys."""
