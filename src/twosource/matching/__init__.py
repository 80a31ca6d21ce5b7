"""Readings → what belongs together across reports: actors, figures of one quantity, statements of one proposition, and their clashes.

Nothing is judged here: who stands behind a group, and whether it is established, is for `verdicts`. In the order in which they need
each other: `actors` (with `spelling`), `figures`, `items` (statements made ready for comparing), `pairs` (a score for two of them),
`groups` and `claims` (groups without chaining), `contradiction` (what cannot all be true).
"""
