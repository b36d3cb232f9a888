"""Copies made of an article as wire copy changes on its way, and daily reports that share a frame: a synthetic test."""

import random
import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

SENTENCE_END = re.compile(r"(?<=[.!?]['”\"])\s+|(?<=[.!?])\s+(?=[A-Z“\"'])")
OUTLETS = ("Reuters", "The Associated Press", "Associated Press", "AFP", "CNN", "Fox News", "The New York Times",
           "The Washington Post", "Politico", "USA TODAY", "The Hill", "NBC News", "CBS News", "Newsmax")  # fmt: skip
OUTLET = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, OUTLETS), key=len, reverse=True))})\b")
SHORTEST_PART = 100
LONGEST_LEAD = 80
CREDITS = ("File photo", "Handout", "Photo by the agency", "Pool photo via the agency", "Courtesy of the ministry")

Paragraphs: TypeAlias = list[str]
Change: TypeAlias = Callable[[Paragraphs, Paragraphs, random.Random], Paragraphs]


def split_paragraphs(text: str) -> Paragraphs:
    """The paragraphs of a text; one with few is parted after every second sentence."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    if len(paragraphs) >= 4:
        return paragraphs
    sentences = split_sentences(text)
    return [" ".join(sentences[start : start + 2]) for start in range(0, len(sentences), 2)]


def split_sentences(text: str) -> list[str]:
    """The sentences of a text, roughly."""
    return [sentence for part in text.split("\n") for sentence in SENTENCE_END.split(part.strip()) if sentence]


def cut_tail(paragraphs: Paragraphs, donor: Paragraphs, chooser: random.Random) -> Paragraphs:
    """The first 40 to 90 per cent of the paragraphs, at least 100 words."""
    kept = max(2, round(len(paragraphs) * chooser.uniform(0.4, 0.9)))
    while kept < len(paragraphs) and count_words(paragraphs[:kept]) < SHORTEST_PART:
        kept += 1
    return paragraphs[:kept]


def change_lead(paragraphs: Paragraphs, donor: Paragraphs, chooser: random.Random) -> Paragraphs:
    """The paragraphs with the first words of another article, up to 80, in place of the first one."""
    return [" ".join(donor[0].split()[:LONGEST_LEAD]), *paragraphs[1:]]


def swap_outlets(paragraphs: Paragraphs, donor: Paragraphs, chooser: random.Random) -> Paragraphs:
    """The paragraphs with other outlets named in them, in front and below."""
    outlet = chooser.choice(OUTLETS)
    changed = [OUTLET.sub(outlet, paragraph) for paragraph in paragraphs]
    return [f"({outlet}) — {changed[0]}", *changed[1:], f"Reporting for {outlet}; editing by the {outlet} desk."]


def insert_captions(paragraphs: Paragraphs, donor: Paragraphs, chooser: random.Random) -> Paragraphs:
    """The paragraphs with one to four captions between them, of up to 25 words from another article."""
    changed = list(paragraphs)
    for _ in range(chooser.randint(1, 4)):
        words = chooser.choice(donor).split()[: chooser.randint(8, 25)]
        changed.insert(chooser.randint(1, len(changed)), f"{' '.join(words)}. {chooser.choice(CREDITS)}")
    return changed


CHANGES: dict[str, Change] = {
    "cut tail": cut_tail,
    "changed lead": change_lead,
    "swapped outlets": swap_outlets,
    "inserted captions": insert_captions,
}
MIXTURE = "mixture"
KINDS = (*CHANGES, MIXTURE)


def make_copy(text: str, donor: str, kind: str, chooser: random.Random) -> str:
    """The text as an outlet might run it, with words of a donor; a mixture has two to four changes."""
    chosen = chooser.sample(list(CHANGES), chooser.randint(2, 4)) if kind == MIXTURE else [kind]
    paragraphs, other = split_paragraphs(text), split_paragraphs(donor)
    for name, change in CHANGES.items():
        if name in chosen:
            paragraphs = change(paragraphs, other, chooser)
    return "\n\n".join(paragraphs)


def count_words(paragraphs: Sequence[str]) -> int:
    """The number of words."""
    return sum(len(paragraph.split()) for paragraph in paragraphs)


def share_sentences(text: str, other: str) -> float:
    """The share of a text's sentences that stand in another one, letter by letter: a judge that knows no shingles."""
    sentences = [sentence for sentence in split_sentences(text) if len(sentence.split()) >= 5]
    held = set(split_sentences(other))
    return sum(sentence in held for sentence in sentences) / len(sentences) if sentences else 0.0


NAMES = ("Aldermoor", "Brightwater", "Castellane", "Dunmarrow", "Everlode", "Fenwick", "Garrowby", "Halvorsen")
MOVES = ("gained", "lost", "added", "shed", "rose", "fell")
OUTLOOKS = (
    "A letter from an old friend may bring a smile before the week is out.",
    "Keep a close eye on spending, since a small bill could grow into a large one.",
    "Someone at work notices more of your effort than you think.",
    "A short walk at noon will clear your head for an important talk.",
    "Do not be too quick to lend what you cannot do without.",
    "The evening belongs to family, and a quarrel is soon forgotten.",
    "An offer that looks too good deserves a second reading.",
    "Travel plans change at the last moment, and for the better.",
    "Let others speak first today and choose your words with care.",
    "A forgotten promise comes back, so keep it while you can.",
)
SIGNS = ("Aries", "Taurus", "Gemini", "Cancer", "Leo", "Virgo")


def make_series(length: int, chooser: random.Random) -> list[list[str]]:
    """Three series of daily reports that share a frame: markets, horoscopes and scores."""
    makers = (make_market_report, make_horoscope, make_scores)
    return [[make(chooser) for _ in range(length)] for make in makers]


def make_market_report(chooser: random.Random) -> str:
    """The closing report of one day."""
    lines = [f"Stocks closed {chooser.choice(('higher', 'lower', 'little changed'))} on the day, traders said."]
    for name in chooser.sample(NAMES, 6):
        move, share, price = chooser.choice(MOVES), chooser.randint(1, 99) / 10, chooser.randint(100, 9999) / 100
        lines.append(f"Shares of {name} {move} {share} per cent to close at {price} after volume of "
                     f"{chooser.randint(10, 99)} million changed hands.")  # fmt: skip
    lines.append(
        f"Oil settled at {chooser.randint(300, 1200) / 10} a barrel, and gold at {chooser.randint(1100, 2100)}."
    )
    return "\n\n".join(lines)


def make_horoscope(chooser: random.Random) -> str:
    """The horoscope of one day: two of ten outlooks for each of six signs."""
    lines = ["What the stars have in store for you today, by our astrologer."]
    return "\n\n".join([*lines, *(f"{sign}: {' '.join(chooser.sample(OUTLOOKS, 2))}" for sign in SIGNS)])


def make_scores(chooser: random.Random) -> str:
    """The scores of one match day."""
    lines = ["All the results of the day from the league, with scorers and attendance."]
    for _ in range(8):
        home, away = chooser.sample(NAMES, 2)
        goals = f"{chooser.randint(0, 5)}-{chooser.randint(0, 5)}"
        lines.append(f"{home} {goals} {away}, half-time {chooser.randint(0, 2)}-{chooser.randint(0, 2)}, "
                     f"attendance {chooser.randint(2000, 60000)}.")  # fmt: skip
    return "\n\n".join(lines)
