"""What is wrong with the event ontology of a folder: every problem at once, with its file, its line and what to do."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from tasks.errors import ReferenceDataError
from tasks.nlp import event_evidence, names, standing
from tasks.nlp import event_patterns as patterns
from tasks.reference import split_list

COLUMNS: dict[str, tuple[str, ...]] = {
    "event_types": patterns.TYPE_COLUMNS,
    "event_modes": patterns.MODE_COLUMNS,
    "event_contexts": patterns.CONTEXT_COLUMNS,
    "cameo_roots": ("cameo_code", "name", "event_types"),
    "event_classes": patterns.CLASS_COLUMNS,
    "event_light_verbs": patterns.LIGHT_COLUMNS,
    "event_standing": standing.COLUMNS,
    "irregular_forms": patterns.FORM_COLUMNS,
    "event_patterns": patterns.PATTERN_COLUMNS,
    "event_evidence": event_evidence.COLUMNS,
}
KEYS: dict[str, tuple[str, ...]] = {
    "event_types": ("event_type",),
    "event_modes": ("event_type", "event_mode"),
    "event_contexts": ("context",),
    "cameo_roots": ("cameo_code",),
    "event_classes": ("class",),
    "event_light_verbs": ("lemma", "preposition"),
    "event_standing": ("lemma", "pos", "relation"),
    "irregular_forms": ("form",),
    "event_patterns": ("rule_id",),
    "event_evidence": ("feature",),
}
NEEDED: dict[str, tuple[str, ...]] = {
    "event_types": ("event_type",),
    "event_modes": ("event_type",),
    "event_contexts": ("context", "lemmas"),
    "cameo_roots": ("cameo_code",),
    "event_classes": ("class", "lemmas"),
    "event_light_verbs": ("lemma", "role"),
    "event_standing": ("lemma", "pos", "relation", "effect"),
    "irregular_forms": ("form", "lemma"),
    "event_patterns": ("rule_id", "pos", "lemma", "event_type"),
    "event_evidence": ("feature",),
}
QUAD_CLASSES = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
LOWEST, HIGHEST = -10.0, 10.0
# What a mention can be labelled, and what stands for people given by their number alone.
LABELS = frozenset({*names.LABELS.values(), "NUMBER"})
SLOTS = ("subj", "obj", "iobj", "poss", "mod", "inner", "content", "comp", "asker", "inviter", "place")
REQUIREMENTS = (
    "to", "clause", "clauseless", "plain", "counted", "must", "subjunctive", "cooperation", "conflict", "coded",
    "active", "passive", "score", "ballot", "actor", "recipient", "both", "light", "carried",
)  # fmt: skip
LIGHT_ROLES = ("actor", "recipient", "undone", "none")
STANDING_POS = ("AUX", "VERB", "ADJ", "NOUN", "ADV", "SCONJ", "DET", "ADP")
RELATIONS = ("word", "clause", "noun", "reason")
EFFECTS = ("negated", *(name for name in standing.RANKS if name != "asserted"), "same", standing.TRIED)
LONGEST_LEMMA = {"VERB": 2, "NOUN": 2, "ADJ": 1}


class Problem(NamedTuple):
    """What is wrong in a file, on which line (None for the whole file), and what to do about it."""

    file: str
    line: int | None
    what: str
    advice: str

    def __str__(self) -> str:
        place = f"{self.file}.csv" if self.line is None else f"{self.file}.csv, line {self.line}"
        return f"{place}: {self.what}; {self.advice}."


class Row(NamedTuple):
    """A row with the line it stands on, counted from 1, comments included."""

    line: int
    cells: dict[str, str]


Tables: TypeAlias = dict[str, list[Row]]
Check: TypeAlias = Callable[[Tables], Iterator[Problem]]


def check_ontology(reference_dir: Path) -> list[Problem]:
    """The problems of the event files of a folder, in the order of files and lines; none where all is well."""
    tables: Tables = {}
    problems: list[Problem] = []
    for name, columns in COLUMNS.items():
        text, unreadable = read_text(reference_dir, name)
        tables[name], malformed = parse_table(name, text, columns) if text is not None else ([], [])
        problems += [*unreadable, *malformed]
    unread = {problem.file for problem in problems if not tables[problem.file]}
    problems += [problem for check in CHECKS for problem in check(tables) if not unread & set(READ_BY[check])]
    if not problems:
        problems += _find_loader_problem(reference_dir)
    return sorted(problems, key=lambda problem: (list(COLUMNS).index(problem.file), problem.line or 0))


def count_rows(reference_dir: Path) -> dict[str, int]:
    """The number of rows of each event file of a folder that has no problems."""
    texts = {name: read_text(reference_dir, name)[0] or "" for name in COLUMNS}
    return {name: len(parse_table(name, text, COLUMNS[name])[0]) for name, text in texts.items()}


def read_text(reference_dir: Path, name: str) -> tuple[str | None, list[Problem]]:
    """The text of a file, None where it cannot be read, and why."""
    try:
        data = (reference_dir / f"{name}.csv").read_bytes()
    except OSError as error:
        what = f"it cannot be read ({error.strerror})"
        return None, [Problem(name, None, what, "restore the file or give the folder that has it")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{data[error.start]:02x} is not UTF-8"
        return None, [Problem(name, line, what, "save the file in UTF-8")]
    if text.startswith("\ufeff"):
        return None, [Problem(name, 1, "the file begins with a byte order mark", "save it in UTF-8 without one")]
    return text, []


def parse_table(name: str, text: str, columns: Sequence[str]) -> tuple[list[Row], list[Problem]]:
    """The rows of a file that are whole, and what is wrong with its header, the others and their keys."""
    lines = [(i, line) for i, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    if not lines:
        return [], [Problem(name, None, "it has no rows", f"give it the columns {', '.join(columns)} and rows")]
    first, *others = ((i, next(csv.reader([line]))) for i, line in lines)
    header = first[1]
    problems = list(_check_header(name, first[0], header, columns))
    if problems:
        return [], problems
    rows = []
    for number, cells in others:
        if len(cells) != len(header):
            what = f"{len(cells)} cells where the first line has {len(header)}"
            problems.append(
                Problem(name, number, what, "put a comma between all cells and quotes around text with one")
            )
            continue
        rows.append(Row(number, dict(zip(header, (cell.strip() for cell in cells), strict=True))))
    return rows, [*problems, *_check_needed(name, rows), *_check_keys(name, rows)]


def _check_header(name: str, line: int, header: Sequence[str], columns: Sequence[str]) -> Iterator[Problem]:
    missing = [column for column in columns if column not in header]
    if missing:
        what = f"the column {', '.join(missing)} is missing"
        yield Problem(name, line, what, f"let the first line be {','.join(columns)}")
        return
    unknown = [column for column in header if column not in columns]
    if unknown:
        yield Problem(name, line, f"nothing reads the column {', '.join(unknown)}", "take it out or correct its name")
    elif len(set(header)) < len(header):
        yield Problem(name, line, "a column stands twice", "take one out")


def _check_needed(name: str, rows: Iterable[Row]) -> Iterator[Problem]:
    for row in rows:
        empty = [column for column in NEEDED[name] if not row.cells[column]]
        if empty:
            yield Problem(name, row.line, f"{', '.join(empty)} is empty", "fill the cell or take the row out")


def _check_keys(name: str, rows: Iterable[Row]) -> Iterator[Problem]:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row.cells[column] for column in KEYS[name])
        first = seen.setdefault(key, row.line)
        if first != row.line:
            what = f"{' '.join(KEYS[name])} {' '.join(key).strip()} stands already on line {first}"
            yield Problem(name, row.line, what, "take one row out or name it otherwise")


def check_types(tables: Tables) -> Iterator[Problem]:
    """Types whose CAMEO code, quad class, intensity or planned root is none, or that no pattern gives."""
    types = names_in(tables["event_types"], "event_type")
    codes = names_in(tables["cameo_roots"], "cameo_code")
    given = names_in(tables["event_patterns"], "event_type")
    for row in tables["event_types"]:
        name, cells = row.cells["event_type"], row.cells
        yield from _check_word("event_types", row, "cameo_code", codes, "cameo_roots.csv")
        yield from _check_choice("event_types", row, "quad_class", QUAD_CLASSES)
        yield from _check_intensity("event_types", row)
        yield from _check_word("event_types", row, "planned_as", types, "event_types.csv")
        if cells["quad_class"] and not cells["cameo_code"]:
            yield Problem("event_types", row.line, f"{name} has a quad class and no CAMEO code", "give both or neither")
        if name and name not in given:
            what = f"no pattern gives the type {name}"
            yield Problem("event_types", row.line, what, "add a row to event_patterns.csv or take the type out")


def check_modes(tables: Tables) -> Iterator[Problem]:
    """Modes of types that are none, with an intensity out of range, or whose echoes are no modes."""
    types = names_in(tables["event_types"], "event_type")
    modes: dict[str, set[str]] = {}
    for row in tables["event_modes"]:
        modes.setdefault(row.cells["event_type"], set()).add(row.cells["event_mode"])
    echoes = modes.get("REQUEST", set()) | modes.get("REJECT", set())
    for row in tables["event_modes"]:
        yield from _check_word("event_modes", row, "event_type", types, "event_types.csv")
        yield from _check_intensity("event_modes", row)
        yield from _check_word("event_modes", row, "echo_mode", echoes, "the modes of REQUEST and REJECT")
        yield from _check_word("event_modes", row, "threat_mode", modes.get("THREATEN", set()), "the modes of THREATEN")


def check_roots(tables: Tables) -> Iterator[Problem]:
    """CAMEO roots whose code is no number of two digits, or that name a type that is none."""
    types = names_in(tables["event_types"], "event_type")
    for row in tables["cameo_roots"]:
        code = row.cells["cameo_code"]
        if code and not (code.isascii() and code.isdigit() and len(code) == 2):
            yield Problem("cameo_roots", row.line, f"{code} is no CAMEO root", "write two digits, 01 to 20")
        yield from _check_word("cameo_roots", row, "event_types", types, "event_types.csv")


def check_classes(tables: Tables) -> Iterator[Problem]:
    """Classes of words that take in a class or label that is none, or themselves."""
    classes = {row.cells["class"]: split_list(row.cells["lemmas"]) for row in tables["event_classes"]}
    for row in tables["event_classes"]:
        yield from _check_condition("event_classes", row, "lemmas", row.cells["lemmas"], classes.keys())
        name = row.cells["class"]
        if name in _taken_in(name, classes):
            what = f"the class {name} takes in itself"
            yield Problem("event_classes", row.line, what, f"take the @ entry out that leads back to {name}")


def _taken_in(name: str, classes: dict[str, tuple[str, ...]]) -> set[str]:
    """The classes that a class takes in, directly or through others."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        inner = {word[1:] for word in classes.get(waiting.pop(), ()) if word.startswith("@")} - found
        found |= inner
        waiting.extend(inner)
    return found


