"""Indirect speech: the clause, infinitive or object in which a text words what somebody says, thinks or means to do."""

from typing import NamedTuple

from spacy.tokens import Doc, Token

from tasks.nlp import syntax
from tasks.nlp.cues import FINITE_TAGS, Cue, CueLexicon, find_cue
from tasks.nlp.roles import CALENDAR_WORDS

SPEECH_CLASSES = frozenset({"neutral", "announce", "claim", "warn", "promise"})
# Not to believe or to want something is an attitude too.
MENTAL_CLASSES = frozenset({"belief", "intention", "deny"})
UNSAID_MODALS = frozenset({"must", "should", "might", "may", "could"})
# "declined to comment" says nothing.
SILENT_VERBS = frozenset({"comment", "elaborate", "speak", "respond"})
# "went on to say" tells that it was said, "wanted to say" does not.
GOING_ON = frozenset({"go", "continue", "proceed", "come", "appear", "seem", "write", "tweet", "use", "take", "have"})
PERSON_LABELS = frozenset({"PERSON", "PER"})
TIMES = CALENDAR_WORDS | {"time", "day", "afternoon", "evening", "weekend", "tonight", "earlier", "later"}
NO_SPEAKERS = frozenset({"it", "we", "there", "you", "i", "one", "that", "this", "which", "what"})
COMPLEMENTIZERS = frozenset({"that"})
QUESTION_WORDS = frozenset({"whether", "if", "how", "what", "why", "when", "where", "who", "which"})
OPENING = frozenset({'"', "“", "‘", "``", "''", "«", "'", "(", "["})
TRAILING = frozenset({",", ".", ";", ":", "—", "–", "-", "--", ")"})
PAUSES = frozenset({",", "—", "–"})
PREPOSITIONS = frozenset({"for", "on", "about", "of", "against", "to", "with"})
REAL_SUBJECTS = syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS | syntax.OBJECTS
CLAUSES = frozenset({"ccomp", "advcl"})
ADJUNCTS = syntax.OBLIQUES | syntax.INDIRECT_OBJECTS | syntax.PARTICLES | {"advmod", "prep"}
SUBORDINATORS = frozenset({"if", "when", "while", "after", "before", "as", "although", "though", "because", "since"})
NAME_TAGS = frozenset({"NNP", "NNPS"})
NOMINAL_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD"})
# Behind `that` these begin a clause of their own.
SUBJECT_TAGS = frozenset({"DT", "PRP", "PRP$", "NNP", "NNPS", "NNS", "EX"})
VERB_TAGS = FINITE_TAGS | {"MD"}
# Verbs that mostly go without `that`: what follows them up to the sentence's end is what is said.
LOOSE_LEMMAS = frozenset({"say", "think", "believe", "argue", "insist", "claim", "add", "note"})
SIDE_CLAUSES = frozenset({"conj", "cc", "parataxis", "punct", "advcl:relcl"})
REFLEXIVES = frozenset({"himself", "herself", "itself", "themselves", "myself", "ourselves"})
MIN_OBJECT_WORDS, MIN_CLAUSE_WORDS = 3, 2
MAX_SUBJECT_DISTANCE, MARK_REACH = 25, 12
SHARED_REACH = 3
CLAUSE_SCORE, INFINITIVE_SCORE, NOMINAL_SCORE, SOURCE_SCORE = 0.9, 0.7, 0.5, 0.85
ACCORDING = Cue("according to", "prep", "neutral", frozenset())

Range = tuple[int, int]


class Report(NamedTuple):
    """A reported statement before its speaker is resolved: token ranges, the cue and the rule that found it."""

    parts: tuple[Range, ...]
    cue_token: int
    cue_range: Range
    cue: Cue
    speaker_head: int | None
    addressee: Range | None
    rule_id: str
    score: float


