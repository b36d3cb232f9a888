"""The first stage: files of any mess in, clean articles and named rejects out."""
