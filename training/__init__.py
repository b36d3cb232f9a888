"""How the shipped model was trained, from public corpora, by one command: ``python -m training.build``."""
