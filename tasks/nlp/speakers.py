"""Whose words they are: the speaker of a cue in the parse or beside it, and the mention that names that speaker."""

from itertools import takewhile

from spacy.tokens import Doc, Token

from tasks.nlp import syntax
from tasks.nlp.records import Mention
from tasks.nlp.reported import ACCORDING, speaker_of
from tasks.nlp.spoken import COLON, CREDIT, DASH, CuePlace

Range = tuple[int, int]

PRONOUNS = frozenset({"he", "she", "they", "i", "we"})
NOT_SPEAKERS = frozenset({"it", "which", "that", "this", "what", "there", "you", "who"})
NAME_TAGS = frozenset({"NNP", "NNPS"})
NOMINAL_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS"})
VERB_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})
CLAUSE_TAGS = VERB_TAGS | {"VB", "VBN", "VBG", "WDT", "WP", "IN"}
MAX_DISTANCE = 60
# Words of a party that word one person.
PARTISANS = frozenset({"republican", "democrat"})
# Words back that a name may stand before its `who`, and words that a role before a name may have.
MAX_ANTECEDENT, MAX_ROLE = 10, 16
# What somebody's words are called before a colon: "his response:", "a quip of Jane Doe:".
UTTERANCES = frozenset(
    {"response", "take", "answer", "reply", "reaction", "verdict", "quip", "word", "line", "tweet", "statement"}
    | {"message", "advice", "question", "explanation", "argument", "comment", "remark", "conclusion", "phrase"}
    | {"assessment", "observation", "retort", "rejoinder", "warning", "plea", "maxim", "motto", "joke", "post"}
    | {"punchline", "summary", "description", "analysis", "prediction", "pitch", "promise"}
)
AUTHORING = frozenset({"of", "by", "from"})
MAX_APPOSITION = 14
# What speaks for a body, not for itself.
VOICES = frozenset(
    {"spokesman", "spokeswoman", "spokesperson", "spokespeople", "representative", "statement", "government", "release"}
)
# Boards and offices that speak for the body before them, by the word that tells so.
SPEAKING_PARTS = {"board": "editorial", "office": "press", "team": "press"}
BODY_LABELS = frozenset({"ORG", "GPE", "NORP"})
AGENT_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
NARROWING = syntax.COMPOUNDS | {"nmod:desc", "amod"}
FIRST_PERSON = frozenset({"i", "me", "my", "we", "us", "our", "mine", "myself", "ours"})
DASHES = frozenset({"—", "–", "--", "-"})
BREAKS = frozenset({",", ";", "—", "–", "--", "(", ")"})


def speaker_of_place(doc: Doc, place: CuePlace, outer: tuple[Range, ...]) -> Token | None:
    """The head of the speaker of a direct quotation, by the parse or, failing that, by who stands nearest the cue."""
    cue = doc[place.token]
    if place.cue.lemma == DASH.lemma or place.cue is CREDIT:
        named = list(
            takewhile(lambda token: token.text[0].isupper() or token.is_space, doc[place.token + 1 : place.end])
        )
        first = next((token for token in named if token.tag_ in NOMINAL_TAGS), None)
        return None if first is None else _head_of_compound(first, place.token + 1 + len(named))
    if place.cue.lemma == COLON.lemma:
        return _speaker_before_colon(doc, place)
    if place.cue.lemma == ACCORDING.lemma:
        first = next((t for t in doc[place.token + 2 : place.end] if t.tag_ in NOMINAL_TAGS), None)
        return None if first is None else _head_of_compound(first, place.end)
    speaker = speaker_of(cue)
    speaker = agent_of(cue, _antecedent(speaker), doc._.mentions) if speaker is not None else None
    if (
        speaker is not None
        and not speaker.is_space
        and (speaker.lower_ not in NOT_SPEAKERS or _is_known_body(speaker))
        and _is_outside(speaker, place, outer)
    ):
        return speaker
    nearest = nearest_speaker(doc, place)
    if nearest is None:
        return _subject_above(cue, place, outer)
    agent = agent_of(cue, nearest, doc._.mentions)
    return agent if _is_outside(agent, place, outer) else nearest


def _is_known_body(speaker: Token) -> bool:
    """Whether the speaker is an `it` that stands for something named."""
    return speaker.lower_ == "it" and _mention_at(speaker.i, speaker.doc._.mentions) is not None


