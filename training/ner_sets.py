"""Readers of the named-entity sets, each as passages with Dateline's labels."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

from training.conllu import Sentence, read_sentences
from training.gazetteer import TITLES, Gazetteer, is_demonym, label_other, label_place
from training.passages import (
    UNKNOWN,
    Passage,
    Span,
    detokenize,
    drop_overlaps,
    group,
    place_spans,
    read_tagged,
)
from training.words import WORDS

CAPITALIZED = re.compile(r"[^\W\d_][\w’'-]*")
MONTHS_AND_DAYS = frozenset(WORDS["no_names"])
GROBID = {
    "PERSON": "PERSON",
    "INSTITUTION": "ORG",
    "ORGANISATION": "ORG",
    "BUSINESS": "ORG",
    "MEDIA": "ORG",
    "LOCATION": "PLACE",
    "INSTALLATION": "FAC",
    "NATIONAL": "OTHER",
    "EVENT": "EVENT",
    "LEGAL": "LAW",
    "ARTIFACT": "PRODUCT",
    "CREATION": "OTHER",
    "ACRONYM": UNKNOWN,
    "UNKNOWN": UNKNOWN,
    "WEBSITE": "OTHER",
    "PERSON_TYPE": "GROUP",
    "CONCEPT": "GROUP",
    "CONCEPTUAL": "GROUP",
    "AWARD": "OTHER",
}
RE3D = {
    "Person": "PERSON",
    "Organisation": "ORG",
    "Location": "PLACE",
    "Nationality": "OTHER",
    "Weapon": "PRODUCT",
    "MilitaryPlatform": "PRODUCT",
    "Vehicle": "PRODUCT",
    "DocumentReference": "OTHER",
}
CROSSNER = {
    "politician": "PERSON",
    "person": "PERSON",
    "politicalparty": "ORG",
    "organisation": "ORG",
    "country": "PLACE",
    "location": "PLACE",
    "event": "EVENT",
    "election": "EVENT",
    "misc": "OTHER",
}
CONLL = {"PER": "PERSON", "ORG": "ORG", "LOC": "PLACE", "MISC": "OTHER", "OTH": "OTHER"}
GUM = {
    "person": "PERSON",
    "organization": "ORG",
    "place": "PLACE",
    "event": "EVENT",
    "object": "PRODUCT",
    "abstract": "OTHER",
}
WORLDWIDE = {
    "Person": "PERSON",
    "Organization": "ORG",
    "Location": "PLACE",
    "Facility": "FAC",
    "NORP": "NORP",
    "Misc": UNKNOWN,
    "Product": UNKNOWN,
    "Date": "",
    "Money": "",
}
LINKS = frozenset(("of", "the", "and", "for", "&", "-", "–", "'s", "’s", "de"))
ROLE_HEADS = frozenset(WORDS["roles"])
SMALL_WORDS = frozenset(WORDS["small_words"])


def finish_span(text: str, span: Span, gazetteer: Gazetteer) -> Span | None:
    """The span with Dateline's label and without article, title, possessive or leading year; None for no span."""
    start, end = span.start, span.end
    while start < end and text[start] in " \n\"“'‘(":
        start += 1
    while end > start and text[end - 1] in ' \n"”,;:)':
        end -= 1
    surface = text[start:end]
    if match := re.match(r"(?:the|a|an) (?=\S)", surface, flags=re.IGNORECASE):
        start += match.end()
    if match := re.search(r"['’]s?$", text[start:end]):
        end -= len(match[0])
    if span.label == "EVENT" and (match := re.match(r"\d{4}(?:[-–]\d+)? (?=\S)", text[start:end])):
        start += match.end()
    if span.label == "PERSON":
        start += length_of_titles(text[start:end], gazetteer)
    if "(" in text[start:end] and ")" not in text[start:end]:
        end = start + len(text[start:end].split("(", maxsplit=1)[0].rstrip())
    surface = text[start:end]
    if not surface:
        return None
    return Span(start, end, choose_label(surface, span.label, gazetteer))


def length_of_titles(name: str, gazetteer: Gazetteer) -> int:
    """How many leading characters are titles, with the nationality before them; the last word is never one."""
    words = name.split(" ")
    length = skipped = 0
    for index, word in enumerate(words[:-1]):
        skipped += len(word) + 1
        if word.lower() in TITLES:
            length = skipped
        elif index or not is_demonym(word, gazetteer):
            break
    return length


