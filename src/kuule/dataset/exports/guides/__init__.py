"""What goes with the files of an export for people to read: the codebook as a page, and first steps in each program."""