def _antecedent(speaker: Token) -> Token:
    """The noun that a relative `who` stands for, or the speaker itself."""
    if speaker.lower_ != "who":
        return speaker
    verb = speaker.head
    while verb.dep_ == "conj" and verb.head.i < verb.i:
        verb = verb.head
    return verb.head if verb.dep_ in syntax.RELATIVE_CLAUSES else _name_before_who(speaker) or speaker


def _name_before_who(who: Token) -> Token | None:
    """The person named before a `who` that the parse ties to nothing: `Paul Berg, R-Wis., who said`."""
    for mention in reversed(who.doc._.mentions):
        if mention.end < who.i and mention.label == "PERSON" and mention.mention_type == "name":
            between = who.doc[mention.end : who.i]
            is_near = len(between) <= MAX_ANTECEDENT and between[-1].text == ","
            is_clear = is_near and not any(token.tag_ in CLAUSE_TAGS or token.is_quote for token in between)
            return who.doc[mention.start : mention.end].root if is_clear else None
    return None


def _subject_above(cue: Token, place: CuePlace, outer: tuple[Range, ...]) -> Token | None:
    """The subject of the sentence whose participle is the cue: `Berg opened the road, stating on Monday, “…`."""
    if cue.tag_ != "VBG":
        return None
    main = [item for item in syntax.subjects(root_of(cue)) if _is_agent(item, cue.doc._.mentions)]
    return main[0] if main and main[0].i < cue.i and _is_outside(main[0], place, outer) else None


def _is_outside(speaker: Token, place: CuePlace, outer: tuple[Range, ...]) -> bool:
    return speaker.i >= place.token - MAX_DISTANCE and not any(start <= speaker.i < end for start, end in outer)


def _head_of_compound(noun: Token, end: int) -> Token:
    """The noun that a noun before it only narrows: `agency` for `state`, in `according to state news agency Tass`."""
    head = noun
    while head.dep_ in NARROWING and head.i < head.head.i < end:
        head = head.head
    return head


def _speaker_before_colon(doc: Doc, place: CuePlace) -> Token | None:
    for token in reversed(doc[place.start : place.end]):
        is_person = token.tag_ in NAME_TAGS or token.lower_ in PRONOUNS
        if token.dep_ in syntax.SUBJECTS and (is_person or _is_person(token)):
            return token
    label = _label_before_colon(doc, place) or _owner_before_colon(doc, place)
    if label is not None:
        return label
    nouns = [t for t in doc[place.start : place.end] if t.tag_ in NOMINAL_TAGS]
    inside = {token.i for token in nouns}
    heads = [token for token in nouns if token.head.i not in inside or token.head.i == token.i]
    return heads[0] if heads and all(token.tag_ in NAME_TAGS for token in nouns) else None


def _label_before_colon(doc: Doc, place: CuePlace) -> Token | None:
    """The head of the name between a line's start or a dash and its colon: `Nothing new - Daily News: “…`."""
    for mention in doc._.mentions:
        if mention.end == place.token and mention.label in AGENT_LABELS and mention.mention_type == "name":
            before = doc[mention.start - 1] if mention.start else None
            is_label = before is None or before.is_space or before.text in DASHES
            return doc[mention.start : mention.end].root if is_label else None
    return None


def _owner_before_colon(doc: Doc, place: CuePlace) -> Token | None:
    """Whose words the last noun before a colon calls so: `his answer:`, `a quip of the comedian Jane Doe:`."""
    for noun in reversed(doc[place.start : place.end]):
        if noun.tag_ in {"NN", "NNS"} and noun.lemma_.lower() in UTTERANCES:
            behind = [inner for word, inner in syntax.prepositional(noun) if word in AUTHORING and inner.i > noun.i]
            owners = [item for item in [*syntax.possessors(noun), *behind] if _is_agent(item, doc._.mentions)]
            return owners[0] if owners else None
    return None


def _is_person(token: Token) -> bool:
    """Whether a name of a person stands at a token, or beside it as the name of the role that it words."""
    found = mention_of(token, token.doc._.mentions)
    return found is not None and token.doc._.mentions[found].label == "PERSON"


def nearest_speaker(doc: Doc, place: CuePlace) -> Token | None:
    """The noun or pronoun right before the cue, right after it, or before the comma that parts its apposition off."""
    before = [token for token in doc[place.start : place.token] if not token.is_space]
    after = [token for token in doc[place.token + 1 : place.end] if not token.is_space]
    return (
        _last_noun(before) or (_noun_group(after) if not before else None) or _first_noun(before) or _noun_group(after)
    )


