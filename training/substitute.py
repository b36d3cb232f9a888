"""Other names put in the place of annotated ones, so that the recognizer learns contexts and shapes, not a list."""

import random
import re

from training.gazetteer import Gazetteer
from training.passages import UNKNOWN, Passage, Span

MINISTRIES = (
    "Foreign Affairs",
    "Defence",
    "Defense",
    "the Interior",
    "Health",
    "Finance",
    "Justice",
    "Energy",
    "Education",
    "Internal Affairs",
    "Emergency Situations",
    "Transport",
    "Agriculture",
    "Home Affairs",
    "Labour",
    "Trade",
)
SHORT_MINISTRIES = ("Foreign", "Defence", "Defense", "Interior", "Health", "Finance", "Justice", "Energy", "Education")
BODIES = (
    "Security Council",
    "Supreme Court",
    "Central Bank",
    "National Guard",
    "Electoral Commission",
    "Olympic Committee",
    "Red Crescent",
    "Football Federation",
    "Human Rights Commission",
    "Chamber of Commerce",
    "Air Force",
    "Navy",
    "Army",
    "Parliament",
    "Senate",
    "National Assembly",
    "Constitutional Court",
    "Border Guard",
    "Coast Guard",
    "Press Agency",
    "Space Agency",
    "Anti-Corruption Commission",
    "Investment Authority",
    "Statistics Agency",
    "Development Bank",
)
THEMES = (
    "Collective Security",
    "Economic Cooperation",
    "Civil Society",
    "Women's Rights",
    "Climate Action",
    "Free Trade",
    "Human Rights",
    "Press Freedom",
    "National Unity",
    "Rural Development",
    "Public Health",
    "Refugee Relief",
    "Nuclear Energy",
    "Food Security",
    "Digital Rights",
    "Land Reform",
    "Social Justice",
    "Maritime Safety",
)
FORMS = (
    "Organization",
    "Treaty Organization",
    "Council",
    "Foundation",
    "Alliance",
    "Network",
    "Institute",
    "Association",
    "Movement",
    "Front",
    "Commission",
    "Union",
    "Committee",
    "Fund",
    "Initiative",
    "Agency",
    "Watch",
    "Centre",
    "League",
)
LOCAL = (
    "Police",
    "University",
    "High Court",
    "City Council",
    "United",
    "Medical College",
    "Times",
    "Post",
    "Daily News",
    "Regional Court",
    "Chamber of Commerce",
    "Electric",
    "Airlines",
    "Bank",
    "Steel",
    "Football Club",
    "Herald",
    "Police Department",
    "Municipality",
    "State University",
    "Mining",
    "Petroleum",
    "Telecom",
    "Holdings",
    "Group",
)
FACILITIES = (
    "International Airport",
    "Airport",
    "Central Prison",
    "General Hospital",
    "Stadium",
    "Port",
    "Bridge",
    "Dam",
    "Nuclear Power Plant",
    "Air Base",
    "Central Station",
    "Grand Mosque",
    "Cathedral",
    "University Hospital",
    "Park",
    "police station",
    "prison",
    "Power Station",
    "Museum",
    "Square",
    "Palace",
    "Hotel",
    "refugee camp",
    "Highway",
)


