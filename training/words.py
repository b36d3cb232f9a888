"""The word lists of words.toml."""

import tomllib
from pathlib import Path


def read_words(path: Path) -> dict[str, tuple[str, ...]]:
    """Each list of the file as a tuple; underscores become spaces."""
    with path.open("rb") as file:
        lists = tomllib.load(file)
    return {name: tuple(word.replace("_", " ") for word in text.split()) for name, text in lists.items()}


WORDS = read_words(Path(__file__).with_name("words.toml"))
