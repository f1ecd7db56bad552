"""How countries compare: the state of each country on each provision, which standards it meets, what that counts."""
