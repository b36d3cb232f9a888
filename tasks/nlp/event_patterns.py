"""The event ontology and its patterns, read from seeds/reference: types, modes, contexts, and the words that show them.

A pattern is a row of `event_patterns.csv`: a verb or noun, conditions on what stands around it, the code it gives and
where its parts are found. Conditions and slots are written in a small language, described in docs/ontology.md.
"""

from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Token

from tasks.errors import ReferenceDataError
from tasks.reference import read_reference, split_list

ECHO = "="  # the mode is that of the content: what is asked for, refused or threatened
NOTHING = "-"  # in place of a type: these words show no event ("stole the show")
POSSIBLE_POS = ("VERB", "ADJ", "NOUN")
SHORTEST_REGULAR = 3  # shorter light verbs are irregular: be, go, get
TYPE_COLUMNS = ("event_type", "cameo_code", "quad_class", "goldstein", "planned_as", "description")
MODE_COLUMNS = ("event_type", "event_mode", "goldstein", "echo_mode", "threat_mode", "description")
CONTEXT_COLUMNS = ("context", "lemmas", "description")
CLASS_COLUMNS = ("class", "lemmas")
FORM_COLUMNS = ("form", "lemma")
LIGHT_COLUMNS = ("lemma", "preposition", "role")
PATTERN_COLUMNS = (
    "rule_id",
    "pos",
    "lemma",
    "subject",
    "object",
    "preposition",
    "requires",
    "event_type",
    "event_mode",
    "contexts",
    "actor",
    "recipient",
    "figure",
    "location",
)


class EventType(NamedTuple):
    """A type of event with its CAMEO root, quad class and intensity."""

    name: str
    cameo_code: str | None
    quad_class: str | None
    goldstein: float | None


class Mode(NamedTuple):
    """A mode of a type; `echo` and `threat` are the modes of a request, refusal or threat that has it as content."""

    goldstein: float | None
    echo: str | None
    threat: str | None


class Condition(NamedTuple):
    """What a cell demands: words (lemmas), `labels` of mentions, nothing at all (`is_absent`) or anything."""

    words: frozenset[str]
    labels: frozenset[str]
    is_absent: bool = False
    is_any: bool = False


class Pattern(NamedTuple):
    """One row of event_patterns.csv, its conditions compiled; `companion` is a particle, or the word before a noun."""

    rule_id: str
    event_type: str
    event_mode: str | None
    contexts: tuple[str, ...]
    subject: Condition | None
    object: Condition | None
    prepositions: tuple[tuple[str, Condition | None], ...]
    companion: str | None
    requires: frozenset[str]
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    figure: str | None
    location: tuple[str, ...]


class Ontology(NamedTuple):
    """All reference data of events; patterns are indexed by the lemma of their verb or noun.

    `forms` gives the lemma of an inflected form, for words that a model's lemmatizer gets wrong; `acting`, `bodies` and
    `targets` are the words for who can act, for institutions among them, and for what can be attacked, `landmarks` the
    words for what something can happen beside, `ballot` the words of elections and parties,
    `instruments` weapons and tools.
    """

    types: dict[str, EventType]
    modes: dict[tuple[str, str], Mode]
    contexts: dict[str, tuple[str, ...]]
    verbs: dict[str, list[Pattern]]
    adjectives: dict[str, list[Pattern]]
    nouns: dict[str, list[Pattern]]
    light_verbs: dict[tuple[str, str], str]
    quantities: frozenset[str]
    acting: frozenset[str]
    bodies: frozenset[str]
    targets: frozenset[str]
    landmarks: frozenset[str]
    ballot: frozenset[str]
    instruments: frozenset[str]
    forms: dict[str, str]


