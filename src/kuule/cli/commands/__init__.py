"""One module for each command, with the name that is typed: it parses, calls a use case and prints. A module is loaded
when its command is run."""
