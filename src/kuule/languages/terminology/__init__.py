"""Words: how they are compared, the terms that a study has agreed on, and the verdicts that no respondent reads."""
