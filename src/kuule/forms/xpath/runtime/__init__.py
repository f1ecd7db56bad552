"""What expressions are evaluated with: nodes, values, dates, the evaluation context, and typed closures."""