def choose_label(surface: str, label: str, gazetteer: Gazetteer) -> str:
    """Dateline's label for a span that a set labels more coarsely."""
    if label in (UNKNOWN, ""):
        return label
    if not any(char.isupper() for char in surface):
        return UNKNOWN
    if label == "PERSON" and all(word.lower() in TITLES for word in surface.split()):
        return ""
    if label in ("PERSON", "PLACE", "OTHER", "GROUP", "ORG") and is_demonym(surface, gazetteer):
        return "NORP"
    if label == "GROUP":
        return UNKNOWN
    if label == "PLACE":
        return label_place(surface, gazetteer)
    if label == "OTHER":
        return label_other(surface, gazetteer)
    return label


def add_demonyms(text: str, spans: list[Span], gazetteer: Gazetteer) -> list[Span]:
    """The spans and a NORP for each demonym outside them; unknown where it may be part of an unmarked name."""
    words = [match for match in CAPITALIZED.finditer(text) if match[0][0].isupper()]
    starts = {span.start for span in spans}
    added = []
    for index, match in enumerate(words):
        if not is_demonym(match[0], gazetteer) or any(s.start < match.end() and match.start() < s.end for s in spans):
            continue
        after = words[index + 1] if index + 1 < len(words) and words[index + 1].start() == match.end() + 1 else None
        is_name = after is not None and after.start() not in starts and after[0].lower() not in TITLES
        added.append(Span(match.start(), match.end(), UNKNOWN if is_name else "NORP"))
    return [*spans, *added]


def mark_unknown_capitals(text: str, spans: list[Span]) -> list[Span]:
    """The spans and an unknown for each capitalized word outside them that does not start a sentence."""
    added = []
    for match in CAPITALIZED.finditer(text):
        word = match[0]
        starts_sentence = (
            not text[: match.start()].rstrip(" \"“'‘(") or text[: match.start()].rstrip(" \"“'‘(")[-1] in ".!?:\n"
        )
        if not word[0].isupper() or starts_sentence or word in MONTHS_AND_DAYS or word.lower() in TITLES:
            continue
        if all(s.end <= match.start() or s.start >= match.end() for s in spans):
            added.append(Span(match.start(), match.end(), UNKNOWN))
    return [*spans, *added]


def finish(passage: Passage, gazetteer: Gazetteer, *, is_complete: bool) -> Passage:
    """The passage with Dateline's labels; ``is_complete`` says that the set marks every name."""
    spans = [finish_span(passage.text, span, gazetteer) for span in passage.spans]
    known = list(drop_overlaps(span for span in spans if span is not None))
    none = [span for span in known if span.label == ""]
    marked = add_demonyms(passage.text, known, gazetteer)
    if not is_complete:
        marked = mark_unknown_capitals(passage.text, marked)
    return Passage(passage.source, passage.text, drop_overlaps(span for span in marked if span not in none))


def read_columns(path: Path, mapping: dict[str, str], source: str, *, separator: str) -> Iterator[Passage]:
    """Sentences of a two-column file."""
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        lines = [line for line in block.splitlines() if separator in line and "-DOCSTART-" not in line]
        rows = [line.split(separator) for line in lines]
        if rows:
            tokens, spans = read_tagged((row[0], row[-1].strip()) for row in rows)
            yield to_passage(source, tokens, [(a, b, mapping.get(label, UNKNOWN)) for a, b, label in spans])


def to_passage(source: str, tokens: list[str], spans: list[tuple[int, int, str]]) -> Passage:
    text, starts = detokenize(tokens)
    return Passage(source, text, tuple(place_spans(tokens, starts, spans)))


def read_wikigold(corpora: Path) -> Iterator[Passage]:
    yield from read_columns(
        corpora / "ner/wikigold/CONLL-format/data/wikigold.conll.txt", CONLL, "wikigold", separator=" "
    )


def read_crossner(corpora: Path) -> Iterator[Passage]:
    for split in ("train", "dev", "test"):
        yield from read_columns(corpora / f"ner/crossner_politics/{split}.txt", CROSSNER, "crossner", separator="\t")


def read_redocred(corpora: Path) -> Iterator[Passage]:
    mapping = {**CONLL, "TIME": "", "NUM": ""}
    for split in ("dev", "test"):
        for record in json.loads((corpora / f"ner/redocred/{split}_revised.json").read_text(encoding="utf-8")):
            mentions = [mention for entity in record["vertexSet"] for mention in entity]
            for index, tokens in enumerate(record["sents"]):
                spans = [(*m["pos"], mapping[m["type"]]) for m in mentions if m["sent_id"] == index]
                yield to_passage("redocred", tokens, [tuple(span) for span in dict.fromkeys(spans)])


