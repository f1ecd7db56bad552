"""For partners who spread a survey: the kit."""
