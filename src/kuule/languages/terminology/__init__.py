"""Words: comparing them, the terms that a study has agreed on, and judging words that no respondent should read."""
