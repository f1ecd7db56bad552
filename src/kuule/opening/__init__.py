"""Private keys and the opening of envelopes and archives: the only code that can read what was sent."""