def find_reports(doc: Doc, lexicon: CueLexicon, blocked: set[int]) -> list[Report]:
    """The reported statements whose cue is not among the blocked tokens (words in marks, cues in use)."""
    found: list[Report] = []
    for token in doc:
        if token.i in blocked:
            continue
        if token.lower_ == "according":
            report = _according(token)
        else:
            cue = find_cue(token, lexicon)
            report = None if cue is None else report_of(token, cue)
        if report is not None and report.parts:
            found.append(report)
    return _share_speakers(doc, found)


def _share_speakers(doc: Doc, reports: list[Report]) -> list[Report]:
    """`He said that … and added that …`: a second cue parsed into the first one's clause is taken out."""
    shared = list(reports)
    for later, report in enumerate(reports):
        for earlier in range(max(0, later - SHARED_REACH), later):
            first = shared[earlier]
            cut = _second_cue_cut(doc, first, report)
            if cut is not None:
                shared[earlier] = first._replace(parts=(*first.parts[:-1], trim(doc, first.parts[-1][0], cut)))
                shared[later] = report._replace(speaker_head=first.speaker_head)
                break
    return shared


def _second_cue_cut(doc: Doc, first: Report, second: Report) -> int | None:
    """Where the first report's content ends for the second's cue to begin, or None where the second belongs inside."""
    verb, (start, end) = doc[second.cue_token], first.parts[-1]
    if not start < verb.i < end or verb.dep_ != "conj" or syntax.subjects(verb):
        return None
    if not second.rule_id.startswith("clause") or verb.tag_ != doc[first.cue_token].tag_:
        return None
    return next((token.i for token in reversed(doc[start : verb.i]) if token.dep_ == "cc" or token.text == ","), None)


def report_of(token: Token, cue: Cue) -> Report | None:
    """What the cue reports, by the first frame that fits: clause, predicate on an object, infinitive, object."""
    if cue.pos == "verb":
        return _verb_report(token, cue)
    if cue.pos == "noun":
        return _noun_report(token, cue)
    return _adjective_report(token, cue)


def _verb_report(verb: Token, cue: Cue) -> Report | None:
    if _is_unsaid(verb, cue):
        return None
    speaker = _adjacent_speaker(verb, speaker_of(verb))
    if speaker is None and not syntax.is_passive(verb):
        speaker = noun_before(verb)
        if speaker is None:
            return None
    if speaker is None and not _is_impersonal(verb):
        return None
    if speaker is not None and _is_nobody(verb, speaker, cue):
        return None
    for frame in FRAMES if speaker is not None else (_clause_frame,):
        report = frame(verb, cue)
        if report is not None:
            return report._replace(speaker_head=None if speaker is None else speaker.i)
    return None


def _adjacent_speaker(verb: Token, speaker: Token | None) -> Token | None:
    """The noun right before the verb where a comma parts it from the parsed subject, or that subject is a predicate."""
    if speaker is None or speaker.i > verb.i:
        return speaker
    beside = noun_before(verb)
    if beside is None or beside.i <= speaker.i:
        return speaker
    start = syntax.phrase_span(beside)[0]
    while start > 1 and verb.doc[start - 1].tag_ in NAME_TAGS:
        start -= 1
    is_predicate = any(child.dep_ in syntax.COPULAS for child in speaker.children)
    is_parted = verb.doc[start - 1].text == "," and speaker.i < start
    name = beside.head if beside.dep_ in syntax.FLAT else beside
    return name if is_predicate or is_parted else speaker


def _is_impersonal(verb: Token) -> bool:
    """Whether nobody is said to speak on purpose: `it was reported that …`."""
    has_it = any(child.lower_ == "it" and child.i < verb.i for child in verb.children)
    return has_it and any(
        child.dep_ in {"ccomp", "csubj", "csubj:pass"} and child.i > verb.i for child in verb.children
    )


def _is_nobody(verb: Token, speaker: Token, cue: Cue) -> bool:
    """Whether the subject names nobody; `it` does only where a ministry or company may stand behind it: `it said`."""
    if speaker.lower_ == "it":
        return cue.cue_class not in SPEECH_CLASSES or verb.tag_ == "VB"
    if speaker.ent_type_ in {"DATE", "TIME", "PERCENT", "MONEY"} or speaker.tag_ == "CD":
        return speaker.lower_ not in {"one", "two", "three", "four", "five"}
    if not any(char.isalnum() for char in speaker.text) or speaker.lower_ in {"'s", "’s"}:
        return True
    return speaker.lower_ in NO_SPEAKERS and speaker.pos_ in {"PRON", "DET"}


