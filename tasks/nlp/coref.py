"""Which mentions of an article mean the same thing: names first, then role nouns and pronouns; abstains when unsure."""

from collections import Counter
from math import log2
from pathlib import Path
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc, Token

from tasks.nlp import extensions, syntax  # noqa: F401
from tasks.nlp.anaphora import (
    FEMININE,
    MASCULINE,
    PRONOUNS,
    SPEECH_LEMMAS,
    Choice,
    Place,
    Thing,
    choose_for_pronoun,
    distance,
    holder,
    is_subject,
    main_subject_after,
    sentence_numbers,
    told_numbers,
)
from tasks.nlp.name_clusters import MAX_ACRONYM, Name, cluster_names, normal_words
from tasks.nlp.persons import choose_last_person, choose_person, choose_speaker
from tasks.nlp.records import Mention
from tasks.nlp.speakers import PARTISANS
from tasks.nlp.spoken import find_passages
from tasks.reference import read_reference, split_list

DEFINITE = frozenset({"the", "this", "that"})
MALE_TITLES = frozenset({"mr", "sir", "lord", "king", "prince", "congressman", "pope", "father", "imam", "sheikh"})
FEMALE_TITLES = frozenset(
    {"mrs", "ms", "miss", "dame", "lady", "queen", "princess", "congresswoman", "madame", "sister"}
)
ROLE_REACH = 6
ROLE_SCORE, BARE_ROLE_SCORE, APPOSITION_SCORE = 0.85, 0.6, 0.9
FALLBACK_REACH = 3
# From this score on what `he` or `she` means tells the gender of a name.
SURE_OF_GENDER = 0.85
COMPANY = "MNC"
LINKS = frozenset({"of", "for", "on", "in", "against", "to", "at"})
# Organisations whose name ends so are no companies.
INSTITUTIONS = frozenset(
    {"ministry", "department", "council", "party", "court", "commission", "agency", "university", "union", "senate"}
    | {"organization", "organisation", "association", "committee", "parliament", "army", "navy", "police", "congress"}
    | {"forces", "front", "movement", "assembly", "office", "bureau", "house", "school", "college", "institute"}
    | {"guard", "service", "board", "tribunal", "embassy", "church", "democrats", "republicans", "gop", "fbi", "cia"}
    | {"campaign", "administration", "federation", "alliance", "project", "center", "centre", "foundation", "fund"}
)
SECTOR = "sector:"
# In the column matches: the noun words whoever is spoken of in other words, as "the front-runner".
ANYBODY = "*"
# Verbs whose subject speaks, besides those that weigh for pronouns.
SAYING = SPEECH_LEMMAS | {
    "respond", "reply", "continue", "tweet", "remark", "criticize", "blast", "call", "explain", "state", "declare",
    "suggest", "concede", "acknowledge", "observe", "conclude", "recall", "joke", "quip", "vow", "promise", "praise",
}  # fmt: skip


class Role(NamedTuple):
    """A noun that stands for a named thing, the words in a title, role or name that fit it, and sectors that do."""

    noun: str
    label: str
    gender: str | None
    matches: frozenset[str]
    sectors: frozenset[str] = frozenset()


class CorefLexicon(NamedTuple):
    """Role nouns, first names with their gender, country names with their code.

    `nations` holds names and demonyms by code, `known` what role nouns can take of well-known organisations.
    """

    roles: dict[str, Role]
    first_names: dict[str, str]
    countries: dict[str, str]
    nations: dict[str, str]
    known: dict[str, frozenset[str]]

    @property
    def same_things(self) -> dict[str, str]:
        """The names of each well-known organisation by one of them."""
        return {name: min(text for text in texts if not text.startswith(SECTOR)) for name, texts in self.known.items()}


class Candidate(NamedTuple):
    """A pronoun or role noun that may stand for something named."""

    start: int
    end: int
    head: int
    role: Role | None


