"""What the workbench says, in the language of whoever reads it."""
