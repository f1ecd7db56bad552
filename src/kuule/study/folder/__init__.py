"""The folder of a study as its author wrote it: questionnaire, report text, translations, key record. Nothing is judged
here."""