def read_coref_lexicon(reference_dir: Path) -> CorefLexicon:
    """The lexicon from role_nouns, first_names and countries; raises ReferenceDataError where one is wrong."""
    roles = [
        Role(
            row["noun"],
            row["label"],
            row["gender"] or None,
            frozenset({row["noun"], *split_list(row["matches"])}),
            frozenset(split_list(row["sectors"])),
        )
        for row in read_reference(reference_dir, "role_nouns", ("noun", "label", "gender", "matches", "sectors"))
    ]
    names = read_reference(reference_dir, "first_names", ("name", "gender"))
    countries = read_reference(reference_dir, "countries", ("iso3", "name", "other_names", "demonyms"))
    return CorefLexicon(
        roles={role.noun: role for role in roles},
        first_names={row["name"].lower(): row["gender"] for row in names},
        countries={
            " ".join(normal_words(name, "GPE")): row["iso3"]
            for row in countries
            for name in (row["name"], *split_list(row["other_names"]))
        },
        nations={
            name.lower(): row["iso3"].lower()
            for row in countries
            for name in (row["name"], *split_list(row["other_names"]), *split_list(row["demonyms"]))
            if " " not in name
        },
        known=_read_known(reference_dir),
    )


def _read_known(reference_dir: Path) -> dict[str, frozenset[str]]:
    """For each name of a well-known organisation all of its names and its sector, as texts that role nouns look in."""
    known: dict[str, frozenset[str]] = {}
    for row in read_reference(reference_dir, "organisations", ("name", "acronym", "other_names", "sector")):
        names = [name for name in (row["name"], row["acronym"], *split_list(row["other_names"])) if name]
        texts = frozenset({*(name.lower() for name in names), SECTOR + row["sector"]})
        known |= {" ".join(normal_words(name, "ORG")): texts for name in names}
    return known


def find_clusters(doc: Doc, lexicon: CorefLexicon) -> list[Mention]:
    """All mentions in text order with `cluster` set: the given names, and the role nouns and pronouns that resolve."""
    named = [m for m in doc._.mentions if m.mention_type == "name"]
    names = [_name_of(doc, mention, index, named, lexicon) for index, mention in enumerate(named)]
    numbers = cluster_names(names, {**lexicon.same_things, **lexicon.countries})
    named = [mention._replace(cluster=number) for mention, number in zip(named, numbers, strict=True)]
    resolved = _Resolver(doc, named, names, lexicon).resolve(find_candidates(doc, named, lexicon))
    return _renumber(sorted([*named, *resolved], key=lambda mention: (mention.start, mention.end)))


def _renumber(mentions: list[Mention]) -> list[Mention]:
    order: dict[int, int] = {}
    return [mention._replace(cluster=order.setdefault(mention.cluster, len(order))) for mention in mentions]


def _name_of(doc: Doc, mention: Mention, index: int, named: list[Mention], lexicon: CorefLexicon) -> Name:
    text = doc[mention.start : mention.end].text
    words = normal_words(text, mention.label)
    bare = text.replace(".", "").removesuffix("'s").removesuffix("’s")
    is_acronym = len(words) == 1 and bare.isupper() and 1 < len(bare) <= MAX_ACRONYM
    before = named[index - 1] if index else None
    is_bracketed = before is not None and before.end == mention.start - 1 and doc[mention.start - 1].text == "("
    gender = _gender_of_name(text, mention, words, lexicon) if mention.label == "PERSON" else None
    return Name(words, mention.label, is_acronym, gender, index - 1 if is_bracketed else None)


def _gender_of_name(text: str, mention: Mention, words: tuple[str, ...], lexicon: CorefLexicon) -> str | None:
    """What title, role and first name say of gender; evidence for pronouns alone, kept nowhere."""
    around = " ".join([mention.title or "", text.split(maxsplit=1)[0], mention.role or ""])
    told = {word.strip(".,").lower() for word in around.split()}
    if told & MALE_TITLES:
        return MASCULINE
    if told & FEMALE_TITLES:
        return FEMININE
    by_role = {role.gender for word in told if (role := lexicon.roles.get(word)) is not None and role.gender}
    if len(by_role) == 1:
        return by_role.pop()
    return lexicon.first_names.get(words[0]) if len(words) > 1 else None


