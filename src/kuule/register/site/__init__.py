"""The pages of a register: plain files that say where each value is from, how old it is, and what nobody has read."""
