"""Readers of the formats that annotated sets come in; each gives plain values, gold and text apart."""
