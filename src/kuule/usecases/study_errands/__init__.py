"""What the lead's desk of the workbench has done by a process of its own: to check a study, to try another
questionnaire, to change a text, to print and to freeze."""
