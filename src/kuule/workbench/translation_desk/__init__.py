"""The translation desk: the PO files of a study, text by text, beside the page as a respondent sees it."""