def read_grobid(corpora: Path) -> Iterator[Passage]:
    for path in sorted((corpora / "ner/grobid_ner/final").glob("*.xml")):
        for sentence in ElementTree.parse(path).iter("sentence"):
            text, spans = sentence.text or "", []
            for entity in sentence:
                name = "".join(entity.itertext())
                spans.append(Span(len(text), len(text) + len(name), GROBID.get(entity.get("type", ""), "")))
                text += name + (entity.tail or "")
            yield Passage("grobid", text, tuple(spans))


def is_name(surface: str, label: str) -> bool:
    """Whether a re3d span is a proper name: every word that counts is capitalized, and it is no mere role."""
    words = surface.split()
    counts = [word for word in words if word.lower() not in SMALL_WORDS]
    if not counts or not all(word[0].isupper() or word[0].isdigit() or word.startswith("al-") for word in counts):
        return False
    if words[0][0].isdigit() or words[0] in MONTHS_AND_DAYS - {"The"}:
        return False
    return not (label == "PERSON" and (counts[-1].lower() in ROLE_HEADS or " of " in surface or " for " in surface))


def read_re3d(corpora: Path) -> Iterator[Passage]:
    """Paragraphs of the re3d folders that may ship; nominal mentions become unknown."""
    for folder in sorted((corpora / "ner/re3d").iterdir()):
        if not folder.is_dir() or "European" in folder.name:
            continue
        entities = [json.loads(line) for line in (folder / "entities.json").open(encoding="utf-8") if line.strip()]
        for line in (folder / "documents.json").open(encoding="utf-8"):
            document = json.loads(line)
            spans = []
            for entity in entities:
                if entity["documentId"] != document["_id"] or entity["type"] not in RE3D:
                    continue
                label = RE3D[entity["type"]]
                surface = document["text"][entity["begin"] : entity["end"]]
                spans.append(Span(entity["begin"], entity["end"], label if is_name(surface, label) else UNKNOWN))
            yield Passage("re3d", document["text"], keep_names(spans))


def keep_names(spans: list[Span]) -> tuple[Span, ...]:
    """Names first; an unknown span survives only where it overlaps none."""
    names = drop_overlaps(span for span in spans if span.label != UNKNOWN)
    rest = [s for s in spans if s.label == UNKNOWN and all(s.end <= n.start or s.start >= n.end for n in names)]
    return drop_overlaps([*names, *rest])


def read_uner(corpora: Path, split: str) -> Iterator[Passage]:
    """Universal NER over the English Web Treebank, with the treebank's exact text."""
    treebank = corpora / "treebank" / f"en_ewt-ud-{split}.conllu"
    sentences = list(read_sentences(treebank.read_text(encoding="utf-8").splitlines()))
    tagged = (corpora / "ner" / f"uner_en_ewt-{split}.iob2").read_text(encoding="utf-8").split("\n\n")
    by_words = {}
    for block in tagged:
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        if rows:
            by_words["\t".join(row[1] for row in rows)] = [(row[1], "O" if row[2] == "B-O" else row[2]) for row in rows]
    for sentence in sentences:
        tags = by_words.get("\t".join(word.form for word in sentence.words))
        if tags is None:
            continue
        _, spans = read_tagged(tags)
        yield mark_unknown_names("uner", sentence, [(a, b, CONLL.get(label, UNKNOWN)) for a, b, label in spans])


def mark_unknown_names(source: str, sentence: Sentence, spans: list[tuple[int, int, str]]) -> Passage:
    """The sentence's text and spans; proper nouns outside all spans are unknown, save dates and titles."""
    inside = {index for a, b, _ in spans for index in range(a, b)}
    for index, word in enumerate(sentence.words):
        is_open = word.upos == "PROPN" and word.form not in MONTHS_AND_DAYS and word.form.lower() not in TITLES
        if is_open and index not in inside:
            spans = [*spans, (index, index + 1, UNKNOWN)]
    tokens = [word.form for word in sentence.words]
    text, starts = "", []
    for word in sentence.words:
        starts.append(len(text))
        text += word.form + (" " if word.has_space_after else "")
    return Passage(source, text.rstrip(), tuple(sorted(place_spans(tokens, starts, spans))))


