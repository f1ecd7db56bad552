"""What a register is made of: provisions, standards, values of countries, codings, actions. Shapes only, no files."""
