"""How honest the tests are: lines of ours are changed one at a time, and some test has to turn red. `make mutants`."""
