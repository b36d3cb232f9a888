"""People across articles: which full names are one person, and whom a bare surname means."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from tasks.normalize.gazetteer import COUNTRY_PREFIX
from tasks.normalize.names import have_rival_initials, last_name, similarity, transliteration_key

RIVAL_SHARE = 0.15  # a second country parts a name in two only if it has at least this share of the evidence
RIVAL_ARTICLES = 0.03  # and of the articles on anybody of that name
SHORTEST_VARIANT = 9  # letters of a full name below which transliterations are not compared
ALIKE = 0.8
FEWEST_USES = 3  # articles that must call somebody by a surname that others bear too, before it means them elsewhere
PAIR_LENGTHS = (3, 4)  # words of a name that may be those of two people
SCRAP_LEAD = 20  # how many times more usual a name must be without a word for that to be none of it
LEAD = 5  # how many times more of them than for the next bearer
GIVEN_SHARE = 0.9  # of the articles on anybody of a first name, for one person whom it alone means
MONONYM_LEAD = 10  # how many times more articles must use a name alone than as a last name, for somebody without one
OTHER = "other"  # in the key of whom only another form of the first name joins to a better known person
FEWEST_ROLES = 3  # articles that give a role, for one that somebody has
FEWEST_GIVEN = 3  # full names that begin with a word that is a first name
ALIKE_LAST = 0.75  # how alike last names are that only differ in how another script is written
LONG_LAST = 8  # letters of a last name from which transliterations may differ by more than one letter

Words = tuple[str, ...]


class Person(NamedTuple):
    """One article's evidence on a person.

    The words of the fullest name, the country that roles give, if any, what else is named, and the words of the roles.
    """

    words: Words
    country_code: str | None
    context: frozenset[str]
    roles: frozenset[str] = frozenset()


class Identity(NamedTuple):
    """Who a name means: a key that stays the same whatever else is read, how it was found, and how sure that is."""

    key: str
    method: str
    score: float


def is_initial_of(initial: str, word: str) -> bool:
    """Whether a single letter begins a word."""
    return len(initial) == 1 and word.startswith(initial)


def are_middles_compatible(one: Words, other: Words) -> bool:
    """Whether the middle names of two persons of one name may be one person's: `w` and `walker` may."""
    short, long = sorted((one, other), key=len)
    rest = list(long)
    for word in short:
        match = next((w for w in rest if w == word or is_initial_of(word, w) or is_initial_of(w, word)), None)
        if match is None:
            return False
        rest.remove(match)
    return True


def are_one_person(one: Words, other: Words) -> bool:
    """Whether no middle name of two full names with one first and last name speaks against one person."""
    return are_middles_compatible(middle_names(one), middle_names(other)) and not have_rival_initials(one, other)


def formal_key(words: Words, first_names: Mapping[str, str]) -> tuple[str, str]:
    """The formal first name and the last name: `joe biden` and `joseph r biden` agree."""
    return first_names.get(words[0], words[0]), last_name(words)


def middle_names(words: Words) -> Words:
    """What stands between first and last name."""
    return words[1 : len(words) - len(last_name(words).split())]


def without_scrap(words: Words, bare: Collection[str], counts: Mapping[Words, int]) -> Words:
    """The words of a full name without one at an end that is the page's: `barack obama reuters`.

    The name is far more usual without it, and the article calls the person by the last name that is left.
    """
    for shorter, scrap in ((words[:-1], words[-1]), (words[1:], words[0])):
        is_usual = len(shorter) > 1 and counts.get(shorter, 0) >= SCRAP_LEAD * counts.get(words, 0)
        if is_usual and shorter[-1] in bare and scrap not in bare:
            return shorter
    return words


