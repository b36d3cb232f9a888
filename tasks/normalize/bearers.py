"""Bearers: which bare surnames in an article about somebody mean a better known bearer of the name."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tasks.normalize.clusters import Cluster, Mention, is_name, role_words
from tasks.normalize.names import family_mark, name_key, person_words

LEAST_USES = 10  # articles that call the best known bearer of a surname so
LEAD = 5  # how many times more articles than for the next bearer
FAR_LEAD = 10  # the same for a bearer beside whom a relative is called so only where the article begins with her
EVERYWHERE_SHARE = 0.06  # of all articles, for somebody whom any article may mean by a surname
BEGINNING = 1  # the last sentence with which an article begins
HOUSEHOLD_SHARE = 0.1  # articles that never give the full name, to those that do, for a household name
GIVEN_SHARE = 0.02  # full names that begin with a surname, to the articles on its bearer, for a first name
USUAL_ROLE_SHARE = 0.05  # articles that give a role, of all on a person, for a usual one
FEMALE_COURTESIES = frozenset({"mrs", "ms", "miss", "lady"})


class Bearer(NamedTuple):
    """The best known bearer of a surname.

    `roles` are the words of usual roles, `is_household` whether all know who is meant, `is_given` whether others have
    the name as their first, `rivals` the keys of others whom articles call so not far more rarely, and `is_everywhere`
    whether a large part of all articles name her.
    """

    key: str
    roles: frozenset[str]
    is_household: bool
    is_given: bool
    rivals: frozenset[str] = frozenset()
    is_everywhere: bool = False


def find_bearers(
    short_forms: Mapping[str, Counter[str]],
    people: Iterable[tuple[str, Cluster]],
    lone: Mapping[str, int],
    total: int = 0,
) -> dict[str, Bearer]:
    """The best known bearer of each surname that has one.

    `short_forms` counts the articles that call each known person by a bare name, `people` gives the clusters of full
    names with their keys, `lone` the number of articles that use a surname without any full name, and `total` is that
    of all articles.
    """
    leaders = {name: key for name, counts in short_forms.items() if (key := find_leader(counts)) is not None}
    wanted = frozenset(leaders.values())
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    articles: Counter[str] = Counter()
    first_names: Counter[str] = Counter()
    for key, cluster in people:
        first_names[person_words(cluster.name)[0]] += 1
        if key in wanted:
            roles[key].update(role_words(cluster.mentions))
            articles[key] += 1
    return {
        name: Bearer(
            key,
            frozenset(word for word, count in roles[key].items() if count >= USUAL_ROLE_SHARE * articles[key]),
            lone.get(name, 0) >= max(1, HOUSEHOLD_SHARE * articles[key]),
            first_names[name] > GIVEN_SHARE * articles[key],
            frozenset(
                other
                for other, count in short_forms[name].items()
                if other != key and count * FAR_LEAD > short_forms[name][key]
            ),
            articles[key] >= EVERYWHERE_SHARE * total > 0,
        )
        for name, key in leaders.items()
    }


def find_leader(counts: Counter[str]) -> str | None:
    """The key of the one whom many more articles call so than anybody else."""
    (first, most), *others = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:2]
    runner_up = others[0][1] if others else 0
    return first if most >= max(LEAST_USES, LEAD * runner_up) else None


def part_bearer(cluster: Cluster, name: str, bearer: Bearer, key: str = "") -> tuple[Cluster, Cluster] | None:
    """The cluster of somebody, and apart from it what means the better known bearer, or None where nothing does.

    An article that says `President Obama`, or plain `Obama` before the full name of Michelle Obama, means Barack Obama
    by `Obama` throughout, but for `Mrs. Obama`; and so does one with `Obama Doctrine` for a person, or with `Trump Jr.`
    for the son. So does one that does not begin with somebody far less known by the surname, who has the given key.
    What stands for a name goes with the name before it.
    """
    bare = [m for m in cluster.mentions if is_name(m) and is_bare(m.text, name)]
    full = [m for m in cluster.mentions if is_name(m) and len(person_words(m.text)) > 1]
    own_roles = role_words(full)
    is_first = person_words(cluster.name)[0] == name
    is_told_apart = is_first or any(
        person_words(m.text) == (name,) and family_mark(m.text) is not None for m in cluster.mentions if is_name(m)
    )
    is_aside = bearer.is_everywhere and key not in bearer.rivals and bool(full) and full[0].sentence_index > BEGINNING
    if not full or not (is_told_apart or is_aside or any(is_meant(m, full[0], bearer, own_roles) for m in bare)):
        return None
    meant = {m.mention_id for m in bare if name_key(m.title or "") not in FEMALE_COURTESIES}
    own, other = split_mentions(cluster.mentions, meant)
    if not own or not other:
        return None
    return cluster._replace(mentions=own), Cluster(cluster.article_id, cluster.label, other[0].text, other)


def is_bare(text: str, name: str) -> bool:
    """Whether a text is a surname and nothing else: not `Lee Jr.`"""
    return person_words(text) == (name,) and family_mark(text) is None


def is_meant(mention: Mention, first: Mention, bearer: Bearer, own_roles: set[str]) -> bool:
    """Whether a bare surname can only mean the better known bearer: by the role, or as it needs no introduction."""
    roles = role_words([mention])
    return bool(roles & bearer.roles - own_roles) or (bearer.is_household and mention.start < first.start)


def split_mentions(mentions: Sequence[Mention], meant: set[str]) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """The mentions that stay and those that go, the names with the given ids and what stands for them."""
    own: list[Mention] = []
    other: list[Mention] = []
    target = own
    for mention in mentions:
        if is_name(mention):
            target = other if mention.mention_id in meant else own
        target.append(mention)
    return tuple(own), tuple(other)
