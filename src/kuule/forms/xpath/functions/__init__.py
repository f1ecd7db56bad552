"""The functions of the expression language, one module a family; `library` has them all by name."""