def group_variants(counts: Mapping[Words, int], first_names: Mapping[str, str]) -> dict[Words, str]:
    """For each full name the key of its person, before countries are looked at.

    Names with one first and last name are one person unless middle names conflict; a plain name then goes to the
    most usual.
    """
    buckets: dict[tuple[str, str], list[Words]] = defaultdict(list)
    for words in counts:
        buckets[formal_key(words, first_names)].append(words)
    keys: dict[Words, str] = {}
    for (first, last), names in buckets.items():
        groups: list[list[Words]] = []
        for words in sorted(names, key=lambda w: (-len(middle_names(w)), -counts[w], w)):
            fitting = [g for g in groups if all(are_one_person(words, w) for w in g)]
            if fitting:
                max(fitting, key=lambda g: sum(counts[w] for w in g)).append(words)
            else:
                groups.append([words])
        for group in groups:
            middle = " ".join(middle_names(group[0])) if len(groups) > 1 else ""
            for words in group:
                keys[words] = " ".join(filter(None, (first, middle, last)))
    return merge_subsets(merge_spaced(keys, counts), counts)


def merge_spaced(keys: dict[Words, str], counts: Mapping[Words, int]) -> dict[Words, str]:
    """The keys with names joined that only differ in where they are spaced: `kim jong un` and `kim jongun`."""
    by_letters: dict[str, set[str]] = defaultdict(set)
    totals: Counter[str] = Counter()
    for words, key in keys.items():
        by_letters["".join(words)].add(key)
        totals[key] += counts[words]
    moved = {}
    for found in by_letters.values():
        first, *others = sorted(found, key=lambda key: (-totals[key], key))
        moved.update(dict.fromkeys(others, first))
    return {words: follow(key, moved) for words, key in keys.items()}


def merge_subsets(keys: dict[Words, str], counts: Mapping[Words, int]) -> dict[Words, str]:
    """The keys with names joined to the one longer name that holds all their words and ends alike: `lula da silva`."""
    by_last: dict[str, list[Words]] = defaultdict(list)
    for words in keys:
        if len(words) > 2:
            by_last[words[-1]].append(words)
    members: dict[str, list[Words]] = defaultdict(list)
    for words, key in keys.items():
        members[key].append(words)
    firsts = Counter(words[0] for words in keys)
    given = frozenset(word for word, count in firsts.items() if count >= FEWEST_GIVEN and len(word) > 1)
    moved = {}
    for words, key in keys.items():
        holders = {
            keys[long]
            for long in by_last.get(words[-1], ())
            if len(long) > len(words) and set(words) <= set(long) and not have_rival_initials(words, long)
            and not are_two_people(words, long, counts, given)
        }  # fmt: skip
        holders.discard(key)
        if len(holders) == 1 and not are_rivals(members[key], members[min(holders)]):
            moved[key] = min(holders)
    return {words: follow(key, moved) for words, key in keys.items()}


def are_rivals(some: Sequence[Words], others: Sequence[Words]) -> bool:
    """Whether any names of two persons have middle initials that begin otherwise."""
    return any(have_rival_initials(one, other) for one in some for other in others)


def are_two_people(short: Words, long: Words, counts: Mapping[Words, int], given: Collection[str]) -> bool:
    """Whether a longer name is not that of the one whom a shorter name in it means.

    It runs two people together, both more usual, as in `Ann Bob Lee`; or a relative has a middle name as his first, one
    of the `given` names: `Bob Lee` beside `Ann Lee`, who is rarely `Ann Bob Lee`.
    """
    outer = (long[0], long[-1])
    is_other = outer != short and counts.get(outer, 0) > counts.get(long, 0)
    return is_other and (counts.get(short, 0) > counts.get(long, 0) or short[0] in given)


def follow(key: str, moved: Mapping[str, str]) -> str:
    """Where a key ends up after all moves."""
    seen = set()
    while key in moved and key not in seen:
        seen.add(key)
        key = moved[key]
    return key


def merge_transliterations(people: Mapping[str, Counter[str]], counts: Mapping[str, int]) -> dict[str, str]:
    """Moves of keys whose names are transliterations of each other, to the more usual one.

    `people` holds for each key the countries that roles give; two different countries keep names apart.
    """
    blocks: dict[str, list[str]] = defaultdict(list)
    for key in people:
        if len(key) >= SHORTEST_VARIANT:
            blocks[transliteration_key(key)].append(key)
    moved = {}
    for keys in blocks.values():
        first, *others = sorted(keys, key=lambda key: (-counts[key], key))
        for other in others:
            rivals = people[first] and people[other] and not set(people[first]) & set(people[other])
            if similarity(first, other) >= ALIKE and are_last_alike(first, other) and not rivals:
                moved[other] = first
    return moved


