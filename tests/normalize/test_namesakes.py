"""Publications and what else their names mean."""

from tasks.normalize.clusters import Mention
from tasks.normalize.namesakes import Namesake, mark_namesakes

NAMESAKES = {"hill": Namesake("Capitol Hill", "GPE")}


def mark(sentence: str, label: str = "ORG") -> tuple[str, str]:
    start = sentence.index("Hill")
    mention = Mention("m1", "a1", 10 + start, 14 + start, "Hill", label)
    (found,) = mark_namesakes([mention], {("a1", 0): (10, sentence)}, NAMESAKES)
    return found.text, found.label


def test_a_capital_article_makes_a_publication() -> None:
    assert mark("He told The Hill so.", "GPE") == ("Hill", "ORG")
    assert mark("Staff on the Hill said so.") == ("Capitol Hill", "GPE")
    assert mark("Some Hill aides said so.") == ("Capitol Hill", "GPE")


def test_persons_stay_persons() -> None:
    assert mark("Anita said so, and Hill left.", "PERSON") == ("Hill", "PERSON")