def noun_before(verb: Token) -> Token | None:
    """The noun or pronoun right before a verb whose subject the parse does not give, adverbs skipped."""
    if verb.tag_ not in FINITE_TAGS and not any(child.dep_ in syntax.AUXILIARIES for child in verb.children):
        return None
    start = sentence_start(verb)
    for token in reversed(verb.doc[start : before_time(verb, start)]):
        if token.tag_ in NOMINAL_TAGS:
            return token
        if token.text in {",", ")"}:
            return _first_noun(verb)
        if token.pos_ not in {"ADV", "AUX", "SPACE"}:
            return None
    return None


def before_time(verb: Token, start: int) -> int:
    """Where the words before a verb end without those that only say when: `Berg last week noted`."""
    last = verb.doc[verb.i - 1] if verb.i > start else verb
    is_time = last.lower_ in TIMES and last.ent_type_ not in PERSON_LABELS
    return max(start, last.left_edge.i) if is_time and last.i < verb.i else verb.i


def _first_noun(verb: Token) -> Token | None:
    """The noun that opens the sentence, before its first comma or bracket: `China, the North's ally, said`."""
    found = None
    for token in verb.doc[sentence_start(verb) : verb.i]:
        if token.text in {",", "("}:
            return found
        if token.tag_ in FINITE_TAGS or token.tag_ == "IN":
            return None
        if token.tag_ in NOMINAL_TAGS:
            found = token
    return None


def _is_unsaid(verb: Token, cue: Cue) -> bool:
    """Whether the words are not said at all: `did not say that`, `must say`, `if he says`, `to say`."""
    if cue.cue_class in MENTAL_CLASSES:
        return False
    if syntax.is_negated(verb) or any(child.lower_ in UNSAID_MODALS for child in verb.children):
        return True
    marks = syntax.markers(verb)
    is_aim = verb.tag_ == "VB" and "to" in marks and verb.head.lemma_ not in GOING_ON
    return cue.cue_class in SPEECH_CLASSES and ("if" in marks or is_aim)


def sentence_start(token: Token) -> int:
    """The first position of the token's sentence (`token.sent` walks the whole doc)."""
    position = token.i
    while position > 0 and not token.doc[position].is_sent_start:
        position -= 1
    return position


def sentence_end(token: Token) -> int:
    """The position after the token's sentence."""
    position = token.i + 1
    while position < len(token.doc) and not token.doc[position].is_sent_start:
        position += 1
    return position


def speaker_of(verb: Token) -> Token | None:
    """The head of whoever says, thinks or wants: the subject, its antecedent or, in the passive, the agent."""
    if syntax.is_passive(verb):
        agents = syntax.agents(verb)
        return agents[0] if agents else None
    subjects = [item for item in syntax.clause_subjects(verb) if item.i != verb.i and not item.is_space]
    if subjects and subjects[0].lower_ in {"who", "which"} and verb.dep_.endswith("relcl"):
        return verb.head
    return subjects[0] if subjects else None


def _make(
    verb: Token, cue: Cue, parts: list[Range], rule_id: str, score: float, *, cue_end: int | None = None
) -> Report:
    end = verb.i + 1 if cue_end is None else cue_end
    return Report(tuple(parts), verb.i, (verb.i, end), cue, None, None, rule_id, score)


