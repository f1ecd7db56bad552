"""What can be proved about the conditions of a form before anybody answers: never true, always true, or undecided."""