def are_last_alike(one: str, other: str) -> bool:
    """Whether the last words of two keys may be spellings of one name: not `cole` and `cooley`."""
    short, long = sorted((one.rsplit(maxsplit=1)[-1], other.rsplit(maxsplit=1)[-1]), key=len)
    return similarity(short, long) >= ALIKE_LAST and (len(long) - len(short) < 2 or len(long) >= LONG_LAST)


def find_pairs(counts: Mapping[Words, int]) -> frozenset[Words]:
    """The names that run two people together, each far more usual by that name.

    `Ann Berg Bob Lee` are Ann Berg and Bob Lee, and so are `Berg-Bob Lee` and `Ann Berg-Lee`.
    """
    surnames: Counter[str] = Counter()
    for words, count in counts.items():
        surnames[words[-1]] += count
    return frozenset(words for words in counts if len(words) in PAIR_LENGTHS and is_pair_of(words, counts, surnames))


def is_pair_of(words: Words, counts: Mapping[Words, int], surnames: Mapping[str, int]) -> bool:
    """Whether a name falls in two more usual names."""
    least = SCRAP_LEAD * counts[words]
    return any(
        all(
            (counts.get(part, 0) if len(part) > 1 else surnames.get(part[0], 0)) >= least
            for part in (words[:end], words[end:])
        )
        and words[:end][-1] != words[-1]
        for end in range(1, len(words))
    )


def split_by_country(evidence: Counter[str], articles: int) -> tuple[str, ...]:
    """The countries of the different people that share a name: one or none unless a second has enough evidence."""
    least = max(RIVAL_SHARE * sum(evidence.values()), RIVAL_ARTICLES * articles)
    kept = [code for code, count in sorted(evidence.items(), key=lambda pair: (-pair[1], pair[0])) if count >= least]
    return tuple(kept)


def find_strangers(people: Sequence[Person], keys: Mapping[Words, str]) -> frozenset[int]:
    """The places of those with another form of a first name, and a role that the person of the usual form has not.

    Several articles must give it: the commissioner Steven Miller is not the adviser Stephen Miller.
    """
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    roles: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for person in people:
        key, first = keys[person.words], person.words[0]
        forms[key][first] += 1
        roles[key, first].update(person.roles)
    usual = {key: max(sorted(found), key=lambda first: found[first]) for key, found in forms.items()}
    others: dict[str, Counter[str]] = defaultdict(Counter)
    for (key, first), found in roles.items():
        if first != usual[key]:
            others[key].update(found)
    strange = {
        key: {word for word, count in found.items() if count >= FEWEST_ROLES and roles[key, usual[key]][word] == 0}
        for key, found in others.items()
    }
    return frozenset(
        place
        for place, person in enumerate(people)
        if (key := keys[person.words]) in strange
        and person.words[0] != usual[key]
        and person.roles & strange[key]
        and roles[key, usual[key]].total() > 0
    )


def identify_full_names(people: Sequence[Person], first_names: Mapping[str, str]) -> list[Identity]:
    """The identity of each person who is given with a full name, in the order given."""
    counts = Counter(person.words for person in people)
    keys = group_variants(counts, first_names)
    strangers = find_strangers(people, keys)
    evidence: dict[str, Counter[str]] = {key: Counter() for key in sorted(keys.values())}
    totals: Counter[str] = Counter()
    for person in people:
        totals[keys[person.words]] += 1
        if person.country_code is not None:
            evidence[keys[person.words]][person.country_code] += 1
    moved = merge_transliterations(evidence, totals)
    for source, target in moved.items():
        evidence[target] += evidence[source]
        totals[target] += totals[source]
    rivals = {key: split_by_country(codes, totals[key]) for key, codes in evidence.items()}
    return [
        Identity(f"{keys[person.words]} ({OTHER})", "name_role", 0.6)
        if place in strangers
        else identify(person, keys[person.words], moved, rivals)
        for place, person in enumerate(people)
    ]