def read_gum(corpora: Path) -> Iterator[Passage]:
    """Named entities of GUM: the proper-noun core of entity mentions with a proper-noun head."""
    for path in sorted((corpora / "treebank/gum/train").glob("*.conllu")):
        for sentence in read_sentences(path.read_text(encoding="utf-8").splitlines()):
            yield mark_unknown_names("gum", sentence, name_cores(sentence))


def name_cores(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Token spans of the names inside GUM's entity mentions, the longest first."""
    cores: dict[tuple[int, int], str] = {}
    found = [
        (core, GUM[kind])
        for start, end, kind in read_entities(sentence)
        if kind in GUM and (core := name_core(sentence, start, end, has_links=kind != "person")) is not None
    ]
    for core, label in sorted(found, key=lambda item: (item[0][0] - item[0][1], item[0][0])):
        if not any(a < core[1] and core[0] < b for a, b in cores):
            cores[core] = label
    return [(a, b, label) for (a, b), label in cores.items()]


def read_entities(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """Bracketed mentions of the MISC column's ``Entity=`` as (start, end, type)."""
    stack: list[tuple[str, int, str]] = []
    for index, word in enumerate(sentence.words):
        value = next((part[7:] for part in word.misc.split("|") if part.startswith("Entity=")), "")
        for piece in re.findall(r"\([^()]+\)?|[^()]+\)", value):
            if piece.startswith("("):
                fields = piece.strip("()").split("-")
                if len(fields) > 1:
                    stack.append((fields[0], index, fields[1]))
            if piece.endswith(")"):
                name = piece.strip("()").split("-")[0]
                for position in range(len(stack) - 1, -1, -1):
                    if stack[position][0] == name:
                        _, start, kind = stack.pop(position)
                        yield start, index + 1, kind
                        break


def name_core(sentence: Sentence, start: int, end: int, *, has_links: bool) -> tuple[int, int] | None:
    """The run of proper nouns around the head of a mention, linked by "of", "the", "and", "for" or a hyphen."""
    words = sentence.words
    heads = [i for i in range(start, end) if not start <= words[i].head - 1 < end]
    if not heads or words[heads[0]].upos != "PROPN" or words[heads[0]].form in MONTHS_AND_DAYS:
        return None
    first = last = heads[0]
    links = LINKS if has_links else frozenset("-")
    while True:
        step = first - 1
        while step >= start and words[step].form in links and first - step < 3:
            step -= 1
        if step < start or not (
            words[step].upos == "PROPN" or (words[step].form[0].isupper() and words[step].deprel == "amod")
        ):
            break
        first = step
    while True:
        step = last + 1
        while step < end and words[step].form in links and step - last < 3:
            step += 1
        if (
            step >= end
            or words[step].upos not in ("PROPN", "NUM")
            or (step > last + 1 and words[step].form[0].islower())
        ):
            break
        last = step
    return first, last + 1


def read_worldwide(corpora: Path) -> Iterator[Passage]:
    """The development articles: measured on, never trained on."""
    for block in re.split(r"\n\s*\n", (corpora / "ner/worldwide-dev.iob2").read_text(encoding="utf-8")):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        if rows:
            tokens, spans = read_tagged((row[1], row[2]) for row in rows)
            yield to_passage("worldwide", tokens, [(a, b, WORLDWIDE[label]) for a, b, label in spans])


READERS: dict[str, tuple[Callable[[Path], Iterator[Passage]], bool, int]] = {
    "uner": (lambda corpora: read_uner(corpora, "train"), True, 6),
    "wikigold": (read_wikigold, True, 6),
    "redocred": (read_redocred, False, 8),
    "crossner": (read_crossner, True, 3),
    "grobid": (read_grobid, False, 5),
    "re3d": (read_re3d, False, 1),
    "gum": (read_gum, True, 6),
}


def read_training(corpora: Path, gazetteer: Gazetteer) -> Iterator[Passage]:
    """All passages that shipped weights may learn from."""
    for reader, is_complete, size in READERS.values():
        finished = (finish(passage, gazetteer, is_complete=is_complete) for passage in reader(corpora))
        yield from group((passage for passage in finished if passage.text.strip()), size=size)


def read_development(corpora: Path, gazetteer: Gazetteer) -> dict[str, list[Passage]]:
    """The two sets to steer by."""
    readers = {"worldwide": read_worldwide(corpora), "uner": read_uner(corpora, "dev")}
    return {
        name: list(group((finish(p, gazetteer, is_complete=True) for p in passages), size=10))
        for name, passages in readers.items()
    }