def load_ontology(reference_dir: Path) -> Ontology:
    """The ontology of the folder.

    Raises ReferenceDataError where a file is missing or a row names an unknown type, mode, context or class.
    """
    types = {row["event_type"]: _event_type(row) for row in read_reference(reference_dir, "event_types", TYPE_COLUMNS)}
    modes = {
        (row["event_type"], row["event_mode"]): _mode(row)
        for row in read_reference(reference_dir, "event_modes", MODE_COLUMNS)
    }
    context_rows = read_reference(reference_dir, "event_contexts", CONTEXT_COLUMNS)
    classes = {
        row["class"]: frozenset(split_list(row["lemmas"]))
        for row in read_reference(reference_dir, "event_classes", CLASS_COLUMNS)
    }
    names = frozenset(row["context"] for row in context_rows)
    index: dict[str, dict[str, list[Pattern]]] = {pos: {} for pos in POSSIBLE_POS}
    for row in read_reference(reference_dir, "event_patterns", PATTERN_COLUMNS):
        _check_codes(row, types, modes, names)
        key = row["lemma"].split(" ")[-1 if row["pos"] == "NOUN" else 0]
        index[row["pos"]].setdefault(key, []).append(_pattern(row, classes))
    for patterns in (patterns for by_lemma in index.values() for patterns in by_lemma.values()):
        patterns.sort(key=_generality)
    forms = {f"{word}s": word for words in classes.values() for word in words if word.isalpha()}
    light = {
        (row["lemma"], row["preposition"]): row["role"]
        for row in read_reference(reference_dir, "event_light_verbs", LIGHT_COLUMNS)
    }
    regular = [lemma for lemma, _ in light if lemma.isalpha() and len(lemma) > SHORTEST_REGULAR]
    forms.update((form, lemma) for lemma in (*regular, *index["VERB"], *index["NOUN"]) for form in inflect(lemma))
    forms.update((row["form"], row["lemma"]) for row in read_reference(reference_dir, "irregular_forms", FORM_COLUMNS))
    return Ontology(
        types,
        modes,
        _contexts_by_lemma(context_rows),
        index["VERB"],
        index["ADJ"],
        index["NOUN"],
        light,
        classes.get("quantity", frozenset()),
        _class_words("@actor|@armed", classes),
        _class_words("@organ|@police|@force", classes),
        _class_words("@target", classes),
        classes.get("landmark", frozenset()),
        classes.get("ballot", frozenset()),
        classes.get("instrument", frozenset()),
        forms,
    )


def _class_words(cell: str, classes: dict[str, frozenset[str]]) -> frozenset[str]:
    condition = _condition(cell, classes, "event_classes")
    return condition.words if condition is not None else frozenset()


def lemma_of(token: Token, ontology: Ontology) -> str:
    """The lower-case lemma of a word, by the ontology's own forms where it knows the word."""
    return ontology.forms.get(token.lower_) or str(token.lemma_.lower())


def inflect(lemma: str) -> set[str]:
    """The regular forms of a verb or noun: lift gives lifts, lifted, lifting; stop gives stopped; deny gives denied."""
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    forms = {f"{stem}ed", f"{stem}ing", f"{lemma}s"}
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        forms.add(f"{lemma}es")
    if lemma.endswith("y") and lemma[-2:-1] not in set("aeiou"):
        forms.update({f"{lemma[:-1]}ied", f"{lemma[:-1]}ies"})
    is_closed = len(lemma) > 2 and lemma[-1] in "bdgklmnprt" and lemma[-2] in "aeiou"
    if is_closed and (lemma[-3] not in "aeiou" or lemma[-4:-2] == "qu"):
        if sum(letter in "aeiou" for letter in lemma) == 1:
            forms -= {f"{stem}ed", f"{stem}ing"}
        forms.update({f"{lemma}{lemma[-1]}ed", f"{lemma}{lemma[-1]}ing"})
    return forms


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _event_type(row: dict[str, str]) -> EventType:
    return EventType(row["event_type"], row["cameo_code"] or None, row["quad_class"] or None, _number(row["goldstein"]))


def _mode(row: dict[str, str]) -> Mode:
    return Mode(_number(row["goldstein"]), row["echo_mode"] or None, row["threat_mode"] or None)


