"""The collector as a running server: the conditions on its machine, its workers, the waiting room before the site."""
