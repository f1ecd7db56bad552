"""What a column of an export is to a statistics program: its name, its codes, its label."""