def _last_noun(tokens: list[Token]) -> Token | None:
    for token in reversed(tokens):
        if _may_speak(token):
            return token
        if token.text in BREAKS or token.tag_ == "IN":
            return None
    return None


def _first_noun(tokens: list[Token]) -> Token | None:
    """The head of the noun phrase that opens the words, up to its first comma, bracket or preposition."""
    found = None
    for token in tokens:
        if token.text in BREAKS or token.tag_ == "IN":
            return found
        found = token if _may_speak(token) else found
    return found


def _noun_group(tokens: list[Token]) -> Token | None:
    """The head of the noun phrase right behind an inverted cue: `said Prime Minister Jane Doe on Friday`."""
    found = None
    for token in tokens:
        if _may_speak(token):
            found = token
        elif found is not None or token.text in BREAKS or token.tag_ == "IN":
            return found
    return found


def _may_speak(token: Token) -> bool:
    return token.lower_ in PRONOUNS or (token.tag_ in NOMINAL_TAGS and not token.is_space)


def agent_of(cue: Token, speaker: Token, mentions: list[Mention]) -> Token:
    """The speaker; for a participle (`…, saying`) whose parsed subject is no person or body, the sentence's subject."""
    if (
        cue.tag_ != "VBG"
        or cue.lower_ == "according"
        or speaker.tag_ in {"CD", "DT", "PRP"}
        or _is_agent(speaker, mentions)
    ):
        return speaker
    root = root_of(cue)
    main = [item for item in [*syntax.subjects(root), *syntax.passive_subjects(root)] if _is_agent(item, mentions)]
    return main[0] if main else speaker


def root_of(token: Token) -> Token:
    """The head of the token's sentence."""
    while token.head.i != token.i:
        token = token.head
    return token


def _is_agent(token: Token, mentions: list[Mention]) -> bool:
    if token.lower_ in PRONOUNS:
        return True
    found = mention_of(token, mentions)
    return found is not None and mentions[found].label in AGENT_LABELS


def speaker_range(head: Token) -> Range:
    """The speaker as worded: the noun phrase with what modifies it, without clauses and appositions."""
    start, end = syntax.phrase_span(head, with_modifiers=True)
    names = names_beside(head)
    end = max([end, *(syntax.phrase_span(name)[1] for name in names)])
    ends = (token.i for token in head.doc[head.i + 1 : end] if token.text in {"(", "["})
    end = next(ends, end)
    return start, end - 1 if head.doc[end - 1].tag_ == "POS" and end - start > 1 else end


def names_beside(title: Token) -> list[Token]:
    """The name that a title stands by without a comma: `Prime Minister and party chairman Jane Doe`."""
    titles = [title, *(item for item in title.children if item.dep_ == "conj" and item.tag_ in NOMINAL_TAGS)]
    names = [name for item in titles for name in item.children if name.dep_ in syntax.APPOSITIONS | syntax.FLAT]
    edges = {name: {name.left_edge.text, title.doc[name.left_edge.i - 1].text} for name in names}
    return [name for name in names if name.tag_ in NAME_TAGS and not edges[name] & BREAKS]


def mention_of(head: Token, mentions: list[Mention]) -> int | None:
    """The index of the mention that the head stands in, or else of the name in apposition to it."""
    found = _mention_at(head.i, mentions)
    if found is not None:
        person = _named_behind_comma(head, mentions) if head.lower_ in PARTISANS else None
        return found if person is None else person
    if (antecedent := _antecedent(head)) is not head:
        return mention_of(antecedent, mentions)
    beside = [
        *names_beside(head),
        *syntax.appositions(head),
        *([head.head] if head.dep_ in syntax.APPOSITIONS else []),
    ]
    others = (_mention_at(item.i, mentions) for item in beside)
    named = next((other for other in others if other is not None), None)
    named = _name_behind(head, mentions) if named is None else named
    named = _name_of_role(head, mentions) if named is None else named
    named = _named_after(head, mentions) if named is None else named
    return _body_of(head, mentions) if named is None and is_voice(head) else named


def is_voice(noun: Token) -> bool:
    """Whether a noun words what speaks for a body: `spokesman`, `statement`, `editorial board`."""
    lemma = noun.lemma_.lower()
    return lemma in VOICES or any(child.lower_ == SPEAKING_PARTS.get(lemma) for child in noun.children)