def check_words(tables: Tables) -> Iterator[Problem]:
    """Rows of standing and light verbs with a value that nothing understands."""
    for row in tables["event_standing"]:
        yield from _check_choice("event_standing", row, "pos", STANDING_POS)
        yield from _check_choice("event_standing", row, "relation", RELATIONS)
        yield from _check_choice("event_standing", row, "effect", EFFECTS)
    for row in tables["event_light_verbs"]:
        yield from _check_choice("event_light_verbs", row, "role", LIGHT_ROLES)


def check_weights(tables: Tables) -> Iterator[Problem]:
    """Weights that are no numbers."""
    for row in tables["event_evidence"]:
        for column in event_evidence.COLUMNS[1:]:
            try:
                float(row.cells[column])
            except ValueError:
                what = f"{column} {row.cells[column]} is no number"
                yield Problem("event_evidence", row.line, what, "correct it or take the row out")


def check_pattern_codes(tables: Tables) -> Iterator[Problem]:
    """Patterns that give a type, mode or context that is none."""
    types = names_in(tables["event_types"], "event_type")
    contexts = names_in(tables["event_contexts"], "context")
    modes = {(row.cells["event_type"], row.cells["event_mode"]) for row in tables["event_modes"]}
    for row in tables["event_patterns"]:
        kind, mode = row.cells["event_type"], row.cells["event_mode"]
        if kind == patterns.NOTHING:
            continue
        unknown = list(_check_word("event_patterns", row, "event_type", types, "event_types.csv"))
        yield from unknown
        if not unknown and mode not in {"", patterns.ECHO} and (kind, mode) not in modes:
            what = f"event_mode {mode} of {kind} is not in event_modes.csv"
            yield Problem("event_patterns", row.line, what, "add a row there or correct the cell")
        yield from _check_word("event_patterns", row, "contexts", contexts, "event_contexts.csv")


