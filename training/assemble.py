"""The two trained pipelines as one spaCy model, with nothing in it that is not needed to run it."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
import srsly
from spacy.language import Language
from spacy.strings import get_string_id

from training.syntax import load_blank

VERSION = "0.1.0"
SOURCES = (
    ("Universal Dependencies English Web Treebank 2.16", "CC BY-SA 4.0"),
    (
        "Georgetown University Multilayer corpus (GUM), open genres",
        "annotations CC BY 4.0; texts CC BY, CC BY-SA, public domain",
    ),
    ("Universal NER, English EWT", "CC BY-SA 4.0"),
    ("WikiGold", "CC BY 4.0"),
    ("Re-DocRED", "MIT; texts from Wikipedia, CC BY-SA"),
    ("CrossNER, politics", "MIT; texts from Wikipedia, CC BY-SA"),
    ("GROBID-NER training data", "Apache-2.0; texts from Wikipedia, CC BY-SA, and EHRI"),
    ("re3d (Dstl), without the EU delegation's folder", "public domain, Open Government Licence, CC BY, CC BY-SA"),
    (
        "CIA World Factbook, country-codes, GeoNames cities, CAMEO dictionaries, world leaders 2021 (names only)",
        "used as facts; public domain, PDDL, CC BY 4.0, others",
    ),
    ("News articles of 2012-2020 (unlabelled, for word vectors only)", "publishers' text; no text is contained"),
)


def assemble(syntax: Path, ner: Path) -> Language:
    """One pipeline from the two folders; the recognizer keeps its own encoder and the word vectors."""
    syntax_nlp, ner_nlp = spacy.load(syntax), spacy.load(ner)
    nlp = load_blank()
    nlp.vocab.vectors = ner_nlp.vocab.vectors
    syntax_nlp.vocab.vectors = ner_nlp.vocab.vectors
    for source in (syntax_nlp, ner_nlp):
        for name in source.pipe_names:
            nlp.add_pipe(name, source=source)
    nlp.meta.update(
        name="dateline_news",
        version=VERSION,
        description="Dateline's English news pipeline: Penn tags, Universal Dependencies, lemmas, named entities",
        author="Dateline",
        email="",
        url="",
        license="CC BY-SA 4.0",
        sources=[{"name": name, "license": license, "author": "", "url": ""} for name, license in SOURCES],
    )
    return nlp


def trim_strings(model: Path) -> None:
    """Rewrites the stored vocabulary to labels and lemma endings, so that no list of corpus words is shipped."""
    nlp = spacy.load(model)
    needed = set(collect_numbers(srsly.read_msgpack(model / "trainable_lemmatizer" / "trees")))
    labels = {str(label) for name in nlp.pipe_names for label in getattr(nlp.get_pipe(name), "labels", ())}
    labels |= {part for label in labels for feature in label.split("|") for part in (feature, *feature.split("="))}
    path = model / "vocab" / "strings.json"
    strings = json.loads(path.read_text(encoding="utf-8"))
    kept = [text for text in strings if text in labels or get_string_id(text) in needed]
    path.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


def collect_numbers(value: Any) -> Iterator[int]:
    """All whole numbers anywhere inside nested lists and mappings."""
    if isinstance(value, int):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from collect_numbers(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from collect_numbers(inner)


def save(nlp: Language, target: Path) -> None:
    """Writes the model beside ``target`` and puts it in its place; README and LICENSE there are kept."""
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    nlp.to_disk(fresh)
    trim_strings(fresh)
    for name in ("README.md", "LICENSE"):
        if (target / name).exists():
            shutil.copy(target / name, fresh / name)
    if target.exists():
        old = target.with_name(target.name + ".old")
        shutil.rmtree(old, ignore_errors=True)
        target.replace(old)
        fresh.replace(target)
        shutil.rmtree(old)
    else:
        fresh.replace(target)


def size_in_megabytes(folder: Path) -> float:
    """The size of all files of the folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def add_performance(model: Path, performance: dict[str, Any]) -> None:
    """Writes measured scores in the model's meta.json."""
    meta = json.loads((model / "meta.json").read_text(encoding="utf-8"))
    meta["performance"] = performance
    (model / "meta.json").write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
