"""`python -m benchmarks.performance.rules DATA_DIR`: CPU seconds of each rule component, as shares of the parse."""

import argparse
import itertools
import time
from collections import defaultdict
from pathlib import Path

from benchmarks.performance.bare import read_bodies
from tasks.nlp.build import build_rules, load_model
from tasks.settings import DEFAULT_MODEL, Settings

PARSE = "parse"


def measure(bodies: list[str], model: str) -> dict[str, float]:
    """The seconds of the parse and of each component over the bodies, on one core."""
    nlp = load_model(model)
    rules = build_rules(Settings().reference_dir, nlp.vocab)
    seconds: dict[str, float] = defaultdict(float)
    for warm_up, body in enumerate(itertools.chain(bodies[:1], bodies)):
        spent: dict[str, float] = {}
        start = time.process_time()
        doc = nlp(body)
        spent[PARSE] = time.process_time() - start
        doc._.published_on = doc._.title = None
        for name, component in rules.pipeline:
            start = time.process_time()
            doc = component(doc)
            spent[name] = time.process_time() - start
        for name, value in spent.items() if warm_up else ():
            seconds[name] += value
    return dict(seconds)


def main() -> None:
    """Prints a row for each component."""
    parser = argparse.ArgumentParser(prog="benchmarks.performance.rules", description=__doc__)
    parser.add_argument("data", type=Path, metavar="DATA_DIR", help="a data folder that clean has filled")
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--model", default=str(DEFAULT_MODEL))
    options = parser.parse_args()
    seconds = measure(read_bodies(options.data)[: options.articles], options.model)
    for name, value in [*seconds.items(), ("all rules", sum(seconds.values()) - seconds[PARSE])]:
        print(f"{name:24}{value:8.2f} s{value / seconds[PARSE]:8.1%}")


if __name__ == "__main__":
    main()
