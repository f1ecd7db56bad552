"""How the tables came to be as they are, in Django's form. A released migration is never edited."""