def _clause_frame(verb: Token, cue: Cue) -> Report | None:
    """`said that talks had failed`, `Talks, he said, had failed`, `Talks had failed, he said`."""
    if not cue.takes & {"that", "wh", "quote"}:
        return None
    own_start, own_end = own_range(verb)
    clauses = [child for child in verb.children if child.dep_ in CLAUSES and _clause_fits(child, cue)]
    clauses = clauses or _clauses_on_addressee(verb, cue)
    parts = _inserted_parts(verb, own_start, own_end) if _is_inserted(verb, own_start, own_end) else []
    if not parts and clauses:
        parts = _clause_parts(verb, clauses, cue)
    if not parts:
        parts = _marked_parts(verb) or _loose_parts(verb, own_end, cue)
    words = [token for start, end in parts for token in verb.doc[start:end]]
    if sum(token.is_alpha for token in words) < MIN_CLAUSE_WORDS or _lacks_subject(words):
        return None
    addressee = addressee_of(verb, clauses[0] if clauses else None, cue)
    return _make(verb, cue, parts, f"clause:{cue.lemma}", CLAUSE_SCORE)._replace(addressee=addressee)


def _lacks_subject(words: list[Token]) -> bool:
    """Whether a clause begins with its verb, its subject standing elsewhere: `people whom he says are dangerous`."""
    if words[0].lower_ in REFLEXIVES:
        return True
    for token in words:
        if token.text[:1].isupper():
            return False
        if token.tag_ in VERB_TAGS:
            return True
        if token.pos_ not in {"ADV", "SPACE"}:
            return False
    return False


def _clauses_on_addressee(verb: Token, cue: Cue) -> list[Token]:
    """The clause that a parser hangs on whom it is told: `told reporters that the number had risen`."""
    if "to_person" not in cue.takes:
        return []
    persons = [*syntax.indirect_objects(verb), *syntax.objects(verb)]
    clauses = [child for person in persons for child in person.children if child.dep_ in syntax.NOUN_CLAUSES]
    return [clause for clause in clauses if clause.i > verb.i and clause.left_edge.lower_ in COMPLEMENTIZERS][:1]


def _clause_fits(clause: Token, cue: Cue) -> bool:
    first = clause.left_edge
    if clause.dep_ == "advcl":
        return "wh" in cue.takes and first.lower_ in {"if", "whether"} and clause.i > clause.head.i
    if first.lower_ in QUESTION_WORDS and "wh" not in cue.takes:
        return "that" in cue.takes and first.lower_ not in {"if", "whether"}
    return True


def own_range(verb: Token) -> Range:
    """The range of the reporting words: subject, auxiliaries, verb, and addressee, day and manner after it."""
    start = end = verb.i
    for child in [*verb.lefts, *verb.rights]:
        if verb.i - child.i >= MAX_SUBJECT_DISTANCE:
            continue
        if child.dep_ in syntax.SUBJECTS | syntax.PASSIVE_SUBJECTS:
            # Of two subjects that the parse gives, the nearer one speaks.
            start, end = min(verb.i, child.left_edge.i), max(end, child.i)
        elif child.i < verb.i and child.dep_ in syntax.AUXILIARIES | {"advmod"}:
            start = min(start, child.left_edge.i)
    for child in verb.children:
        is_adjunct = child.dep_ in ADJUNCTS or (child.dep_ in syntax.OBJECTS and child.ent_type_ == "DATE")
        if is_adjunct and child.left_edge.i == end + 1:
            end = child.right_edge.i
    first = sentence_start(verb)
    while start > first and verb.doc[start].tag_ in NOMINAL_TAGS and verb.doc[start - 1].tag_ in NAME_TAGS:
        start -= 1
    return start, end + 1


def _is_inserted(verb: Token, start: int, end: int) -> bool:
    """Whether the reporting words stand behind a comma and before another or the sentence's end: `…, he said, …`."""
    doc = verb.doc
    if start <= sentence_start(verb) + 1 or doc[start - 1].text not in PAUSES or end - start < 2:
        return False
    return end >= len(doc) or doc[end].text in PAUSES | {".", ";", "?"} or doc[end].is_space


def _inserted_parts(verb: Token, start: int, end: int) -> list[Range]:
    doc, first = verb.doc, sentence_start(verb)
    first = max([first, *(token.i + 1 for token in doc[first:start] if token.text == ";")])
    before = trim(doc, first, start)
    goes_on = end < len(doc) and doc[end].text in PAUSES
    after = trim(doc, end, sentence_end(verb)) if goes_on else (end, end)
    is_subject = before[1] - before[0] == 1 and goes_on and doc[before[0]].tag_ in NOMINAL_TAGS
    if (before[1] - before[0] < 2 and not is_subject) or doc[before[0]].lower_ in SUBORDINATORS:
        return []
    return _kept([before, after])


