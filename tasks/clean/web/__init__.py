"""Feeds and URLs: fetched politely, kept under data/clean/web, and read from there."""
