"""Languages: tags, names, direction, numbers and digits, and catalogues of translated texts. Not what a text is used
for."""
