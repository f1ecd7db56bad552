"""What is known of open answers: texts, marks, codes, memos, quotes, and the acts by which each came to be. Shapes
only."""
