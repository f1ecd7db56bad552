"""What every other package stands on: problems and errors, files and folders that are there whole or not at all, locks,
shared limits, suggestions for misspelt names, optional extras. Nothing here knows of surveys."""
