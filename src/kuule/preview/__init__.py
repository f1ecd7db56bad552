"""The preview: a study as a person would see it, on its author's own machine, while it is edited."""
