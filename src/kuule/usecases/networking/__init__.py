"""What a study's partners do together: checked, listed, and made into pages."""
