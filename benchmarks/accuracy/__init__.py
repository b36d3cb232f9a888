"""Accuracy on public annotated sets: readers of their formats, pure scorers, and the tasks of the scoreboard."""
