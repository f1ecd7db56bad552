"""Where long words may be broken: found by the rules of each language at the freeze, shown as soft hyphens on pages."""
