"""What an expression is evaluated with: nodes, values, dates, the context, and typed closures."""
