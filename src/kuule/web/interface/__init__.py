"""The interface's own texts: interface.pot in English, one PO file a language."""
