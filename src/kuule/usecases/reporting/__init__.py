"""From a dataset to the files of a report: tables are counted, released by disclosure control, recorded in the ledger
and rendered. They need the extra `analysis`."""
