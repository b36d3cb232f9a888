"""Namesakes: publications that go by the name of another thing, told from it by the article before them."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tasks.normalize.clusters import NORP, ORG, PLACE_LABELS, Mention, is_name
from tasks.normalize.names import name_key

CONFUSED = frozenset({ORG, NORP, *PLACE_LABELS})


class Namesake(NamedTuple):
    """What a publication's name means without its article: the fuller name and the label of the other thing."""

    name: str
    label: str


def mark_namesakes(
    mentions: Iterable[Mention],
    sentences: Mapping[tuple[str, int], tuple[int, str]],
    namesakes: Mapping[str, Namesake],
) -> list[Mention]:
    """The mentions, each that may be a publication labelled one behind `The`, and under the other name elsewhere.

    `sentences` gives first character and text by article and index.
    """
    return [
        mark_mention(mention, namesake, sentences.get((mention.article_id, mention.sentence_index)))
        if (namesake := namesakes.get(name_key(mention.text))) is not None
        and mention.label in CONFUSED
        and is_name(mention)
        else mention
        for mention in mentions
    ]


def mark_mention(mention: Mention, namesake: Namesake, sentence: tuple[int, str] | None) -> Mention:
    """The mention as that of the publication or of its namesake."""
    start, text = sentence if sentence is not None else (mention.start, "")
    before = text[: max(0, mention.start - start)]
    if f"{before}{mention.text}".endswith(f"The {mention.text.removeprefix('The ')}"):
        return mention._replace(label=ORG)
    return mention._replace(text=namesake.name, label=namesake.label)
