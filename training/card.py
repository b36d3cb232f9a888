"""The model card, with the measured figures filled in."""

from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).parent / "card_template.md"


def write_card(
    model: Path, figures: dict[str, Any], *, size: float, sources: tuple[tuple[str, str], ...], version: str
) -> None:
    """Writes README.md in the model folder."""
    text = TEMPLATE.read_text(encoding="utf-8")
    replacements = {
        "{version}": version,
        "{size}": f"{size:.0f}",
        "{load}": f"{figures['load_seconds']:.1f}",
        "{speed}": f"{round(figures['words_per_second'], -2):,}",
        "{syntax}": syntax_table(figures["syntax"]),
        "{names}": names_table(figures["names"]),
        "{sources}": "\n".join(f"- {name}: {license}" for name, license in sources),
    }
    for mark, value in replacements.items():
        text = text.replace(mark, value)
    (model / "README.md").write_text(text, encoding="utf-8")


def syntax_table(scores: dict[str, dict[str, float]]) -> str:
    """Rows of tagging and parsing scores, one a treebank."""
    heads = {
        "tag_acc": "PTB tag",
        "pos_acc": "UPOS",
        "lemma_acc": "lemma",
        "dep_uas": "UAS",
        "dep_las": "LAS",
        "sents_f": "sentences F1",
    }
    lines = ["| | " + " | ".join(heads.values()) + " |", "|---" * (len(heads) + 1) + "|"]
    for name, title in (("ewt", "EWT dev"), ("gum", "GUM dev")):
        lines.append(f"| {title} | " + " | ".join(f"{scores[name][key]:.1f}" for key in heads) + " |")
    return "\n".join(lines)


def names_table(scores: dict[str, dict[str, dict[str, float]]]) -> str:
    """Rows of F1 by label, one a set."""
    labels = ("PERSON", "ORG", "PLACE", "NORP", "micro")
    lines = ["| | " + " | ".join(labels) + " |", "|---" * (len(labels) + 1) + "|"]
    for name, title in (("worldwide", "Worldwide news dev"), ("uner", "UNER EWT dev")):
        lines.append(f"| {title} | " + " | ".join(f"{scores[name][label]['f']:.1f}" for label in labels) + " |")
    return "\n".join(lines)