def _clause_parts(verb: Token, clauses: list[Token], cue: Cue) -> list[Range]:
    """The clauses without complementizer and outer punctuation, with what the parse cut off from their beginning."""
    after = [clause for clause in clauses if clause.i > verb.i]
    if after:
        start = max(verb.i + 1, min(clause.left_edge.i for clause in after))
        cut_off = [
            child.left_edge.i for child in verb.children if verb.i < child.i < start and _belongs_to_clause(child, cue)
        ]
        end = max(clause.right_edge.i for clause in after) + 1
        return _kept([trim(verb.doc, min([start, *cut_off, *_lost_opening(verb, start)]), end)])
    clause = clauses[0]
    start, end = clause.left_edge.i, clause.right_edge.i + 1
    cut_start, cut_end = own_range(verb)
    return _kept([trim(verb.doc, start, min(end, cut_start)), trim(verb.doc, cut_end, end)])


def _lost_opening(verb: Token, start: int) -> list[int]:
    """Where `that` opens what is said though the parse has the clause begin later; nothing where it does not."""
    between = verb.doc[verb.i + 1 : start]
    opening = next((token for token in between if token.lower_ in COMPLEMENTIZERS), None)
    if opening is None or len(between) > MARK_REACH:
        return []
    told = opening.nbor(-1)
    is_told = told.head.i == verb.i and told.dep_ in syntax.INDIRECT_OBJECTS | syntax.OBJECTS
    is_broken = any(token.tag_ in VERB_TAGS or token.text in {",", ";"} for token in between)
    return [opening.i] if is_told or not is_broken else []


def _belongs_to_clause(child: Token, cue: Cue) -> bool:
    """Whether a part that the parse hangs on the cue is the beginning of what is said: a topic, a condition."""
    if child.dep_ in syntax.OBJECTS:
        return "to_person" not in cue.takes and cue.lemma != "tell"
    return child.dep_ in {"advcl", "csubj", "nsubj", "nsubj:pass"}


def _marked_parts(verb: Token) -> list[Range]:
    """From a `that` close behind the cue to the sentence's end, for clauses that the parse hangs elsewhere."""
    doc, sent_end = verb.doc, sentence_end(verb)
    for position in range(verb.i + 1, min(sent_end, verb.i + MARK_REACH)):
        token = doc[position]
        if token.lower_ in COMPLEMENTIZERS and token.tag_ == "IN":
            return _kept([trim(doc, position + 1, sent_end)])
        if token.tag_ in FINITE_TAGS or token.text in {",", ";", ":"}:
            return []
    return []


def _loose_parts(verb: Token, end: int, cue: Cue) -> list[Range]:
    """From behind the reporting words to the sentence's end, where a clause must stand though the parse has none."""
    doc, sent_end = verb.doc, sentence_end(verb)
    if cue.lemma not in LOOSE_LEMMAS or end >= sent_end or not (doc[end].is_alpha or doc[end].text in OPENING):
        return []
    if not any(token.tag_ in VERB_TAGS for token in doc[end:sent_end]):
        return []
    return _kept([trim(doc, end, sent_end)])


def _kept(parts: list[Range]) -> list[Range]:
    return [(start, end) for start, end in parts if end > start]


def trim(doc: Doc, start: int, end: int) -> Range:
    """The range without blanks, outer commas and stops and a leading `that`."""
    while start < end and (doc[start].is_space or doc[start].lower_ in TRAILING):
        start += 1
    if end - start > 1 and _is_complementizer(doc[start]):
        start += 1
    while start < end and doc[start].text in TRAILING:
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in TRAILING):
        if doc[end - 1].text == ")" and any(token.text == "(" for token in doc[start:end]):
            break
        end -= 1
    return start, end