def find_candidates(doc: Doc, named: list[Mention], lexicon: CorefLexicon) -> list[Candidate]:
    """The pronouns and definite role nouns outside of names, in text order."""
    taken = {position for mention in named for position in range(mention.start, mention.end)}
    taken -= {token.i for token in doc if is_partisan(token)}
    found = []
    for token in doc:
        if token.i in taken:
            continue
        if token.lower_ in PRONOUNS:
            found.append(Candidate(token.i, token.i + 1, token.i, None))
        elif token.tag_ in {"NN", "NNP"} or token.lower_ == "general":
            candidate = _role_candidate(token, lexicon, taken)
            if candidate is not None:
                found.append(candidate)
    return found


def is_partisan(noun: Token) -> bool:
    """Whether a party's word stands for one person who speaks: `the Kentucky Republican said`."""
    if noun.lower_ not in PARTISANS or not noun.dep_:
        return False
    return speaks(noun) and any(child.lower_ == "the" and child.dep_ == "det" for child in noun.children)


def speaks(noun: Token) -> bool:
    """Whether the noun is the subject of a verb of saying."""
    head = holder(noun)
    return head.dep_ in syntax.SUBJECTS and head.head.lemma_ in SAYING


def is_parted(noun: Token) -> bool:
    """Whether more than an adverb stands between a noun and its verb behind it, as where a name follows the noun."""
    following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else None
    return noun.head.i > noun.i and following is not None and following.pos_ not in {"VERB", "AUX", "ADV"}


def _role_candidate(noun: Token, lexicon: CorefLexicon, taken: set[int]) -> Candidate | None:
    role = _role_of(noun, lexicon)
    if role is None or noun.dep_ in syntax.COMPOUNDS | {"nmod:desc"}:
        return None
    owners = syntax.possessors(noun)
    is_named_owner = bool(owners) and owners[0].tag_ in {"NNP", "NNPS"} and role.label == "PERSON"
    is_definite = any(child.lower_ in DEFINITE and child.dep_ == "det" for child in noun.children)
    if not (is_named_owner or (is_definite and not owners)):
        return None
    start, end = syntax.phrase_span(noun)
    if any(position in taken for position in range(noun.i, end)):
        return None
    return Candidate(start, end, noun.i, role)


def _role_of(noun: Token, lexicon: CorefLexicon) -> Role | None:
    """The role that a noun names, with the word before it where that makes another: prime minister, think tank."""
    first = max(0, noun.i - 2)
    texts = [noun.doc[first : noun.i + 1].text, noun.doc[max(0, noun.i - 1) : noun.i + 1].text, noun.text]
    return next((role for text in texts if (role := lexicon.roles.get(text.lower())) is not None), None)


