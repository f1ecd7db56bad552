"""What every other room speaks of: questions, groups and repeats as they are compiled, texts with their keys, the
parts of a page. Data only."""
