"""Plain pages for any web server: what all sites that are built as files share: words, addresses, drawing, feeds."""
