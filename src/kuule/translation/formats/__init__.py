"""The files that translators work in (PO, XLIFF, XLSForm): how each is written, and what each brings back."""
