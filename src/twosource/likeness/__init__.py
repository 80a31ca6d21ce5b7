"""What makes texts alike, without an opinion on what that means: shared passages (`fingerprints`) and nearness of sense (`vectors`).

Who copied whom (`lineage`) and what says the same (`matching`) are judged by others, who ask here; so one measure serves both, and
neither judgement hides in a measure.
"""
