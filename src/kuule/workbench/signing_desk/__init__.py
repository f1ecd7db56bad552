"""Joint statements: what a member's organisation is asked to sign, and its signature with a second factor."""
