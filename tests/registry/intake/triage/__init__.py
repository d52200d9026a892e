"""The short questions that end in a kind and a severity."""
