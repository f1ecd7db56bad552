"""PO files: read and written without loss, replaced all together; and the ones that Kuule ships."""
