"""What every other package stands on: problems and errors, files that are whole or absent, locks, optional extras.
Nothing here knows of surveys."""
