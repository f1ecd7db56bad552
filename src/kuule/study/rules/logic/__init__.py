"""Rules on conditions: what can be proved about relevance, constraints, defaults and filters before anybody answers."""
