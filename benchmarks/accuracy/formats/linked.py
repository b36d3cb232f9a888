"""Documents whose mentions are linked across documents: ECB+ and MEANTIME in CAT's XML, NewsWCL50."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import numpy as np

from benchmarks.accuracy.reading import Text, guess_spaces
from tasks.clean.dates import is_date_line
from tasks.clean.metadata import find_published

HEAD_LINES = 5
SENTENCE_END = re.compile(r"""[.!?:;]["'”’)\]]*$""")
LINKS = ("REFERS_TO", "CROSS_DOC_COREF", "INTRA_DOC_COREF")
ENDINGS = frozenset({"s", "t", "re", "ve", "ll", "d", "m"})
HYPHENED = re.compile(r"\w-\w")
QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
DOUBLED_QUOTES = re.compile("``|''")
WORD = re.compile(r"\w+(?:\.\w+)*|[^\w\s]")
MARKS = frozenset("\"'`.,;:!?-–—()[]")
NEWSWCL_EVENTS = frozenset({"EVENT", "ACTION"})


class Linked(NamedTuple):
    """A mention with its kind and the thing it means, which has the same name in every document of its set."""

    start: int
    end: int
    kind: str
    thing: str


class LinkedDocument(NamedTuple):
    """A text with its mentions; documents of one topic were linked to each other."""

    name: str
    topic: str
    text: Text
    mentions: tuple[Linked, ...]


class Token(NamedTuple):
    """A token of CAT's XML."""

    token_id: str
    sentence: int
    form: str


def find_day(lines: Sequence[str], url: str | None) -> str | None:
    """The day of publication that clean would take from date lines in the head, or from the address."""
    head = [re.sub(r"\s+([,:])\s?", r"\1 ", line) for line in lines[:HEAD_LINES]]
    dates = [line for line in head if is_date_line(line)]
    published = find_published(metadata=None, datelines=dates, url=url, source_uri="", retrieved_at=None, notes=dates)
    return published.at.date().isoformat() if published.at is not None else None


def read_cat(paths: Iterable[Path], selected: Mapping[str, frozenset[int]] | None = None) -> Iterator[LinkedDocument]:
    """The documents of files in CAT's XML; `selected` gives for each the sentences that were linked, all by default."""
    for path in paths:
        sentences = None if selected is None else selected.get(path.stem, frozenset())
        yield parse_cat(path.read_text(encoding="utf-8"), path.stem, path.parent.name, sentences)


def read_ecbplus(folder: Path) -> Iterator[LinkedDocument]:
    """The documents of ECB+ with the mentions of the sentences that were linked."""
    selected = read_selection(folder / "ECBplus_coreference_sentences.csv")
    return read_cat(sorted(folder.glob("ECB+/*/*.xml")), selected)


def read_selection(path: Path) -> dict[str, frozenset[int]]:
    """The sentences of ECB+ that were linked, by document."""
    found: dict[str, set[int]] = defaultdict(set)
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            found[f"{row['Topic']}_{row['File']}"].add(int(row["Sentence Number"]))
    return {name: frozenset(sentences) for name, sentences in found.items()}


def parse_cat(xml: str, name: str, topic: str, selected: frozenset[int] | None = None) -> LinkedDocument:
    """The document; a first sentence that is the address of the page is no text."""
    root = ElementTree.fromstring(xml)
    tokens = [Token(t.get("t_id", ""), int(t.get("sentence", 0)), t.text or "") for t in root.iter("token")]
    first = [token.form for token in tokens if token.sentence == 0]
    url = "".join(first) if first[:1] == ["http"] else None
    tokens = [token for token in tokens if token.sentence > 0 or url is None]
    text, places = join_tokens(tokens)
    sentences = {token.token_id: token.sentence for token in tokens}
    lines = [" ".join(t.form for t in tokens if t.sentence == number) for number in sorted(set(sentences.values()))]
    things = find_things(root, name)
    mentions = []
    for element in root.find("Markables") or ():
        anchors = [a.get("t_id", "") for a in element.iter("token_anchor") if a.get("t_id", "") in places]
        if anchors and (selected is None or sentences[anchors[0]] in selected):
            thing = things.get(element.get("m_id", ""), f"{name} {element.get('m_id')}")
            spans = [places[anchor] for anchor in anchors]
            mentions.append(Linked(min(s for s, _ in spans), max(e for _, e in spans), element.tag, thing))
    return LinkedDocument(name, topic, Text(text, find_day(lines, url)), tuple(sorted(mentions)))


