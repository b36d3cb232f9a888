"""The attributes that Dateline's components keep on a Doc: plain values only, as Spans there break multiprocessing."""

from spacy.tokens import Doc

LISTS = ("mentions", "times", "numbers", "quotes", "events")


def register_extensions() -> None:
    """Makes `doc._.published_on` (ISO day or None), `doc._.title` and the record lists known to spaCy."""
    for name in LISTS:
        Doc.set_extension(name, default=[], force=True)
    Doc.set_extension("published_on", default=None, force=True)
    Doc.set_extension("title", default=None, force=True)


register_extensions()