def check_pattern_syntax(tables: Tables) -> Iterator[Problem]:
    """Patterns with a condition, requirement or slot that nothing understands."""
    classes = names_in(tables["event_classes"], "class")
    for row in tables["event_patterns"]:
        yield from _check_lemma(row)
        for column in ("subject", "object"):
            yield from _check_condition("event_patterns", row, column, row.cells[column], classes)
        for part in split_list(row.cells["preposition"]):
            word, colon, condition = part.partition(":")
            if not word or (colon and not condition):
                what = f"preposition {part} is neither a word nor word:condition"
                yield Problem("event_patterns", row.line, what, "write it like with or to:@actor/court")
            cell = condition.replace("/", "|")
            yield from _check_condition("event_patterns", row, "preposition", cell, classes)
        yield from _check_choice("event_patterns", row, "requires", REQUIREMENTS)
        for column in ("actor", "recipient"):
            yield from _check_slots(row, column)


def _check_lemma(row: Row) -> Iterator[Problem]:
    pos, lemma = row.cells["pos"], row.cells["lemma"]
    yield from _check_choice("event_patterns", row, "pos", patterns.POSSIBLE_POS)
    if lemma != lemma.lower():
        yield Problem("event_patterns", row.line, f"lemma {lemma} has capitals", "write it in small letters")
    if len(lemma.split()) > LONGEST_LEMMA.get(pos, 2):
        what = f"lemma {lemma} has more words than a pattern"
        yield Problem(
            "event_patterns", row.line, what, "keep the verb with its particle, or the noun with one word before"
        )


