"""``python -m training.build --corpora DIR --out models/dateline_en``: from the corpora to the shipped model."""

import argparse
import json
import logging
from pathlib import Path

from spacy import util

from training import assemble, evaluate, ner, syntax, vectors
from training.card import write_card

STEPS = ("convert", "vectors", "syntax", "ner", "assemble", "evaluate")
EVERY_NTH_ARTICLE = 2


def run_step(step: str, corpora: Path, work: Path, out: Path) -> None:
    """Runs one step; each reads what the steps before it left in ``work``."""
    if step == "convert":
        syntax.convert_syntax(corpora, work)
        ner.convert_ner(corpora, work)
    elif step == "vectors":
        tokens = work / "tokens.txt"
        vectors.write_tokens(syntax.load_blank(), corpora / "news-raw.jsonl", tokens, every=EVERY_NTH_ARTICLE)
        vectors.train_vectors(tokens, work / "vectors.floret")
        ner.prepare_vectors(work)
    elif step == "syntax":
        syntax.train_syntax(work)
    elif step == "ner":
        ner.train_ner(corpora, work)
    elif step == "assemble":
        assemble.save(assemble.assemble(work / "syntax" / "model-best", work / "ner" / "model-best"), out)
    elif step == "evaluate":
        figures = evaluate.evaluate(out, work, corpora)
        assemble.add_performance(out, figures)
        size = assemble.size_in_megabytes(out)
        write_card(out, figures, size=size, sources=assemble.SOURCES, version=assemble.VERSION)
        print(json.dumps(figures, indent=1))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--corpora", type=Path, required=True, help="folder with treebank/, ner/, gazetteers/, news-raw.jsonl"
    )
    parser.add_argument("--out", type=Path, default=Path("models/dateline_en"))
    parser.add_argument("--work", type=Path, default=Path("data/training"), help="intermediate files")
    parser.add_argument("--step", choices=STEPS, action="append", help="run only this step; may be repeated")
    options = parser.parse_args()
    util.logger.setLevel(logging.INFO)
    options.work.mkdir(parents=True, exist_ok=True)
    for step in options.step or STEPS:
        run_step(step, options.corpora, options.work, options.out)


if __name__ == "__main__":
    main()
