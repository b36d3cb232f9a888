"""The work of the pipeline: clean, nlp, extract, normalize, load; it never imports flows."""
