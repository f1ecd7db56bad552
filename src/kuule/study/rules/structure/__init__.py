"""Rules on how the questionnaire is written: sheets, rows, names, lists and references."""
