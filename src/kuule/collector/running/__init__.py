"""The collector as a server: what has to hold on the machine, its workers, the waiting room before the site."""
