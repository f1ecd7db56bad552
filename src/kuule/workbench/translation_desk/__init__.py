"""The translation desk: the PO files of a study, one text at a time, next to the page that respondents will see."""
