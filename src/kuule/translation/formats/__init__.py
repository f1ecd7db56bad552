"""The file formats that translators work with (PO, XLIFF, XLSForm): writing each, and reading what comes back."""
