"""A register of law: what each country's law says on questions that matter to children, as dated and sourced values."""
