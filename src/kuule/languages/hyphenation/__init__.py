"""Where long words may be broken: found at the freeze by the rules of each language, shown on pages as soft hyphens."""
