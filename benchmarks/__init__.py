"""Measurements that are printed, never tested: speed and accuracy."""
