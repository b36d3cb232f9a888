"""Whether the warehouse bears out one expectation of sample_articles.jsonl; the rules are in seeds/articles.md."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import duckdb

CASES_PATH = Path(__file__).with_name("sample_articles.jsonl")
Case = dict[str, Any]

EVENTS_QUERY = """
    select e.*, m.claimed_by, m.polarity as mention_polarity, m.modality as mention_modality, m.text as trigger,
        s.event_mention_id
    from core.event_sources s
    join core.events e using (event_id)
    join core.event_mentions m using (event_mention_id)
    where s.article_id = $article
"""


def read_cases() -> list[Case]:
    """All expectations, in file order."""
    return [json.loads(line) for line in CASES_PATH.read_text(encoding="utf-8").splitlines()]


def fold(text: str) -> str:
    """Text with quotation marks, blanks and accents folded, lower-case, without punctuation at its ends."""
    text = re.sub("[“”«»]", '"', re.sub("[‘’]", "'", text))
    text = unicodedata.normalize("NFKD", text)
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"\s+", " ", text).strip(" .,;:!?\"'").lower().replace("ı", "i").replace("‑", "-").replace("‐", "-")


def fetch(con: duckdb.DuckDBPyConnection, query: str, **parameters: object) -> list[dict[str, Any]]:
    """The rows of a query as dicts."""
    result = con.execute(query, parameters)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def source_pattern(case: Case) -> str:
    """The end of the source URI that the case is about."""
    return f"%{case['file']}#{case['record']}" if "record" in case else f"%{case['file']}"


def find_article(con: duckdb.DuckDBPyConnection, case: Case) -> dict[str, Any] | None:
    """The article a case is about, or None."""
    rows = fetch(con, "select * from core.articles where source_uri like $uri", uri=source_pattern(case))
    return rows[0] if rows else None


def find_fault(con: duckdb.DuckDBPyConnection, case: Case) -> str | None:
    """What is wrong, in words, or None where the expectation is met."""
    if case["kind"] == "reject":
        query = "select reason from core.rejected_articles where source_uri like $uri"
        reasons = [row["reason"] for row in fetch(con, query, uri=source_pattern(case))]
        return None if reasons == [case["expect"]["reason"]] else f"rejected for {reasons}"
    article = find_article(con, case)
    if article is None:
        return "no such article"
    finders = {
        "article": _article_fault,
        "duplicate": _duplicate_fault,
        "quote": _quote_fault,
        "event": _event_fault,
        "no_event": _no_event_fault,
    }
    return finders[case["kind"]](con, article, case["expect"])


def _article_fault(con: duckdb.DuckDBPyConnection, article: dict[str, Any], expect: Case) -> str | None:
    body = fold(article["body"])
    faults = [f"lacks {text!r}" for text in expect.get("must_contain", ()) if fold(text) not in body]
    faults += [
        f"holds {text!r}" for text in expect.get("must_not_contain", ()) if text.lower() in article["body"].lower()
    ]
    if "published_on" in expect:
        published = article["published_at"].date().isoformat() if article["published_at"] is not None else None
        if published != expect["published_on"]:
            faults.append(f"published on {published}, not {expect['published_on']}")
    exact = ("title", "subtitle", "byline", "publisher", "dateline_place", "published_at_source", "language", "url")
    for name in exact:
        if name in expect and fold(str(article[name])) != fold(str(expect[name])):
            faults.append(f"{name} is {article[name]!r}, not {expect[name]!r}")
    return "; ".join(faults) or None


def _duplicate_fault(con: duckdb.DuckDBPyConnection, article: dict[str, Any], expect: Case) -> str | None:
    other = find_article(con, {"file": expect["duplicate_of"]})
    pairs = (
        (article["duplicate_of"], other and other["article_id"]),
        (other and other["duplicate_of"], article["article_id"]),
    )
    return None if any(a is not None and a == b for a, b in pairs) else "not found to be duplicates"


def _quote_fault(con: duckdb.DuckDBPyConnection, article: dict[str, Any], expect: Case) -> str | None:
    query = """
        select q.*, e.aliases, e.acronym, e.canonical_name
        from core.quotes q left join core.entities e on e.entity_id = q.speaker_entity_id
        where q.article_id = $article
    """
    wanted = _clause(expect["content"])
    rows = fetch(con, query, article=article["article_id"])
    matches = [row for row in rows if wanted == _clause(row["content"])]
    if not matches and (expect.get("match") == "contains" or expect["quote_type"] == "direct"):
        matches = [row for row in rows if wanted in _clause(row["content"])]
    if not matches:
        return f"no quote {expect['content'][:60]!r}"
    names = [expect["speaker"], *expect.get("or_speaker", ())]
    if any(_is_named(row, names) and fold(row["cue"] or "") == fold(expect["cue"]) for row in matches):
        return None
    return f"said by {[(row['speaker_name'], row['cue']) for row in matches]}, not {expect['speaker']}, {expect['cue']}"


def _clause(content: str) -> str:
    return fold(re.sub(r"^that\s+", "", content)).replace('"', "")


def _is_named(row: dict[str, Any], names: list[str]) -> bool:
    known = [row["speaker_name"], row["canonical_name"], row["acronym"], *(row["aliases"] or ())]
    return any(_same_name(name, item) for name in names for item in known if item)


def _same_name(wanted: str, found: str) -> bool:
    """Whether one name is the other, or holds all its words."""
    a, b = (set(re.findall(r"[\w-]+", fold(text.replace("'s", "").replace("’s", "")))) for text in (wanted, found))
    return bool(a and b) and (a <= b or b <= a)


def _participants(con: duckdb.DuckDBPyConnection, event_id: str, role: str) -> list[str]:
    query = """
        select p.name, e.canonical_name, e.aliases, e.acronym
        from core.event_participants p left join core.entities e using (entity_id)
        where p.event_id = $event and p.role = $role
    """
    names = []
    for row in fetch(con, query, event=event_id, role=role):
        names += [row["name"], row["canonical_name"], row["acronym"], *(row["aliases"] or ())]
    return [name for name in names if name]


def _candidates(con: duckdb.DuckDBPyConnection, article: dict[str, Any], expect: Case) -> list[dict[str, Any]]:
    types = [expect["event_type"], *expect.get("or_type", ())]
    rows = fetch(con, EVENTS_QUERY, article=article["article_id"])
    rows = [row for row in rows if row["event_type"] in types]
    for role in ("actor", "recipient", "location"):
        if role in expect:
            rows = [
                r for r in rows if any(_same_name(expect[role], n) for n in _participants(con, r["event_id"], role))
            ]
    return rows


def _event_fault(con: duckdb.DuckDBPyConnection, article: dict[str, Any], expect: Case) -> str | None:
    if "same_event_as" in expect:
        return _rival_fault(con, article, expect)
    rows = _candidates(con, article, expect)
    if not rows:
        return f"no {expect['event_type']} with {[expect.get(role) for role in ('actor', 'recipient', 'location')]}"
    for key in ("polarity", "modality"):
        rows = [row for row in rows if key not in expect or row[key] == expect[key]]
    if not rows:
        return f"none is {expect.get('polarity', '')} {expect.get('modality', '')}"
    if "date" in expect:
        dates = [expect["date"], *expect.get("or_date", ())]
        found = [str(row["date_from"]) for row in rows]
        rows = [row for row in rows if str(row["date_from"]) in dates]
        if not rows:
            return f"dated {found}, not {dates}"
    if "mode" in expect:
        rows = [row for row in rows if row["event_mode"] == expect["mode"]]
    for figure in ("killed", "arrested"):
        if figure in expect:
            rows = [
                row for row in rows if (row[f"{figure}_low"] or -1) <= expect[figure] <= (row[f"{figure}_high"] or -1)
            ]
    return None if rows else "mode or figures differ"


def _rival_fault(con: duckdb.DuckDBPyConnection, article: dict[str, Any], expect: Case) -> str | None:
    other = find_article(con, {"file": expect["same_event_as"]})
    query = """
        select e.event_id, e.origin_count, e.killed_low, e.killed_high
        from core.events e
        where e.event_type = $type
            and exists (select 1 from core.event_sources s where s.event_id = e.event_id and s.article_id = $one)
            and exists (select 1 from core.event_sources s where s.event_id = e.event_id and s.article_id = $two)
    """
    two = other["article_id"] if other else None
    rows = fetch(con, query, type=expect["event_type"], one=article["article_id"], two=two)
    low, high = expect["rival_killed"]
    good = [
        r
        for r in rows
        if r["origin_count"] == expect["origin_count"]
        and (r["killed_low"] or 0) <= low <= high <= (r["killed_high"] or 0)
    ]
    return None if good else f"shared events: {rows}"


def _no_event_fault(con: duckdb.DuckDBPyConnection, article: dict[str, Any], expect: Case) -> str | None:
    allowed = expect.get("unless", {})
    for row in _candidates(con, article, expect):
        if row["trigger"] in expect.get("not_trigger", ()):
            continue
        if row["polarity"] != "affirmed" or row["modality"] != "asserted":
            continue
        if all(row[key] == value for key, value in allowed.items()) and allowed:
            continue
        return f"invented: {row['trigger']} ({row['event_type']}): {row['summary'][:120]}"
    return None