def _check_slots(row: Row, column: str) -> Iterator[Problem]:
    for slot in split_list(row.cells[column]):
        name, _, words = slot.partition(":")
        if not (slot in SLOTS or (name == "pp" and words and all(words.split("/")))):
            what = f"{column} {slot} is no slot"
            yield Problem("event_patterns", row.line, what, f"use {', '.join(SLOTS)} or pp:word/word")


def _check_condition(file: str, row: Row, column: str, cell: str, classes: Iterable[str]) -> Iterator[Problem]:
    parts = split_list(cell)
    for part in parts:
        name = part[1:]
        if part in {"*", "-"} and len(parts) > 1:
            yield Problem(file, row.line, f"{column} has {part} among other words", f"let {part} stand alone")
        elif part.startswith("@") and name.isupper() and name not in LABELS:
            yield Problem(file, row.line, f"{column} @{name} is no label", f"use one of {', '.join(sorted(LABELS))}")
        elif part.startswith("@") and not name.isupper() and name not in classes:
            what = f"{column} @{name} is no class in event_classes.csv"
            yield Problem(file, row.line, what, "add a row there or correct the name")


def _check_word(file: str, row: Row, column: str, known: Iterable[str], where: str) -> Iterator[Problem]:
    for word in split_list(row.cells[column]):
        if word not in known:
            yield Problem(file, row.line, f"{column} {word} is not in {where}", "add a row there or correct the cell")


def _check_choice(file: str, row: Row, column: str, choices: Sequence[str]) -> Iterator[Problem]:
    for word in split_list(row.cells[column]):
        if word not in choices:
            yield Problem(file, row.line, f"{column} {word} is unknown", f"use one of {', '.join(choices)}")


def _check_intensity(file: str, row: Row) -> Iterator[Problem]:
    cell = row.cells["goldstein"]
    try:
        is_right = not cell or LOWEST <= float(cell) <= HIGHEST
    except ValueError:
        is_right = False
    if not is_right:
        yield Problem(file, row.line, f"goldstein {cell} is no number from -10 to 10", "correct it or leave it empty")


def names_in(rows: Iterable[Row], column: str) -> frozenset[str]:
    """The values of a column."""
    return frozenset(row.cells[column] for row in rows)


def _find_loader_problem(reference_dir: Path) -> list[Problem]:
    """What the loader of the coder says, where it refuses what passed here."""
    try:
        patterns.load_ontology(reference_dir)
        standing.load_cues(reference_dir)
        event_evidence.load_weights(reference_dir)
    except ReferenceDataError as error:
        return [Problem("event_patterns", None, str(error).rstrip("."), "correct what it names")]
    return []


READ_BY: dict[Check, tuple[str, ...]] = {
    check_types: ("event_types", "cameo_roots", "event_patterns"),
    check_modes: ("event_types", "event_modes"),
    check_roots: ("event_types", "cameo_roots"),
    check_classes: ("event_classes",),
    check_words: ("event_standing", "event_light_verbs"),
    check_weights: ("event_evidence",),
    check_pattern_codes: ("event_types", "event_modes", "event_contexts", "event_patterns"),
    check_pattern_syntax: ("event_classes", "event_patterns"),
}
CHECKS = tuple(READ_BY)
