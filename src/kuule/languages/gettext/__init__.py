"""PO files: read and written without loss, replaced all together, and those that Kuule ships."""
