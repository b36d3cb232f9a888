"""Sources without a name: who issued the document that speaks, and the body or person that an unnamed speaker is of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc, Token

from tasks.errors import ReferenceDataError
from tasks.nlp import syntax
from tasks.nlp.records import Mention, Quote
from tasks.nlp.speakers import names_beside, role_start
from tasks.reference import read_reference, split_list

FILE = "source_nouns"
COLUMNS = ("noun", "kinds")
DOCUMENT, PRINTED, DRAFT, PERSON, SERVANT, OUTSIDER, BODY, PART = KINDS = (
    "document", "printed", "draft", "person", "servant", "outsider", "body", "part"
)  # fmt: skip
# Nouns with these ends are people, listed or not.
PERSONAL_ENDS = ("ist", "ian", "man", "woman", "crat", "eer", "ologer")
BODY_LABELS = frozenset({"ORG", "GPE", "NORP"})
AGENT_LABELS = BODY_LABELS | {"PERSON"}
BELONGING = frozenset({"of", "at", "in", "from", "with", "for", "within", "inside"})
AUTHORING = frozenset({"by", "from"})
SERVING = frozenset({"to", "for", "of"})
# Verbs whose subject issues what is their object, or says what stands `in` it.
ISSUING = frozenset(
    {
        "issue",
        "release",
        "publish",
        "write",
        "send",
        "post",
        "file",
        "sign",
        "produce",
        "put",
        "say",
        "tell",
        "announce",
    }
    | {"tweet", "warn", "claim", "add", "argue", "note", "state", "declare", "demand", "urge", "call"}
    | {"pen", "author", "draft", "submit", "deliver", "compose", "unveil", "propose", "introduce"}
)
# Verbs whose agent stands behind a document though it need not send it.
MAKING = frozenset(
    {"conduct", "commission", "prepare", "compile", "draft", "author", "deliver", "read", "submit", "circulate", "pen"}
)
# Verbs by which a document itself is said to speak: "it read".
READING = frozenset({"read", "say", "state", "conclude", "add", "continue", "explain", "note", "declare"})
# Bodies that are not of the place where they stand.
ABROAD = frozenset({"embassy", "consulate", "ambassador", "mission"})
# Modifiers that tell no one from another of the same noun.
COMMON_MODIFIERS = frozenset({"former", "same", "senior", "top", "unnamed", "anonymous"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
INDEFINITE = frozenset({"a", "an", "another", "one", "some", "several"})
BESIDE = syntax.COMPOUNDS | {"nmod:desc", "amod", "nmod"}
ISSUED_SCORE, RECALLED_SCORE = 0.85, 0.7
# Words back that a description may take up what was said of its noun before, and that `it` may mean a document.
REACH, IT_REACH = 500, 60
# Words that the description of somebody may have before the name behind its comma.
LONGEST_DESCRIPTION = 20

SourceLexicon = dict[str, frozenset[str]]


class Source(NamedTuple):
    """What stands behind a description, as indices of mentions: who issued the words, or whom the speaker is of."""

    issuer: int | None = None
    affiliation: int | None = None


UNKNOWN = Source()


class Described(NamedTuple):
    """A doc with its mentions, by the tokens that they cover too, the places of its nouns by lemma, and the kinds."""

    doc: Doc
    mentions: list[Mention]
    at: dict[int, int]
    nouns: dict[str, list[int]]
    lexicon: SourceLexicon


def read_sources(reference_dir: Path) -> SourceLexicon:
    """The kinds of each noun of source_nouns.csv; raises ReferenceDataError where the file is wrong."""
    lexicon: SourceLexicon = {}
    for row in read_reference(reference_dir, FILE, COLUMNS):
        kinds = split_list(row["kinds"])
        if not kinds or any(kind not in KINDS for kind in kinds):
            raise ReferenceDataError(
                f"{FILE}.csv, {row['noun']}: no such kinds as {row['kinds']}; take {', '.join(KINDS)}."
            )
        lexicon[row["noun"]] = frozenset(kinds)
    return lexicon


def add_sources(doc: Doc, quotes: list[Quote], lexicon: SourceLexicon) -> list[Quote]:
    """The quotes, those whose speaker has no mention with who issued the document, or with whom the person is of."""
    if all(quote.speaker_mention is not None for quote in quotes):
        return quotes
    described = describe(doc, lexicon)
    return [_with_source(described, quote) for quote in quotes]


def describe(doc: Doc, lexicon: SourceLexicon) -> Described:
    """The doc with what looking for sources needs."""
    mentions: list[Mention] = doc._.mentions
    at = {i: index for index, mention in enumerate(mentions) for i in range(mention.start, mention.end)}
    nouns: dict[str, list[int]] = defaultdict(list)
    for token in doc:
        if token.tag_ in {"NN", "NNS"}:
            nouns[token.lemma_.lower()].append(token.i)
    return Described(doc, mentions, at, nouns, lexicon)


def _with_source(text: Described, quote: Quote) -> Quote:
    if quote.speaker_mention is not None:
        return quote
    if quote.speaker is None or text.doc[slice(*quote.speaker)].text.lower() == "it":
        return _with_document_meant(text, quote)
    if any(start <= quote.speaker[0] < end for start, end in quote.parts):
        return quote
    head = text.doc[slice(*quote.speaker)].root
    name = name_behind_description(text, head, quote)
    if name is not None:
        return quote._replace(speaker_mention=name, score=min(quote.score, ISSUED_SCORE))
    source, score = find_source(text, head), ISSUED_SCORE
    if source == UNKNOWN:
        source, score = recall_source(text, head), RECALLED_SCORE
    if source.issuer is not None:
        return quote._replace(speaker_mention=source.issuer, score=min(quote.score, score))
    return quote._replace(affiliation=source.affiliation)


def _with_document_meant(text: Described, quote: Quote) -> Quote:
    """The quote of `it read`, with who issued the document spoken of last before it."""
    if quote.cue is None or quote.cue_lemma not in READING or quote.cue[0] == 0:
        return quote
    it = text.doc[quote.cue[0] - 1] if quote.speaker is None else text.doc[quote.speaker[0]]
    is_spoken = text.doc[quote.cue[0]].tag_ != "VBG" and not any(start <= it.i < end for start, end in quote.parts)
    if it.lower_ != "it" or not is_spoken:
        return quote
    main = syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS | syntax.OBJECTS
    before = (token for token in reversed(text.doc[max(0, it.i - IT_REACH) : it.i]) if token.dep_ in main)
    document = next((token for token in before if kinds_of(text, token) & {DOCUMENT, PRINTED}), None)
    if document is None:
        return quote
    source = find_source(text, document)
    source = recall_source(text, document) if source == UNKNOWN else source
    if source.issuer is None:
        return quote._replace(affiliation=source.affiliation)
    return quote._replace(speaker=(it.i, it.i + 1), speaker_mention=source.issuer, score=RECALLED_SCORE)


def name_behind_description(text: Described, head: Token, quote: Quote) -> int | None:
    """The person whose name stands between commas behind a description and before the cue that has it as subject.

    None where the description holds somebody else whom the name could belong to: `the lawyer of the suspect, Jane Doe`.
    """
    if quote.cue is None or PERSON not in kinds_of(text, head):
        return None
    index = text.at.get(quote.cue[0] - 2)
    if index is None or text.doc[quote.cue[0] - 1].text != ",":
        return None
    mention = text.mentions[index]
    start = role_start(text.doc, mention)
    if mention.label != "PERSON" or mention.mention_type != "name" or start - head.i > LONGEST_DESCRIPTION:
        return None
    between = text.doc[head.i + 1 : start]
    is_other = any(kinds_of(text, token) & {PERSON, SERVANT, OUTSIDER} for token in between)
    return index if len(between) > 1 and between[-1].text == "," and not is_other else None


def kinds_of(text: Described, noun: Token) -> frozenset[str]:
    """What kinds of source a noun words: by the list, or people by its end."""
    lemma = noun.lemma_.lower()
    listed = text.lexicon.get(lemma) or text.lexicon.get(lemma.rsplit("-", 1)[-1])
    if listed is not None:
        return listed
    return frozenset({PERSON}) if lemma.endswith(PERSONAL_ENDS) and noun.tag_ in {"NN", "NNS"} else frozenset()


def find_source(text: Described, head: Token) -> Source:
    """What the words of a description themselves say of its source."""
    kinds = kinds_of(text, head)
    behind = [noun for word, noun in syntax.prepositional(head) if word in {"of", "from"} and noun.i > head.i]
    if kinds & {DRAFT, PART} and behind and behind[0].i not in text.at:
        inner = find_source(text, behind[0])
        return recall_source(text, behind[0]) if inner == UNKNOWN else inner
    if kinds & {DOCUMENT, PRINTED, DRAFT}:
        issuer = next(find_issuers(text, head, kinds), None)
        if issuer is not None:
            return Source(issuer=issuer)
        return Source(affiliation=next(_affiliations_of_document(text, head), None))
    if kinds & {PERSON, SERVANT, OUTSIDER, BODY, PART}:
        return Source(affiliation=next(find_affiliations(text, head, kinds), None))
    return UNKNOWN


def recall_source(text: Described, head: Token) -> Source:
    """What the article said of the source when it spoke of it before: `the official`, after `an FBI official`.

    Nothing where a later one is introduced without a source, or where the earlier ones have several.
    """
    telling = [token for token in _words_beside(head) if token.lower_ not in COMMON_MODIFIERS]
    if not any(child.lower_ in DEFINITE for child in head.children) or telling:
        return UNKNOWN
    found: list[Source] = []
    for position in reversed(text.nouns.get(head.lemma_.lower(), [])):
        earlier = text.doc[position]
        if position < head.i - REACH:
            break
        if position >= head.i or earlier.tag_ != head.tag_:
            continue
        source = find_source(text, earlier)
        if source != UNKNOWN:
            found.append(source)
        elif not found and any(child.lower_ in INDEFINITE for child in earlier.children):
            return UNKNOWN
    return found[0] if len({_meaning(text, source) for source in found}) == 1 else UNKNOWN


def _meaning(text: Described, source: Source) -> tuple[int, ...]:
    """The clusters of a source, the same for two that mean the same."""
    return tuple(-1 if index is None else text.mentions[index].cluster for index in source)


def find_issuers(text: Described, head: Token, kinds: frozenset[str]) -> Iterator[int]:
    """Who wrote or issued a document: `X's letter`, `a letter from X`, `a report released by X`, `X issued a note`."""
    yield from _labelled(text, syntax.possessors(head), AGENT_LABELS)
    yield from _labelled(text, (n for word, n in syntax.prepositional(head) if word in AUTHORING), AGENT_LABELS)
    for child in head.children:
        if child.dep_ in syntax.NOUN_CLAUSES:
            yield from _labelled(text, _issuers_in_clause(child), AGENT_LABELS)
    yield from _labelled(text, _words_beside(head), {"ORG"})
    if PRINTED in kinds:
        yield from _labelled(text, (noun for word, noun in syntax.prepositional(head) if word == "in"), {"ORG"})
    yield from _labelled(text, _issuing_subjects(head), AGENT_LABELS)


def _issuers_in_clause(verb: Token) -> list[Token]:
    """Who issued the document that a clause tells of: `released by X`, `that X sent`, `attributed to X`."""
    if verb.lemma_ == "attribute":
        return [noun for word, noun in syntax.prepositional(verb) if word == "to"]
    if verb.lemma_ not in ISSUING | MAKING:
        return []
    if verb.tag_ == "VBN" and (agents := syntax.agents(verb)):
        return agents
    own = [item for item in syntax.subjects(verb) if item.lower_ not in syntax.RELATIVE_PRONOUNS]
    return own if verb.dep_ in syntax.RELATIVE_CLAUSES else []


def _issuing_subjects(document: Token) -> list[Token]:
    """Who does what issues a document, or says something in it: `X sent a letter`, `X said in a letter`."""
    verb = document.head
    if verb.lemma_ not in ISSUING:
        return []
    if document.dep_ in syntax.PASSIVE_SUBJECTS:
        return syntax.agents(verb)
    is_in_it = document.dep_ in syntax.OBLIQUES and syntax.preposition(document) == "in"
    return syntax.subjects(verb) if document.dep_ in syntax.OBJECTS or is_in_it else []


def _affiliations_of_document(text: Described, head: Token) -> Iterator[int]:
    """Whom a document is of, whose author has no name: `a Russian statement`, `a letter from Berg campaign aides`."""
    adjectives = (token for token in _words_beside(head) if token.tag_ == "JJ" or token.text.replace(".", "").isupper())
    yield from _labelled(text, adjectives, BODY_LABELS)
    yield from _labelled(text, _words_beside(head), {"NORP"})
    authors = [noun for word, noun in syntax.prepositional(head) if word in AUTHORING]
    for author in [*syntax.possessors(head), *authors]:
        source = find_source(text, author)
        index = (recall_source(text, author) if source == UNKNOWN else source).affiliation
        if index is not None:
            yield index


def find_affiliations(text: Described, head: Token, kinds: frozenset[str]) -> Iterator[int]:
    """The body or person that an unnamed speaker is of: `an FBI official`, `her lawyer`, `police in Bergen`."""
    if OUTSIDER not in kinds:
        yield from _labelled(text, syntax.possessors(head), AGENT_LABELS)
        yield from _labelled(text, _words_beside(head), AGENT_LABELS)
    for word, inner in syntax.prepositional(head):
        is_apart = (OUTSIDER in kinds and word in {"of", "for"}) or (word == "in" and head.lemma_.lower() in ABROAD)
        if word in BELONGING and not is_apart:
            yield from _labelled(text, [inner], BODY_LABELS)
            yield from _labelled(text, syntax.possessors(inner), BODY_LABELS)
            yield from _labelled(text, _words_beside(inner), BODY_LABELS)
        if SERVANT in kinds and word in SERVING:
            yield from _labelled(text, [inner], AGENT_LABELS)


def _words_beside(head: Token) -> list[Token]:
    """The modifiers before a noun, and theirs: `a senior State Department official`, `a Berg campaign aide`."""
    own = [child for child in head.children if child.i < head.i and child.dep_ in BESIDE]
    inner = [child for word in own for child in word.children if child.i < head.i and child.dep_ in BESIDE]
    return [*reversed(own), *reversed(inner)]


def _labelled(text: Described, tokens: Iterable[Token], labels: Iterable[str]) -> Iterator[int]:
    """The mentions of such labels that the tokens stand in, or that stand beside them as the names of their titles."""
    for token in tokens:
        for place in [token, *names_beside(token)]:
            index = text.at.get(place.i)
            if index is not None and text.mentions[index].label in labels:
                yield index
