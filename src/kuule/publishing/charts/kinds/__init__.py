"""The kinds of charts: one module for each says which figures it suits, and lays them out."""
