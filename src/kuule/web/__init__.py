"""What both sites share: security headers, quiet logging, templates, the style sheet and the interface's texts."""
