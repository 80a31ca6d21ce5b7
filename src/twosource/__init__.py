"""twosource: the two-source rule as software."""
