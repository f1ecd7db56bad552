"""What the lead's desk of the workbench has done by a process of its own: to check a study, to try another
questionnaire or file of text, to change a text, to print, to freeze."""
