"""Cue words: the verbs, nouns and adjectives that report what somebody says, thinks or means to do."""

from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Token

from tasks.nlp import syntax
from tasks.reference import read_reference, split_list

FILE = "cue_verbs"
COLUMNS = ("lemma", "pos", "class", "takes")
FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP"})
# Beside quotation marks taggers err most: these forms are cues whatever the tagger says.
SPEECH_FORMS = {"said": "say", "says": "say", "told": "tell", "asked": "ask", "added": "add", "wrote": "write"}


class Cue(NamedTuple):
    """A reporting word: its class (neutral, claim, deny, …) and what it takes (quote, that, inf, np, …)."""

    lemma: str
    pos: str
    cue_class: str
    takes: frozenset[str]


class CueLexicon(NamedTuple):
    """Cues by lemma; a phrasal verb's lemma is `verb particle`."""

    verbs: dict[str, Cue]
    nouns: dict[str, Cue]
    adjectives: dict[str, Cue]


def read_cues(reference_dir: Path) -> CueLexicon:
    """The cues of cue_verbs.csv; raises ReferenceDataError where the file is wrong."""
    rows = read_reference(reference_dir, FILE, COLUMNS)
    cues = [Cue(row["lemma"], row["pos"], row["class"], frozenset(split_list(row["takes"]))) for row in rows]
    by_pos = {pos: {cue.lemma: cue for cue in cues if cue.pos == pos} for pos in ("verb", "noun", "adj")}
    return CueLexicon(by_pos["verb"], by_pos["noun"], by_pos["adj"])


def find_cue(token: Token, lexicon: CueLexicon) -> Cue | None:
    """The cue that a token is, by part of speech, or None."""
    pos = token.pos_
    if pos == "VERB" or token.lower_ in SPEECH_FORMS:
        return _find_verb(token, lexicon.verbs)
    if pos == "NOUN":
        return lexicon.nouns.get(token.lemma_.lower())
    if pos == "ADJ":
        return lexicon.adjectives.get(token.lemma_.lower())
    return None


def _find_verb(token: Token, verbs: dict[str, Cue]) -> Cue | None:
    lemma = SPEECH_FORMS.get(token.lower_) or token.lemma_.lower()
    particle = syntax.particle(token)
    if particle is not None:
        return verbs.get(f"{lemma} {particle}")
    return verbs.get(lemma)