def identify(person: Person, key: str, moved: Mapping[str, str], rivals: Mapping[str, tuple[str, ...]]) -> Identity:
    """The identity of one person: a name that people share goes by the country of the role, then of the article."""
    target = follow(key, moved)
    method, score = ("transliteration", 0.8) if target != key else ("name", 1.0)
    codes = rivals[target]
    if len(codes) < 2:
        return Identity(target, method, score)
    if person.country_code in codes:
        return Identity(name_person(target, person.country_code, codes), "name_country", 0.9)
    shared = [code for code in codes if f"{COUNTRY_PREFIX}{code}" in person.context]
    if len(shared) == 1:
        return Identity(name_person(target, shared[0], codes), "name_context", 0.7)
    return Identity(name_person(target, codes[0], codes), "name", 0.5)


def name_person(key: str, code: str | None, codes: tuple[str, ...]) -> str:
    """The key of the one of several people of a name: the most usual keeps the plain key."""
    return key if code == codes[0] else f"{key} ({code})"


def index_short_forms(known: Iterable[tuple[str, Words, Iterable[str]]]) -> dict[str, Counter[str]]:
    """How many articles use each bare name for each known person, 0 for last names that none uses.

    `known` gives for each article and person the key, the words of the full name and the bare names used beside it.
    First names that few articles use alone mean nobody in others.
    """
    found: dict[str, Counter[str]] = defaultdict(Counter)
    first_names: dict[str, Counter[str]] = defaultdict(Counter)
    for key, words, bare in known:
        surnames = {words[-1], last_name(words)}
        for last in surnames:
            found[last][key] += 0
        for name in bare:
            (found if name in surnames else first_names)[name][key] += 1
    for name, counts in first_names.items():
        usual = {key: count for key, count in counts.items() if count >= FEWEST_USES}
        if usual:
            found[name].update(usual)
    return found


def is_last_name(name: str, key: str) -> bool:
    """Whether a name stands behind the first word of a person's key."""
    return f" {name} " in f"{key} "


def without_mononyms(
    short_forms: Mapping[str, Counter[str]], lone: Mapping[str, int], full: Iterable[Words]
) -> dict[str, Counter[str]]:
    """The short forms without last names that far more articles use alone: a pope's, a storm's, a magazine's.

    `lone` counts the articles that use a word alone, `full` are the full names, one for each article and person.
    """
    known = Counter(words[-1] for words in full)
    return {
        name: Counter({key: count for key, count in counts.items() if not is_last_name(name, key)})
        if lone.get(name, 0) > MONONYM_LEAD * known[name]
        else counts
        for name, counts in short_forms.items()
    }


def find_given(
    short_forms: Mapping[str, Counter[str]], known: Iterable[tuple[str, Words]], lone: Mapping[str, int]
) -> frozenset[tuple[str, str]]:
    """The first names that mean one person in any article, with the person's key.

    Hardly anybody else has the name, or articles that give the person in full use it far more often than others do.
    """
    bearers: dict[str, Counter[str]] = defaultdict(Counter)
    for key, words in known:
        bearers[words[0]][key] += 1
    return frozenset(
        (name, key)
        for name, found in bearers.items()
        for key, count in found.items()
        if count >= GIVEN_SHARE * found.total()
        or short_forms.get(name, Counter())[key] >= LEAD * max(1, lone.get(name, 0))
    )


def identify_short_name(
    words: Words,
    article_id: str,
    context: frozenset[str],
    *,
    short_forms: Mapping[str, Counter[str]],
    contexts: Mapping[str, set[str]],
    given: Collection[tuple[str, str]] = (),
) -> Identity:
    """Whom a bare name means that its article never gives in full.

    It is the one person whom other articles call so, or call so far more often than anybody else, if named beside the
    same things; by a first name only who is known by it (`given`). Where nobody is known by the name, it is a person of
    one name; otherwise somebody of this article alone.
    """
    name = " ".join(words)
    counts = short_forms.get(name, Counter())
    if not counts:
        return Identity(name, "name", 0.7)
    first, *others = sorted(counts, key=lambda key: (-counts[key], key))
    runner_up = max((counts[key] for key in others), default=0)
    is_usual = not others or counts[first] >= max(FEWEST_USES, LEAD * runner_up)
    is_known = is_last_name(name, first) or (name, first) in given
    if is_usual and is_known and contexts[first] & context:
        return Identity(first, "surname", 0.6)
    return Identity(f"{name} [{article_id}]", "name", 0.5)