def _is_complementizer(token: Token) -> bool:
    """Whether `that` only opens the clause; parsers take it for the determiner of a plural."""
    if token.lower_ in COMPLEMENTIZERS and token.nbor().tag_ in SUBJECT_TAGS:
        return True
    is_real = token.dep_ in REAL_SUBJECTS and not _has_other_subject(token)
    is_real = is_real or (token.dep_ == "det" and token.head.tag_ not in {"NNS", "NNPS"})
    return token.lower_ in COMPLEMENTIZERS and not is_real


def _has_other_subject(that: Token) -> bool:
    """Whether a noun right behind `that` is the subject of its clause: `that the number had risen`."""
    verb = that.head
    return that.dep_ in syntax.OBJECTS and any(that.i < item.i < verb.i for item in syntax.subjects(verb))


def addressee_of(verb: Token, clause: Token | None, cue: Cue) -> Range | None:
    """Whom the words are addressed to: the object of tell and its like, or `to X` before the clause."""
    persons = [*syntax.indirect_objects(verb), *(syntax.objects(verb) if "to_person" in cue.takes else [])]
    if not persons and "that" in cue.takes:
        persons = [noun for word, noun in syntax.prepositional(verb) if word == "to" and noun.pos_ in syntax.NOUNS]
    persons = [noun for noun in persons if clause is None or not clause.left_edge.i <= noun.i <= clause.right_edge.i]
    return syntax.phrase_span(persons[0]) if persons else None


def _object_frame(verb: Token, cue: Cue) -> Report | None:
    """`called it a lie`, `described him as rude`, `accused X of Y`: the object with what is said of it."""
    if not cue.takes & {"obj", "as", "of"}:
        return None
    end = max([verb.i, *(child.right_edge.i for child in verb.children if child.dep_ not in SIDE_CLAUSES)]) + 1
    following = verb.doc[verb.i + 1 : end]
    predicate = next((token for token in following if token.i > verb.i + 1 and _opens_predicate(token, cue)), None)
    if predicate is None or not _has_object(verb, predicate):
        return None
    # To dismiss somebody as secretary is no word about him.
    if cue.cue_class == "deny" and any(item.ent_type_ in PERSON_LABELS for item in syntax.objects(verb)):
        return None
    parts = [trim(verb.doc, verb.i + 1, end)]
    if syntax.is_passive(verb):
        parts = [trim(verb.doc, *syntax.phrase_span(item)) for item in syntax.passive_subjects(verb)[:1]] + parts
    return _make(verb, cue, _kept(parts), f"object:{cue.lemma}", INFINITIVE_SCORE)


def _opens_predicate(token: Token, cue: Cue) -> bool:
    """Whether the word can open what an object is called: `a lie`, `“unfair”`, `as rude`, `of lying`."""
    before = token.nbor(-1)
    if token.lower_ in {"as", "of"}:
        return token.lower_ in cue.takes
    if "obj" not in cue.takes or before.pos_ in {"ADP", "CCONJ", "VERB", "AUX", "DET"} or before.text == ",":
        return False
    return token.lower_ in {"a", "an"} or token.text in OPENING or (token.pos_ == "ADJ" and token.dep_ == "xcomp")


def _has_object(verb: Token, predicate: Token) -> bool:
    """Whether a noun or pronoun stands between the verb and what is said of it, or the verb is passive."""
    between = verb.doc[verb.i + 1 : predicate.i]
    if any(token.tag_ in {"WP", "WDT"} for token in between):
        return False
    has_noun = any(token.tag_ in NOMINAL_TAGS or token.pos_ in {"PRON", "NOUN", "PROPN"} for token in between)
    return syntax.is_passive(verb) or (has_noun and between[0].pos_ != "ADP")


