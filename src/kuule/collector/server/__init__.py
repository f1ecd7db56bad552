"""The collector as a running server: what the machine must fulfil, its workers, the waiting room before the site."""
