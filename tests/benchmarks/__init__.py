"""Tests of the measurements: readers and scorers on hand-made cases with known answers."""
