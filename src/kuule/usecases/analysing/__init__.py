"""Use cases of the analyst who holds the keys: opening archives into a dataset, and exporting, analysing and locking
it. They need the extra `analysis`."""
