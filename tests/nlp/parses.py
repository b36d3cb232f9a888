"""Docs built by hand for tests: one line a word, `form tag dep head`, head counted from 1 inside a sentence."""

from spacy.lang.en import English
from spacy.tokens import Doc

COARSE = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "VBD": "VERB", "VBZ": "VERB", "VB": "VERB", "VBN": "VERB",
    "PRP": "PRON", "PRP$": "PRON", "JJ": "ADJ", "RB": "ADV", "DT": "DET", "IN": "ADP", ".": "PUNCT", ",": "PUNCT",
    "``": "PUNCT", "''": "PUNCT", "MD": "AUX", "TO": "PART", "CC": "CCONJ", "_SP": "SPACE",
}  # fmt: skip
LEMMAS = {"said": "say", "added": "add", "warned": "warn", "told": "tell", "left": "leave", "failed": "fail"}
LEMMAS |= {"disapproved": "disapprove"}
VOCAB = English().vocab
NO_BLANK_BEFORE = frozenset({".", ",", "”", ")", "\n\n"})
NO_BLANK_AFTER = frozenset({"“", "(", "\n\n"})


def parse(*sentences: str) -> Doc:
    """The doc of sentences given as lines of `form tag dep head`; a form `¶` is a paragraph break."""
    rows = [(number, line.split()) for number, text in enumerate(sentences) for line in text.strip().splitlines()]
    starts: dict[int, int] = {}
    for position, (number, _) in enumerate(rows):
        starts.setdefault(number, position)
    words = [cells[0].replace("¶", "\n\n") for _, cells in rows]
    spaces = [
        word not in NO_BLANK_AFTER and (k + 1 == len(words) or words[k + 1] not in NO_BLANK_BEFORE)
        for k, word in enumerate(words)
    ]
    return Doc(
        VOCAB,
        words=words,
        spaces=spaces,
        tags=[cells[1] for _, cells in rows],
        pos=[COARSE[cells[1]] for _, cells in rows],
        lemmas=[LEMMAS.get(cells[0].lower(), cells[0].lower()) for _, cells in rows],
        deps=[cells[2] for _, cells in rows],
        heads=[
            position if cells[3] == "0" else starts[number] + int(cells[3]) - 1
            for position, (number, cells) in enumerate(rows)
        ],
        sent_starts=[position in starts.values() for position in range(len(words))],
    )
