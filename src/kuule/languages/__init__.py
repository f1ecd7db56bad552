"""Language tags, names, direction, numbers, digits; catalogues of translated texts. Not what a text is for."""
