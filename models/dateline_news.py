"""The shipped model by its package's name: ``spacy.load("dateline_news")``."""

from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.util import load_model_from_path

FOLDER = Path(__file__).parent / "dateline_en"


def load(**overrides: Any) -> Language:
    """The model."""
    folder = FOLDER if FOLDER.exists() else Path(__file__).parent / "models" / "dateline_en"
    return load_model_from_path(folder, **overrides)