class _Resolver:
    """Walks the text once, keeping what is known of each cluster so far."""

    def __init__(self, doc: Doc, named: list[Mention], names: list[Name], lexicon: CorefLexicon) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.named = named
        self.sentences = sentence_numbers(doc)
        self.passages = _passage_numbers(doc)
        self.told = told_numbers(doc, self.passages)
        self.genders = _cluster_genders(named, names)
        self.labels = {m.cluster: label for m, label in zip(named, _cluster_labels(named), strict=True)}
        self.roles = _cluster_roles(doc, named, lexicon)
        self.places: dict[int, list[Place]] = {}
        self.heads = {m.cluster: m for m in named}

    def resolve(self, candidates: list[Candidate]) -> list[Mention]:
        """The candidates that mean something named, as mentions of its cluster."""
        items: list[tuple[int, Mention | Candidate]] = [(m.start, m) for m in self.named]
        items += [(candidate.start, candidate) for candidate in candidates]
        found = []
        for _, item in sorted(items, key=lambda pair: pair[0]):
            if isinstance(item, Mention):
                self._see(item.cluster, _head(self.doc, item.start, item.end))
                continue
            choice = self._choose(item)
            if choice is not None:
                self._see(choice.number, self.doc[item.head])
                found.append(self._mention(item, choice))
        return found

    def _see(self, number: int, head: Token) -> None:
        self.places.setdefault(number, []).append(self._place(head))

    def _place(self, head: Token) -> Place:
        return Place(head, self.sentences[head.i], self.passages[head.i], self.told[head.i])

    def _mention(self, item: Candidate, choice: Choice) -> Mention:
        kind = "pronoun" if item.role is None else "nominal"
        label = self.labels[choice.number]
        return Mention(
            item.start, item.end, label, kind, cluster=choice.number, method=f"coref:{kind}", score=choice.score
        )

    def _things(self) -> list[Thing]:
        return [self._thing(number, places) for number, places in self.places.items()]

    def _thing(self, number: int, places: list[Place]) -> Thing:
        label, gender, roles = self.labels[number], self.genders.get(number), self.roles.get(number, frozenset())
        return Thing(number, label, gender, roles, places)

    def _choose(self, item: Candidate) -> Choice | None:
        head = self.doc[item.head]
        if item.role is not None:
            things = [t for t in self._things() if t.label != "PERSON" or not is_own_subject(head, t)]
            return self._apposed(head) or choose_for_role(self._place(head), item, things, self.lexicon)
        if PRONOUNS[head.lower_] not in {MASCULINE, FEMININE}:
            return choose_for_pronoun(self._place(head), self._things())
        place, things = self._place(head), self._with_subject_ahead(head)
        choice = choose_person(place, things) or choose_speaker(place, things) or choose_last_person(place, things)
        if choice is not None:
            self._learn_gender(choice, head)
        return choice

    def _learn_gender(self, choice: Choice, pronoun: Token) -> None:
        if choice.score > SURE_OF_GENDER and PRONOUNS[pronoun.lower_] in {MASCULINE, FEMININE}:
            self.genders.setdefault(choice.number, PRONOUNS[pronoun.lower_])

    def _apposed(self, noun: Token) -> Choice | None:
        """The cluster of the name that the noun is in apposition to."""
        other = noun.head if noun.dep_ in syntax.APPOSITIONS else None
        number = None if other is None else self._cluster_at(other.i)
        return None if number is None else Choice(number, APPOSITION_SCORE)

    def _with_subject_ahead(self, pronoun: Token) -> list[Thing]:
        """What the text has spoken of, and the main subject that follows: `In his speech, Obama said`."""
        things = self._things()
        subject = main_subject_after(pronoun)
        number = None if subject is None else self._cluster_at(subject.i)
        if subject is None or number is None:
            return things
        ahead = self._place(subject)
        known = next((thing for thing in things if thing.number == number), None)
        rest = [thing for thing in things if thing is not known]
        places = [ahead] if known is None else [*known.places, ahead]
        return [*rest, self._thing(number, places)]

    def _cluster_at(self, position: int) -> int | None:
        return next((m.cluster for m in self.named if m.start <= position < m.end), None)


def _passage_numbers(doc: Doc) -> list[int]:
    numbers = [-1] * len(doc)
    for number, passage in enumerate(find_passages(doc)):
        numbers[passage.start : passage.end] = [number] * (passage.end - passage.start)
    return numbers


def _head(doc: Doc, start: int, end: int) -> Token:
    return syntax.head_of(start, end, list(doc[start:end]))


def _cluster_genders(named: list[Mention], names: list[Name]) -> dict[int, str]:
    told: dict[int, Counter[str]] = {}
    for mention, name in zip(named, names, strict=True):
        if name.gender is not None:
            told.setdefault(mention.cluster, Counter())[name.gender] += 1
    return {number: genders.most_common(1)[0][0] for number, genders in told.items()}


def _cluster_labels(named: list[Mention]) -> list[str]:
    counts: dict[int, Counter[str]] = {}
    for mention in named:
        counts.setdefault(mention.cluster, Counter())[mention.label] += 1
    return [counts[mention.cluster].most_common(1)[0][0] for mention in named]


def _cluster_roles(doc: Doc, named: list[Mention], lexicon: CorefLexicon) -> dict[int, frozenset[str]]:
    """For each cluster the lower-case titles and roles that the article gives it, and for things the name itself."""
    roles: dict[int, set[str]] = {}
    for mention in named:
        told = [mention.title, mention.role]
        if mention.label != "PERSON":
            text = doc[mention.start : mention.end].text
            told.append(text)
            roles.setdefault(mention.cluster, set()).update(
                lexicon.known.get(" ".join(normal_words(text, "ORG")), frozenset())
            )
        told += _words_around(doc, mention)
        roles.setdefault(mention.cluster, set()).update(text.lower() for text in told if text)
    return {number: frozenset(texts) for number, texts in roles.items()}


