"""Rules on conditions: what can be proved of relevance, constraints, defaults and filters before anybody answers."""
