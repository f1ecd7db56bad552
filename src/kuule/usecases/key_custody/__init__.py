"""Who holds the study key: made in a ceremony, written onto sheets, read back from files and sheets. Nothing here
runs on a server."""