def _words_around(doc: Doc, mention: Mention) -> list[str]:
    """Role words that stand by a person's name: before it without a comma, or in apposition."""
    if mention.label != "PERSON":
        return []
    head = _head(doc, mention.start, mention.end)
    near = [child for child in head.children if child.dep_ in syntax.COMPOUNDS | {"nmod:desc", "appos"}]
    near += [head.head] if head.dep_ in syntax.APPOSITIONS | syntax.FLAT else []
    return [doc[slice(*syntax.phrase_span(token))].text for token in near if not mention.start <= token.i < mention.end]


def choose_for_role(noun: Place, item: Candidate, things: list[Thing], lexicon: CorefLexicon) -> Choice | None:
    """The latest thing whose title, role or name fits the noun; None where its modifiers speak against all."""
    role = item.role
    if role is None:
        return None
    if ANYBODY in role.matches:
        return _called_anything(noun, role, things)
    fitting = [thing for thing in things if fits_role(role, thing) and _is_near(noun, thing)]
    if role.label == "PERSON":
        fitting = [thing for thing in fitting if not _is_former(role, thing)] or fitting
    details = _details(noun.head, item, lexicon)
    told = [thing for thing in fitting if details <= _words_of(thing, lexicon)]
    if not told and role.label == "ORG" and not _proper_details(noun.head, item):
        told = _only_one(fitting, noun)
    if not told and role.label == "PERSON":
        told = _called_otherwise(noun, fitting, details, lexicon)
    if not told:
        return None
    nearest = max(told, key=lambda thing: _role_points(noun, thing))
    return Choice(nearest.number, ROLE_SCORE if len(told) == 1 else BARE_ROLE_SCORE)


def _called_otherwise(noun: Place, things: list[Thing], details: set[str], lexicon: CorefLexicon) -> list[Thing]:
    """The only person whom a role fits, who acts in the sentence before and goes on speaking in new words.

    A writer says `the Ohio congressman` so as not to repeat a name; of another nation it would be another person.
    """
    is_abroad = not details.isdisjoint(lexicon.nations.values())
    if len(things) != 1 or is_abroad or noun.passage != -1 or is_parted(noun.head) or not speaks(noun.head):
        return []
    return things if any(_is_told_of(place, noun) for place in things[0].places) else []


def _called_anything(noun: Place, role: Role, things: list[Thing]) -> Choice | None:
    """The only person who acts in the sentence before a noun that may word anybody: `the front-runner replied`.

    Whoever acts in the noun's own sentence is another.
    """
    if noun.passage != -1 or is_parted(noun.head) or not speaks(noun.head):
        return None
    genders = {None, role.gender} if role.gender else {None, MASCULINE, FEMININE}
    people = [thing for thing in things if thing.label == "PERSON" and thing.gender in genders]
    acting = [thing for thing in people if any(_is_told_of(place, noun) for place in thing.places)]
    here = [thing for thing in acting if any(_is_told_of(p, noun) and p.told == noun.told for p in thing.places)]
    return Choice(acting[0].number, BARE_ROLE_SCORE) if len(acting) == 1 and not here else None


def _is_told_of(place: Place, noun: Place) -> bool:
    """Whether a place is a subject of the writer's, in the noun's sentence or the one before."""
    return place.passage == -1 and 0 <= noun.told - place.told <= 1 and is_subject(place.head)


def _role_points(noun: Place, thing: Thing) -> float:
    """How much speaks for a thing by distance, by how often it is named and by where it stands last."""
    last = thing.places[-1]
    points = -float(distance(noun, last)) - 0.005 * (noun.head.i - last.head.i)
    return points + 0.5 * is_subject(last.head) + 0.5 * log2(1 + len(thing.places))


def _details(head: Token, item: Candidate, lexicon: CorefLexicon) -> set[str]:
    """The words that tell which one: modifiers, and the nouns behind `of`, nations by their code."""
    doc, role = head.doc, item.role
    words = [t for t in doc[item.start : item.head] if t.pos_ in {"ADJ", "PROPN", "NOUN"} and t.is_alpha]
    words += [noun for word, noun in syntax.prepositional(head) if word == "of" and noun.i > head.i]
    texts = {lexicon.nations.get(token.lower_, token.lower_) for token in words}
    return texts - set("" if role is None else role.noun.replace("-", " ").split())


