"""The public pages of a release: plain files for any web server, in each language, with nothing from elsewhere."""
