"""Use cases of the analyst who holds the keys: archives opened into a dataset, the dataset exported, analysed and
locked. They need the extra `analysis`."""
