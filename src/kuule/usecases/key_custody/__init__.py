"""Use cases of those who hold the study key: it is made in a ceremony, written onto sheets, and read back from files
and sheets. Nothing here runs on a server."""
