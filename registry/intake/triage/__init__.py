"""Is this an incident? A few plain questions that end in a kind and a severity, and say why."""