def join_tokens(tokens: Sequence[Token]) -> tuple[str, dict[str, tuple[int, int]]]:
    """Tokens as print has them, with a blank line after a line that ends no sentence, and the characters of each."""
    forms = [DOUBLED_QUOTES.sub('"', token.form) for token in tokens]
    spaces = join_marks(forms, guess_spaces(forms))
    pieces: list[str] = []
    places: dict[str, tuple[int, int]] = {}
    length = 0
    for index, (token, form) in enumerate(zip(tokens, forms, strict=True)):
        gap = " " if spaces[index] else ""
        if index + 1 == len(tokens) or tokens[index + 1].sentence != token.sentence:
            gap = " " if SENTENCE_END.search("".join(pieces[-2:]) + form) is not None else "\n\n"
        places[token.token_id] = (length, length + len(form))
        pieces += [form, gap]
        length += len(form) + len(gap)
    return "".join(pieces).rstrip(), places


def join_marks(forms: Sequence[str], spaces: Sequence[bool]) -> list[bool]:
    """The spaces without those around apostrophes, and hyphens where no token of the document holds one."""
    joined = list(spaces)
    has_hyphens = any(HYPHENED.search(form) for form in forms)
    for index in range(1, len(forms) - 1):
        is_apostrophe = forms[index] in {"'", "’"} and forms[index + 1] in ENDINGS
        is_hyphen = (
            forms[index] == "-" and not has_hyphens and forms[index - 1].isalnum() and forms[index + 1].isalnum()
        )
        if is_apostrophe or is_hyphen:
            joined[index - 1] = joined[index] = False
    return joined


def find_things(root: ElementTree.Element, name: str) -> dict[str, str]:
    """What each linked mention means, by its id; links inside the document alone are named after it."""
    instances = {
        element.get("m_id", ""): element.get("instance_id") or f"{name} {element.get('m_id')}"
        for element in root.find("Markables") or ()
        if element.get("TAG_DESCRIPTOR") is not None
    }
    things: dict[str, str] = {}
    for link in root.find("Relations") or ():
        target = link.find("target")
        if link.tag in LINKS and target is not None:
            thing = instances.get(target.get("m_id", ""), f"{name} {link.get('r_id')}")
            things.update((source.get("m_id", ""), thing) for source in link.iter("source"))
    return things


def read_newswcl(folder: Path) -> Iterator[LinkedDocument]:
    """The articles of NewsWCL50 with the events and actions that annotators coded."""
    with (folder / "urls.tsv").open(encoding="utf-8") as lines:
        urls = {(row["Event ID"], row["Outlet"]): row["URL"] for row in csv.DictReader(lines, delimiter="\t")}
    with (folder / "Annotations.csv").open(encoding="utf-8") as lines:
        next(lines)  # the line `sep=,`
        rows = [row for row in csv.DictReader(lines) if row["code_type"] in NEWSWCL_EVENTS]
    by_article: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        by_article[row["event_id"], row["publisher_id"]].append(row)
    for path in sorted(folder.glob("1-raw-articles/event_*/*")):
        topic, outlet = path.name.partition(".")[0].split("_")
        text = path.read_text(encoding="utf-8")
        mentions = locate_mentions(text, by_article[topic, outlet])
        day = find_day(text.split("\n"), urls.get((topic, outlet)))
        yield LinkedDocument(f"{topic}_{outlet}", topic, Text(text, day), tuple(mentions))


def locate_mentions(text: str, rows: Sequence[Mapping[str, str]]) -> list[Linked]:
    """The coded phrases of an article where their words stand in its text, no place twice.

    The set counts sentences of a text that is not part of it. Phrases that stand once show how the sentences run
    through the article; of the places of another phrase, the nearest to its sentence is taken.
    """
    words = [(match[0].translate(QUOTES).lower(), match.start(), match.end()) for match in WORD.finditer(text)]
    words = [word for word in words if word[0] not in MARKS]
    forms = [form for form, _, _ in words]
    ordered = sorted(rows, key=lambda row: (int(row["sentence"]), int(row["start"])))
    wanted = [find_places(forms, row["code_mention"]) for row in ordered]
    sentences = [int(row["sentence"]) for row in ordered]
    known = sorted(
        {(sentence, places[0][0]) for sentence, places in zip(sentences, wanted, strict=True) if len(places) == 1}
    )
    taken: set[tuple[int, int]] = set()
    mentions = []
    for row, places in zip(ordered, wanted, strict=True):
        expected = (
            float(np.interp(int(row["sentence"]), [s for s, _ in known], [w for _, w in known])) if known else 0.0
        )
        free = [place for place in places if place not in taken]
        if free:
            first, last = min(free, key=lambda place: abs(place[0] - expected))
            taken.add((first, last))
            mentions.append(
                Linked(words[first][1], words[last][2], row["code_type"], f"{row['event_id']} {row['code_name']}")
            )
    return sorted(mentions)


def find_places(forms: Sequence[str], phrase: str) -> list[tuple[int, int]]:
    """The first and last word of each place where a phrase stands among words, marks apart."""
    wanted = [form for form in WORD.findall(phrase.translate(QUOTES).lower()) if form not in MARKS]
    starts = (i for i in range(len(forms)) if wanted and forms[i : i + len(wanted)] == wanted)
    return [(start, start + len(wanted) - 1) for start in starts]
