"""What belongs together → what is established, by whom, and where the reports differ: the rules of spec/reconciliation.md.

`rules` holds the verdicts themselves, pure functions over counts and sides; `origins` says who stands behind a statement, `series`
what is a count that grows, `reasons` why a verdict stands. `claims` and `figures` apply them. Whatever is changed here should make
the weaker verdict more likely: a false *corroborated* is the worst error there is.
"""