def _infinitive_frame(verb: Token, cue: Cue) -> Report | None:
    if "inf" not in cue.takes:
        return None
    for clause in verb.children:
        if cue.lemma == "decline" and clause.lemma_ in SILENT_VERBS:
            return None
        if clause.dep_ in {"xcomp", "ccomp", "advcl"} and clause.i > verb.i and _is_infinitive(clause):
            start = verb.i + 1
            objects = [item for item in syntax.objects(verb) if verb.i < item.i < clause.i]
            if objects:
                start = objects[0].left_edge.i
            elif clause.left_edge.i > verb.i:
                start = clause.left_edge.i
            addressee = addressee_of(verb, clause, cue) if "to_person" in cue.takes else None
            parts = _kept([trim(verb.doc, max(start, verb.i + 1), clause.right_edge.i + 1)])
            return _make(verb, cue, parts, f"infinitive:{cue.lemma}", INFINITIVE_SCORE)._replace(addressee=addressee)
    return None


def _is_infinitive(clause: Token) -> bool:
    return "to" in syntax.markers(clause) and not syntax.subjects(clause)


def _noun_phrase_frame(verb: Token, cue: Cue) -> Report | None:
    """`condemned the attack`, `praised him for his courage`: the object with the reason given."""
    if "np" not in cue.takes:
        return None
    things = syntax.passive_subjects(verb) if syntax.is_passive(verb) else syntax.objects(verb)
    for thing in things[:1]:
        if thing.i > verb.i and thing.pos_ in syntax.NOUNS:
            reasons = [child.right_edge.i for child in verb.children if child.i > thing.i and _gives_reason(child)]
            parts = _kept([trim(verb.doc, thing.left_edge.i, max([thing.right_edge.i, *reasons]) + 1)])
            is_person = thing.ent_type_ in PERSON_LABELS or thing.tag_ == "PRP"
            if sum(end - start for start, end in parts) < MIN_OBJECT_WORDS or (is_person and not reasons):
                return None
            return _make(verb, cue, parts, f"object:{cue.lemma}", NOMINAL_SCORE)
    return None


def _gives_reason(child: Token) -> bool:
    words = {item.lower_ for item in child.children if item.dep_ in {"case", "mark"}} | {child.lower_}
    return child.dep_ in syntax.OBLIQUES | syntax.ADVERBIAL_CLAUSES | {"prep"} and bool(words & {"for", "over", "as"})


def _oblique_frame(verb: Token, cue: Cue) -> Report | None:
    wanted = cue.takes & PREPOSITIONS
    if not wanted:
        return None
    if any(item.i > verb.i for item in syntax.objects(verb)) and "to_person" not in cue.takes:
        return None
    for word, noun in syntax.prepositional(verb):
        if word in wanted and noun.i > verb.i:
            start = _after_preposition(noun, word, verb.i)
            cue_end = start if start == verb.i + 2 else verb.i + 1
            tails = [child.right_edge.i for child in verb.children if child.i > noun.i and _is_infinitive(child)]
            if (cue.lemma, word) == ("call", "on") and not tails:
                continue
            parts = _kept([trim(verb.doc, start, max([noun.right_edge.i, *tails]) + 1)])
            return _make(verb, cue, parts, f"{word}:{cue.lemma}", NOMINAL_SCORE, cue_end=cue_end)
    for clause in verb.children:
        if clause.dep_ in {"advcl", "pcomp"} and clause.left_edge.i > verb.i and set(syntax.markers(clause)) & wanted:
            start = clause.left_edge.i + 1
            parts = _kept([trim(verb.doc, start, clause.right_edge.i + 1)])
            return _make(verb, cue, parts, f"gerund:{cue.lemma}", NOMINAL_SCORE, cue_end=start)
    return None


FRAMES = (_clause_frame, _object_frame, _infinitive_frame, _noun_phrase_frame, _oblique_frame)


def _after_preposition(noun: Token, word: str, verb_index: int) -> int:
    words = [t.i for t in noun.doc[verb_index + 1 : noun.i] if t.lower_ == word]
    return words[0] + 1 if words else noun.left_edge.i