def _proper_details(head: Token, item: Candidate) -> bool:
    """Whether a name tells which one, unless in a compound: `the Russian bloc`, not `the Russia-led bloc`."""
    doc = head.doc
    names = [token for token in doc[item.start : item.head] if token.text[:1].isupper() and token.i > item.start]
    bound = [t for t in names if doc[t.i - 1].text in syntax.HYPHENS or doc[t.i + 1].text in syntax.HYPHENS]
    has_tail = any(word == "of" and noun.i > head.i for word, noun in syntax.prepositional(head))
    return len(bound) < len(names) or has_tail


def _only_one(things: list[Thing], noun: Place) -> list[Thing]:
    near = [thing for thing in things if distance(noun, thing.places[-1]) <= FALLBACK_REACH]
    return near if len(near) == 1 else []


def _words_of(thing: Thing, lexicon: CorefLexicon) -> set[str]:
    words = " ".join(thing.roles).replace("’s", " ").replace("'s", " ").replace(",", " ").replace("-", " ").split()
    return {lexicon.nations.get(word, word) for word in words}


def _is_former(role: Role, thing: Thing) -> bool:
    texts = [text for text in thing.roles if any(_holds(text, word) for word in role.matches)]
    return bool(texts) and all("former" in text or "ex-" in text or "then-" in text for text in texts)


def is_own_subject(noun: Token, thing: Thing) -> bool:
    """Whether the thing is the subject of the clause that the noun stands in, so that the noun means another."""
    token = noun
    while token.head.i != token.i:
        token = token.head
        subjects = [*syntax.subjects(token), *syntax.passive_subjects(token)]
        if subjects:
            return noun not in subjects and any(place.head in subjects for place in thing.places[-3:])
    return False


def fits_role(role: Role, thing: Thing) -> bool:
    """Whether the thing is of the noun's kind, and its title, role, name or sector fits."""
    if thing.label != role.label or (role.gender and thing.gender and role.gender != thing.gender):
        return False
    if thing.label != "ORG":
        return any(_holds(text, word) for text in thing.roles for word in role.matches)
    if any(SECTOR + sector in thing.roles for sector in role.sectors):
        return True
    if COMPANY in role.sectors and not any(text.startswith(SECTOR) for text in thing.roles):
        return not any(head_word(text) in INSTITUTIONS for text in thing.roles)
    return any(head_word(text) == word for text in thing.roles for word in role.matches)


def head_word(name: str) -> str:
    """The word of an organisation's name that says what it is: `bank` in Bank of America and in World Bank."""
    words = name.replace("’s", "").replace("'s", "").split()
    stop = next((index for index, word in enumerate(words) if index and word in LINKS), len(words))
    return words[stop - 1] if words else ""


def _holds(text: str, word: str) -> bool:
    spaced = text.replace(",", " ").replace("-", " ")
    return f" {word.replace('-', ' ')} " in f" {spaced} "


def _is_near(noun: Place, thing: Thing) -> bool:
    reach = ROLE_REACH if thing.label == "PERSON" else ROLE_REACH * 2
    return distance(noun, thing.places[-1]) <= reach


class CorefResolver:
    """The component: gives the mentions clusters and adds the role nouns and pronouns that resolve."""

    def __init__(self, lexicon: CorefLexicon) -> None:
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        doc._.mentions = find_clusters(doc, self.lexicon)
        return doc

    def to_disk(self, path: Any, *, exclude: Any = ()) -> None:
        """Nothing to keep: the rules live in seeds/reference."""


@Language.factory(
    "dateline_coref",
    default_config={"reference_dir": ""},
    requires=["token.dep", "token.head", "doc._.mentions"],
    assigns=["doc._.mentions"],
)
def create_coref(nlp: Language, name: str, reference_dir: str) -> CorefResolver:
    """The coreference component, with the lexicon of `reference_dir`."""
    return CorefResolver(read_coref_lexicon(Path(reference_dir)))
