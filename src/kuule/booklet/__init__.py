"""The questionnaire as a document: every page, its wording and its route in words, for a board, a panel and cognitive
interviews."""