def _noun_report(noun: Token, cue: Cue) -> Report | None:
    """`his claim that …`, `the warning that …`, `a vow to …`."""
    for clause in noun.children:
        if clause.i < noun.i or clause.dep_ not in {"acl", "ccomp", "xcomp"}:
            continue
        marks = syntax.markers(clause)
        if ("that" in marks and "that" in cue.takes) or ("to" in marks and "inf" in cue.takes):
            speaker = noun_speaker(noun)
            if speaker is None:
                return None
            parts = _kept([trim(noun.doc, clause.left_edge.i, clause.right_edge.i + 1)])
            report = _make(noun, cue, parts, f"noun:{cue.lemma}", INFINITIVE_SCORE)
            return report._replace(speaker_head=speaker.i)
    return _marked_noun_report(noun, cue)


def _marked_noun_report(noun: Token, cue: Cue) -> Report | None:
    """`X's claim that …` where the parse hangs the clause elsewhere."""
    speakers = syntax.possessors(noun)
    following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else None
    if not speakers or following is None or following.lower_ not in COMPLEMENTIZERS or "that" not in cue.takes:
        return None
    end = max(following.head.right_edge.i, following.i) + 1
    parts = _kept([trim(noun.doc, following.i + 1, end if end > following.i + 2 else sentence_end(noun))])
    report = _make(noun, cue, parts, f"noun:{cue.lemma}", INFINITIVE_SCORE)
    return report._replace(speaker_head=speakers[0].i)


def noun_speaker(noun: Token) -> Token | None:
    """Whose statement it is: `X's claim`, `a claim by X`, or the subject of `made the claim`."""
    possessors = syntax.possessors(noun)
    if possessors:
        return possessors[0]
    for word, person in syntax.prepositional(noun):
        if word in {"by", "from", "of"} and person.i < noun.i + 6:
            return person
    if noun.dep_ in syntax.OBJECTS:
        return speaker_of(noun.head)
    return None


def _adjective_report(adjective: Token, cue: Cue) -> Report | None:
    """`is confident that …`, `is eager to …`."""
    speakers = syntax.clause_subjects(adjective)
    if not speakers or speakers[0].lower_ in NO_SPEAKERS:
        return None
    for clause in adjective.children:
        if clause.i < adjective.i or clause.dep_ not in {"ccomp", "xcomp", "advcl"}:
            continue
        is_that = clause.dep_ == "ccomp" and "that" in cue.takes
        if is_that or ("inf" in cue.takes and _is_infinitive(clause)):
            parts = _kept([trim(adjective.doc, max(adjective.i + 1, clause.left_edge.i), clause.right_edge.i + 1)])
            report = _make(adjective, cue, parts, f"adjective:{cue.lemma}", INFINITIVE_SCORE)
            return report._replace(speaker_head=speakers[0].i)
    return None


def _according(token: Token) -> Report | None:
    """`According to X, …`: the clause without the phrase is the content."""
    doc = token.doc
    if token.i + 2 >= len(doc) or doc[token.i + 1].lower_ != "to":
        return None
    source = _according_source(token)
    if source is None or not token.i + 1 < source.i:
        return None
    phrase_end = _phrase_end(source)
    parts = _according_parts(token, phrase_end)
    cue_range = (token.i, token.i + 2)
    return Report(tuple(parts), token.i, cue_range, ACCORDING, source.i, None, "according_to", SOURCE_SCORE)


def _according_source(token: Token) -> Token | None:
    if token.dep_ in {"case", "mark"}:
        return token.head
    for child in [*token.children, *token.doc[token.i + 1].children]:
        if child.i > token.i + 1 and child.pos_ in syntax.NOUNS:
            return child
    return None


def _phrase_end(source: Token) -> int:
    return min(source.right_edge.i + 1, sentence_end(source))


def _according_parts(token: Token, phrase_end: int) -> list[Range]:
    doc = token.doc
    before = trim(doc, sentence_start(token), token.i)
    after = trim(doc, phrase_end, sentence_end(token))
    if before[1] <= before[0]:
        return _kept([after])
    is_final = after[1] - after[0] < 3
    if is_final or doc[phrase_end].text not in {",", "—", "–"} if phrase_end < len(doc) else True:
        return _kept([before])
    return _kept([before, after])
