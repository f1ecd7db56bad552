"""The functions of the expression language, one module for each family. `library` has them all by name."""