class Names:
    """Draws names; two people of one passage who share a surname keep sharing it."""

    def __init__(self, gazetteer: Gazetteer, chooser: random.Random) -> None:
        self.gazetteer = gazetteer
        self.chooser = chooser

    def draw_person(self) -> str:
        """A full name: one from the lists, or the first and last parts of two."""
        name = self.chooser.choice(self.gazetteer.people)
        if self.chooser.random() < 0.3:
            other = self.chooser.choice(self.gazetteer.people)
            name = f"{name.split()[0]} {other.split()[-1]}"
        if self.chooser.random() < 0.5:
            name = re.sub(r" (al|el) ", r" \1-", name)
        if self.chooser.random() < 0.1:
            return "-".join(name.split(" ", 1)) if name.count(" ") == 2 else name
        return name

    def draw_place(self) -> str:
        """A city, province or country; half of the time a country."""
        return self.chooser.choice(self.gazetteer.countries if self.chooser.random() < 0.4 else self.gazetteer.places)

    def draw_organization(self) -> str:
        """A listed organization or one put together from parts."""
        pick, g = self.chooser.choice, self.gazetteer
        kind = self.chooser.random()
        if kind < 0.45:
            return pick(g.organizations)
        if kind < 0.53:
            return f"Ministry of {pick(MINISTRIES)}"
        if kind < 0.61:
            return f"{pick(g.adjectives)} {pick(SHORT_MINISTRIES)} Ministry"
        if kind < 0.70:
            return f"{pick(g.adjectives)} {pick(BODIES)}"
        if kind < 0.80:
            return f"{pick(THEMES)} {pick(FORMS)}"
        if kind < 0.92:
            return f"{pick(g.places)} {pick(LOCAL)}"
        return "".join(pick("ABCDEFGHIJKLMNOPRSTUVWZ") for _ in range(self.chooser.choice((2, 3, 3, 4, 4, 5))))

    def draw_facility(self) -> str:
        """A facility named after a place or, less often, a person."""
        owner = self.chooser.choice(self.gazetteer.places) if self.chooser.random() < 0.8 else self.draw_person()
        return f"{owner} {self.chooser.choice(FACILITIES)}"


def substitute_names(passage: Passage, names: Names, *, rates: dict[str, float]) -> Passage:
    """The passage with some names replaced, the same name always by the same one."""
    chooser = names.chooser
    replacements: dict[tuple[str, str], str] = {}
    ordered = sorted(passage.spans, key=lambda span: -passage.text.count(" ", span.start, span.end))
    for span in ordered:
        surface = passage.text[span.start : span.end]
        key = (span.label, surface)
        if key in replacements:
            continue
        replacements[key] = surface
        if chooser.random() < rates.get(span.label, 0.0) and not surface.isupper():
            replacements[key] = draw_replacement(span, surface, names)
            if span.label == "PERSON" and " " in surface:
                replacements.setdefault(("PERSON", surface.split()[-1]), replacements[key].split()[-1])
    return rewrite(passage, replacements)


def draw_replacement(span: Span, surface: str, names: Names) -> str:
    """Another name of the same label."""
    if span.label == "PERSON":
        person = names.draw_person()
        return person if " " in surface else names.chooser.choice(person.split()[-1:] + person.split()[:1])
    if span.label == "GPE":
        return names.draw_place()
    if span.label == "ORG":
        return names.draw_organization()
    if span.label == "FAC":
        return names.draw_facility()
    return names.chooser.choice(names.gazetteer.adjectives)


def rewrite(passage: Passage, replacements: dict[tuple[str, str], str]) -> Passage:
    """The passage with each span's surface replaced, and its spans moved along."""
    text, spans, position = "", [], 0
    for span in passage.spans:
        surface = passage.text[span.start : span.end]
        text += passage.text[position : span.start]
        new = surface if span.label == UNKNOWN else replacements.get((span.label, surface), surface)
        spans.append(Span(len(text), len(text) + len(new), span.label))
        text += new
        position = span.end
    return Passage(passage.source, text + passage.text[position:], tuple(spans))


def restyle(passage: Passage, chooser: random.Random) -> Passage:
    """The passage in another style of the same length: curly quotes, or rarely headline capitals."""
    text = passage.text
    if chooser.random() < 0.5:
        text = re.sub(r"(?<![^\s(\[])\"", "“", text).replace('"', "”")
        text = re.sub(r"(?<![^\s(\[“])'", "‘", text).replace("'", "’")
    else:
        text = re.sub("[“”]", '"', re.sub("[‘’]", "'", text))
    draw = chooser.random()
    if draw < 0.02:
        text = "".join(char.upper() if len(char.upper()) == 1 else char for char in text)
    elif draw < 0.05:
        text = re.sub(r"(?<![\w'’])[a-z](?=\w{2})", lambda match: match[0].upper(), text)
    return Passage(passage.source, text, passage.spans)
