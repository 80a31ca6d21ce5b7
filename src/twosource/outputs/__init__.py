"""A Reconciliation, shown: on the terminal, as JSON, as Markdown, as tables. Every output is made from the same frozen data."""
