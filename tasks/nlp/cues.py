"""Cue words: the verbs, nouns and adjectives that report what somebody says, thinks or means to do."""

from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Token

from tasks.nlp import syntax
from tasks.reference import read_reference, split_list

FILE = "cue_verbs"
COLUMNS = ("lemma", "pos", "class", "takes")
FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP"})
# Forms that no rule of spelling gives; a lemmatizer errs more often than this list.
IRREGULAR = {
    "begin": "began begun", "beseech": "besought", "cast": "cast", "choose": "chose chosen", "feel": "felt",
    "find": "found", "foresee": "foresaw foreseen", "forget": "forgot forgotten", "go": "went gone goes",
    "hit": "hit", "know": "knew known", "learn": "learnt", "mean": "meant", "pan": "panned", "put": "put",
    "read": "read", "say": "said", "see": "saw seen", "seek": "sought", "show": "shown", "sing": "sang sung",
    "speak": "spoke spoken", "swear": "swore sworn", "tell": "told", "think": "thought",
    "understand": "understood", "undertake": "undertook undertaken", "write": "wrote written",
}  # fmt: skip
# Beside quotation marks taggers err most: these forms are cues whatever the tagger says.
SPEECH_FORMS = frozenset({"said", "says", "told", "asked", "added", "wrote"})
VOWELS = frozenset("aeiou")


class Cue(NamedTuple):
    """A reporting word: its class (neutral, claim, deny, …) and what it takes (quote, that, inf, np, …)."""

    lemma: str
    pos: str
    cue_class: str
    takes: frozenset[str]


class CueLexicon(NamedTuple):
    """Verbs by every form they take (a phrasal verb as `verb particle`), nouns and adjectives by lemma."""

    verbs: dict[str, Cue]
    nouns: dict[str, Cue]
    adjectives: dict[str, Cue]


def read_cues(reference_dir: Path) -> CueLexicon:
    """The cues of cue_verbs.csv; raises ReferenceDataError where the file is wrong."""
    rows = read_reference(reference_dir, FILE, COLUMNS)
    cues = [Cue(row["lemma"], row["pos"], row["class"], frozenset(split_list(row["takes"]))) for row in rows]
    verbs = {form: cue for cue in cues if cue.pos == "verb" for form in verb_forms(cue.lemma)}
    nouns = {form: cue for cue in cues if cue.pos == "noun" for form in (cue.lemma, cue.lemma + "s")}
    return CueLexicon(verbs, nouns, {cue.lemma: cue for cue in cues if cue.pos == "adj"})


def verb_forms(lemma: str) -> set[str]:
    """All forms of a verb: the regular ones by the rules of spelling, the others from a list."""
    verb, _, particle = lemma.partition(" ")
    forms = {verb, *_regular_forms(verb), *IRREGULAR.get(verb, "").split()}
    return {f"{form} {particle}".strip() for form in forms}


def _regular_forms(verb: str) -> list[str]:
    if verb.endswith("e"):
        return [verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb.endswith("y") and verb[-2] not in VOWELS:
        return [verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    if verb.endswith(("s", "x", "ch", "sh")):
        return [verb + "es", verb + "ed", verb + "ing"]
    doubled = verb + verb[-1]
    return [verb + "s", verb + "ed", verb + "ing", doubled + "ed", doubled + "ing"]


def find_cue(token: Token, lexicon: CueLexicon) -> Cue | None:
    """The cue that a token is, by part of speech, or None."""
    pos = token.pos_
    if pos == "VERB" or token.lower_ in SPEECH_FORMS:
        particle = syntax.particle(token)
        return lexicon.verbs.get(token.lower_ if particle is None else f"{token.lower_} {particle}")
    if pos == "NOUN":
        return lexicon.nouns.get(token.lower_)
    if pos == "ADJ":
        return lexicon.adjectives.get(token.lower_)
    return None