def _body_of(voice: Token, mentions: list[Mention]) -> int | None:
    """The body that a voice speaks for: `a spokesman for the Post`, `Mexico's government`, `an FBI statement`."""
    for token in voice.subtree:
        if token.i != voice.i and voice.i in {token.head.i, token.head.head.i}:
            found = _mention_at(token.i, mentions)
            if found is not None and mentions[found].label in BODY_LABELS and mentions[found].mention_type == "name":
                return found
    return None


def _name_behind(head: Token, mentions: list[Mention]) -> int | None:
    """The person whose name stands right behind a role, and the body that a last capitalised word belongs to."""
    behind, before = _mention_at(head.i + 1, mentions), _mention_at(head.i - 1, mentions)
    if head.tag_ == "NN" and behind is not None and mentions[behind].label == "PERSON":
        return behind if mentions[behind].start == head.i + 1 and mentions[behind].mention_type == "name" else None
    if before is None and head.i > 1 and head.nbor(-1).tag_ == "POS":
        before = _mention_at(head.i - 2, mentions)
    is_part = head.tag_ in NAME_TAGS and before is not None and mentions[before].mention_type == "name"
    return before if is_part and before is not None and mentions[before].label == "ORG" else None


def _name_of_role(head: Token, mentions: list[Mention]) -> int | None:
    """The person whose role, worded right before the name, the head stands in: `chief of staff Jane Doe said`."""
    for index, mention in enumerate(mentions):
        if mention.start > head.i + MAX_ROLE:
            return None
        if head.i < mention.start and role_start(head.doc, mention) <= head.i:
            return index
    return None


def role_start(doc: Doc, mention: Mention) -> int:
    """Where the role worded right before a name begins, or else the name."""
    if mention.role is None:
        return mention.start
    starts = range(mention.start - 1, max(-1, mention.start - 1 - MAX_ROLE), -1)
    return next((start for start in starts if doc[start : mention.start].text == mention.role), mention.start)


def _named_behind_comma(head: Token, mentions: list[Mention]) -> int | None:
    """The person whose name ends the description that a head begins: `the top Democrat on the panel, Sen. Jane Doe`."""
    for index, mention in enumerate(mentions):
        if head.i < mention.start <= head.i + MAX_APPOSITION and mention.label == "PERSON":
            between = head.doc[head.i + 1 : role_start(head.doc, mention)]
            is_parted = between[-1:].text == "," and not any(token.tag_ in VERB_TAGS for token in between)
            return index if is_parted and mention.mention_type == "name" else None
    return None


def _named_after(title: Token, mentions: list[Mention]) -> int | None:
    """The person named behind the comma after a role: `the head of the agency, Rafael Berg, said`."""
    for index, mention in enumerate(mentions):
        if title.i < mention.start <= title.i + MAX_APPOSITION and mention.role is not None:
            between = title.doc[title.i + 1 : mention.start]
            is_parted = between[-1:].text == "," and not any(item.tag_ in VERB_TAGS for item in between)
            if is_parted and title.lower_ in mention.role.lower().replace("-", " ").split():
                return index
    return None


def _mention_at(position: int, mentions: list[Mention]) -> int | None:
    for index, mention in enumerate(mentions):
        if mention.start <= position < mention.end:
            return index
        if mention.start > position:
            return None
    return None


def person_told_of(doc: Doc, start: int, end: int, mentions: list[Mention]) -> int | None:
    """The person who speaks the words in marks from `start` on that nothing reports, as the sentence before tells.

    It is the subject of that sentence, if nobody else is named in it and the words speak as I or we.
    """
    if not any(token.lower_ in FIRST_PERSON for token in doc[start:end]) or _goes_on(doc, end):
        return None
    last = start - 1
    while last >= 0 and (doc[last].is_space or doc[last].is_quote):
        last -= 1
    if last < 0 or doc[last].text not in {".", ":", "!"}:
        return None
    sent = doc[last].sent
    people = [
        index
        for index, mention in enumerate(mentions)
        if sent.start <= mention.start < sent.end and mention.label == "PERSON"
    ]
    told = [*syntax.subjects(sent.root), *syntax.passive_subjects(sent.root)]
    found = [index for index in people if any(mentions[index].start <= t.i < mentions[index].end for t in told)]
    is_alone = len({mentions[index].cluster for index in people}) == 1
    return found[0] if found and is_alone and not any(token.is_quote for token in sent) else None


def _goes_on(doc: Doc, end: int) -> bool:
    """Whether the sentence goes on behind the closing mark: `“…!” a student cried out`."""
    after = next((token for token in doc[end : end + 3] if not token.is_space and not token.is_quote), None)
    return after is not None and after.text[0].islower()
