"""What the model scores on the development sets, its size and its speed."""

import json
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, DocBin
from spacy.training import Example

MERGED = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "NORP": "NORP"}
SYNTAX_SCORES = ("token_acc", "tag_acc", "pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f")


def score_syntax(nlp: Language, docbin: Path) -> dict[str, float]:
    """spaCy's scores of tagging, lemmas, parsing (no punctuation) and sentence ends, from raw text, per cent."""
    docs = list(DocBin().from_disk(docbin).get_docs(nlp.vocab))
    scorer = Scorer(default_pipeline=("tagger", "morphologizer", "trainable_lemmatizer", "parser"))
    scores = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in docs], scorer=scorer)
    return {name: round(100 * scores[name], 2) for name in SYNTAX_SCORES}


def find_unknown(doc: Doc) -> set[int]:
    """Tokens whose entity annotation is missing."""
    return {token.i for token in doc if token.ent_iob == 0}


def count_names(gold: Doc, found: Doc) -> Counter[tuple[str, str]]:
    """Correct, missed and wrong names by merged label, of docs with the same tokens; unknown stretches are left out."""
    unknown = find_unknown(gold)
    wanted = {(ent.start, ent.end, MERGED[ent.label_]) for ent in gold.ents if ent.label_ in MERGED}
    given = {
        (ent.start, ent.end, MERGED[ent.label_])
        for ent in found.ents
        if ent.label_ in MERGED and not unknown & set(range(ent.start, ent.end))
    }
    counts: Counter[tuple[str, str]] = Counter()
    for kind, spans in (("right", wanted & given), ("missed", wanted - given), ("wrong", given - wanted)):
        counts.update((label, kind) for _, _, label in spans)
    return counts


def summarize(counts: Counter[tuple[str, str]]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 in per cent by label, and over all under "micro"."""
    table: dict[str, dict[str, float]] = {}
    for label in ("PERSON", "ORG", "PLACE", "NORP", "micro"):
        members = [label] if label != "micro" else ["PERSON", "ORG", "PLACE", "NORP"]
        right, missed, wrong = (sum(counts[m, kind] for m in members) for kind in ("right", "missed", "wrong"))
        precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        table[label] = {"p": round(100 * precision, 2), "r": round(100 * recall, 2), "f": round(100 * f1, 2)}
    return table


def score_names(nlp: Language, docbin: Path) -> dict[str, dict[str, float]]:
    """Exact-span scores with places merged (GPE, LOC and FAC count as one)."""
    golds = list(DocBin().from_disk(docbin).get_docs(nlp.vocab))
    counts: Counter[tuple[str, str]] = Counter()
    for gold, found in zip(golds, nlp.pipe(copy_words(nlp, golds)), strict=True):
        counts += count_names(gold, found)
    return summarize(counts)


def copy_words(nlp: Language, docs: Iterable[Doc]) -> Iterable[Doc]:
    return (Doc(nlp.vocab, words=[t.text for t in d], spaces=[bool(t.whitespace_) for t in d]) for d in docs)


def measure_speed(nlp: Language, news: Path, *, articles: int) -> float:
    """Words a second of the whole pipeline on one process, over real articles."""
    with news.open(encoding="utf-8") as lines:
        texts = [json.loads(next(lines))["text"][:6000] for _ in range(articles)]
    start = time.perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(texts, batch_size=32))
    return words / (time.perf_counter() - start)


def measure_load(model: Path) -> float:
    """Seconds to load the model, in a process that has imported spaCy."""
    start = time.perf_counter()
    spacy.load(model)
    return time.perf_counter() - start


def evaluate(model: Path, work: Path, corpora: Path) -> dict[str, Any]:
    """All figures of the model card."""
    load_seconds = measure_load(model)
    nlp = spacy.load(model)
    return {
        "syntax": {name: score_syntax(nlp, work / f"syntax-dev-{name}.spacy") for name in ("ewt", "gum")},
        "names": {name: score_names(nlp, work / f"ner-dev-{name}.spacy") for name in ("worldwide", "uner")},
        "load_seconds": round(load_seconds, 2),
        "words_per_second": round(measure_speed(nlp, corpora / "news-raw.jsonl", articles=150)),
    }
