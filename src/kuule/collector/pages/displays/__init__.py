"""How each type of question is shown and its answers are said: component, arrangement, fields, limits, words."""
