"""From a dataset to the files of a report: counted, released through disclosure control, noted in the ledger,
rendered. They need the extra `analysis`."""