def _contexts_by_lemma(rows: list[dict[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        for lemma in split_list(row["lemmas"]):
            found[lemma] = (*found.get(lemma, ()), row["context"])
    return found


def _check_codes(
    row: dict[str, str], types: dict[str, EventType], modes: dict[tuple[str, str], Mode], contexts: frozenset[str]
) -> None:
    problem = None
    if row["event_type"] not in {NOTHING, *types}:
        problem = f"type {row['event_type']} is not in event_types.csv"
    elif row["event_mode"] not in {"", ECHO} and (row["event_type"], row["event_mode"]) not in modes:
        problem = f"mode {row['event_mode']} of {row['event_type']} is not in event_modes.csv"
    elif row["pos"] not in POSSIBLE_POS:
        problem = f"pos {row['pos']} is none of {', '.join(POSSIBLE_POS)}"
    else:
        unknown = [context for context in split_list(row["contexts"]) if context not in contexts]
        problem = f"context {unknown[0]} is not in event_contexts.csv" if unknown else None
    if problem is not None:
        raise ReferenceDataError(f"event_patterns.csv, {row['rule_id']}: {problem}; correct the row or add the code.")


def _pattern(row: dict[str, str], classes: dict[str, frozenset[str]]) -> Pattern:
    words = row["lemma"].split(" ")
    return Pattern(
        rule_id=row["rule_id"],
        event_type=row["event_type"],
        event_mode=row["event_mode"] or None,
        contexts=split_list(row["contexts"]),
        subject=_condition(row["subject"], classes, row["rule_id"]),
        object=_condition(row["object"], classes, row["rule_id"]),
        prepositions=tuple(_preposition(part, classes, row["rule_id"]) for part in split_list(row["preposition"])),
        companion=_companion(row["pos"], words),
        requires=frozenset(split_list(row["requires"])),
        actor=split_list(row["actor"]),
        recipient=split_list(row["recipient"]),
        figure=row["figure"] or None,
        location=split_list(row["location"]),
    )


def _companion(pos: str, words: list[str]) -> str | None:
    """The particle of a verb ("carry out") or the word before a noun ("hunger strike")."""
    if len(words) == 1:
        return None
    return words[0] if pos == "NOUN" else words[1]


def _preposition(part: str, classes: dict[str, frozenset[str]], rule_id: str) -> tuple[str, Condition | None]:
    word, _, condition = part.partition(":")
    return word, _condition(condition.replace("/", "|"), classes, rule_id)


def _condition(cell: str, classes: dict[str, frozenset[str]], rule_id: str) -> Condition | None:
    """The compiled cell: `@name` stands for a class of lemmas, `@ORG` for a mention's label, `*` any, `-` none."""
    if not cell:
        return None
    words: set[str] = set()
    labels: set[str] = set()
    for part in split_list(cell):
        name = part[1:]
        if not part.startswith("@"):
            words.add(part)
        elif name.isupper():
            labels.add(name)
        elif name in classes:
            inner = _condition("|".join(sorted(classes[name])), classes, rule_id)
            words |= inner.words if inner is not None else set()
            labels |= inner.labels if inner is not None else set()
        else:
            raise ReferenceDataError(f"event_patterns.csv, {rule_id}: class {name} is not in event_classes.csv.")
    return Condition(frozenset(words), frozenset(labels), is_absent=cell == "-", is_any=cell == "*")


def _generality(pattern: Pattern) -> int:
    """Fewer conditions sort later, so that the most specific pattern of a lemma, or an exception, is tried first."""
    tested = (pattern.subject, pattern.object, pattern.companion)
    weak = [c for c in (pattern.subject, pattern.object) if c is not None and (c.is_any or c.is_absent)]
    return -(
        2 * sum(item is not None for item in tested)
        - len(weak)
        + 2 * bool(pattern.prepositions)
        + len(pattern.requires - {"recipient", "actor", "light"})
        + (pattern.event_type == NOTHING)
    )
