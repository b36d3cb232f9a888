"""The trained network as a spaCy model, with nothing in it that is not needed to run it."""

import json
import shutil
from pathlib import Path
from typing import Any

from spacy.language import Language

from tasks.nlp.network import Network, Weights
from training.syntax import load_blank
from training.windows import Inventory

VERSION = "0.2.2"
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
    (
        "News articles of 2012-2020 (unlabelled: word vectors, and read by the teacher)",
        "publishers' text; none is contained",
    ),
    ("all-MiniLM-L6-v2 (pretrained transformer, the teacher's start; its weights are not contained)", "Apache-2.0"),
)


def assemble(inventory: Inventory, weights: Weights, lemmas: dict[str, str]) -> Language:
    """A pipeline of the tokenizer and the parser with these labels, weights and lemmas known by heart."""
    nlp = load_blank()
    parser = nlp.add_pipe("dateline_parser")
    parser.initialize_with(inventory, Network(weights, inventory.entities), lemmas)  # type: ignore[attr-defined]
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
    """Empties the stored vocabulary: the labels come with the weights, and no list of corpus words is shipped."""
    (model / "vocab" / "strings.json").write_text("[]", encoding="utf-8")


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
