"""A cluster as deploy/cluster describes it, on three hosts that are network namespaces of this machine, killed twenty
times while people answer."""
