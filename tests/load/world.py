"""A small data folder, written through storage: two reports of one storm by two outlets, with rival figures."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from tasks import storage
from tasks.schemas import DATASETS

Rows = dict[str, list[dict[str, Any]]]

HERALD = "art_0000000000000001"
GAZETTE = "art_0000000000000002"
COPY = "art_0000000000000003"
HERALD_BODY = (
    "Rescue teams searched Port Vale 🌊 on Tuesday.\n\n"
    "The storm killed 20 people, Mayor José Pina said.\n\n"
    "“We will rebuild,” she said, “and we will not wait.”"
)
GAZETTE_BODY = "The storm in Port Vale killed at least 24 people.\n\nCanada sent aid to Port Vale."


def span(article_id: str, text: str, *, within: str | None = None) -> dict[str, Any]:
    """The span columns of the first occurrence of a text in an article, or in `within`."""
    body = {HERALD: HERALD_BODY, GAZETTE: GAZETTE_BODY}[article_id]
    offset = body.index(within) if within is not None else 0
    start = body.index(text, offset)
    sentence_index = body[:start].count("\n\n")
    return {
        "article_id": article_id,
        "sentence_index": sentence_index,
        "start_char": start,
        "end_char": start + len(text),
        "text": text,
    }


def article(article_id: str, body: str, **values: Any) -> dict[str, Any]:
    return {
        "article_id": article_id,
        "source_uri": f"{article_id}.txt",
        "published_at_source": "metadata",
        "language": "en",
        "language_score": 0.99,
        "body": body,
        "char_count": len(body),
        "raw_sha256": "00",
        "batch_id": "b1",
        **values,
    }


def sentences(article_id: str, body: str) -> list[dict[str, Any]]:
    return [span(article_id, part) for part in body.split("\n\n")]


def mention(
    mention_id: str, at: dict[str, Any], label: str, mention_type: str = "name", **values: Any
) -> dict[str, Any]:
    return {
        "mention_id": mention_id,
        **at,
        "label": label,
        "mention_type": mention_type,
        "method": "model",
        "score": 0.9,
    } | values


def event_mention(event_mention_id: str, at: dict[str, Any], event_type: str, **values: Any) -> dict[str, Any]:
    return {
        "event_mention_id": event_mention_id,
        **at,
        "event_type": event_type,
        "contexts": [],
        "polarity": "affirmed",
        "modality": "asserted",
        "tense": "past",
        "rule_id": f"{event_type}.verb",
        "score": 0.8,
        **values,
    }


def argument(argument_id: str, event_mention_id: str, role: str, at: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {"argument_id": argument_id, "event_mention_id": event_mention_id, "role": role, **at, **values}


def entity(entity_id: str, entity_type: str, name: str, **values: Any) -> dict[str, Any]:
    return {
        "entity_id": entity_id,
        "entity_type": entity_type,
        "canonical_name": name,
        "aliases": [],
        "article_count": 1,
        "mention_count": 1,
        "first_seen": date(2024, 5, 7),
        "last_seen": date(2024, 5, 7),
        **values,
    }


def event(event_id: str, event_type: str, summary: str, **values: Any) -> dict[str, Any]:
    return {
        "event_id": event_id,
        "event_type": event_type,
        "date_precision": "day",
        "polarity": "affirmed",
        "modality": "asserted",
        "actor_entity_ids": [],
        "recipient_entity_ids": [],
        "article_count": 1,
        "origin_count": 1,
        "first_reported_at": datetime(2024, 5, 7, 9),
        "summary": summary,
        **values,
    }


def participant(participant_id: str, event_id: str, role: str, name: str, **values: Any) -> dict[str, Any]:
    return {
        "participant_id": participant_id,
        "event_id": event_id,
        "role": role,
        "name": name,
        "article_count": 1,
        **values,
    }


def source(event_mention_id: str, event_id: str, article_id: str, **values: Any) -> dict[str, Any]:
    return {
        "event_mention_id": event_mention_id,
        "event_id": event_id,
        "article_id": article_id,
        "score": 0.8,
        **values,
    }


def make_rows() -> Rows:
    """A consistent world: every reference is kept and every span is a slice of its body."""
    words = span(HERALD, "“We will rebuild,” she said, “and we will not wait.”")
    parts = [span(HERALD, "We will rebuild,"), span(HERALD, "and we will not wait.")]
    cue, speaker = span(HERALD, "said", within="“We"), span(HERALD, "she")
    port_vale = "place_vale"
    return {
        "articles": [
            article(
                HERALD,
                HERALD_BODY,
                publisher="Herald",
                title="Storm hits Port Vale",
                published_at=datetime(2024, 5, 7, 9),
            ),
            article(
                GAZETTE,
                GAZETTE_BODY,
                publisher="Gazette",
                title="Toll rises",
                published_at=datetime(2024, 5, 8),
            ),
            article(COPY, HERALD_BODY, publisher="Mirror", duplicate_of=HERALD, duplicate_score=1.0),
        ],
        "rejected_articles": [{"source_uri": "empty.txt", "reason": "empty", "detail": "The file is empty."}],
        "sentences": sentences(HERALD, HERALD_BODY) + sentences(GAZETTE, GAZETTE_BODY),
        "entity_mentions": [
            mention("men_0000000000000001", span(HERALD, "José Pina"), "PERSON", title="Mayor", role="Mayor"),
            mention("men_0000000000000002", speaker, "PERSON", "pronoun"),
            mention("men_0000000000000003", span(GAZETTE, "Canada"), "GPE"),
            mention("men_0000000000000004", span(GAZETTE, "Port Vale", within="Canada"), "GPE"),
        ],
        "number_mentions": [
            {
                "number_mention_id": "num_0000000000000001",
                **span(GAZETTE, "24"),
                "label": "CARDINAL",
                "value": 24.0,
                "value_low": 24.0,
                "relation": "at least",
                "rule_id": "figure",
                "score": 1.0,
            },
        ],
        "time_mentions": [
            {
                "time_mention_id": "tim_0000000000000001",
                **span(HERALD, "Tuesday"),
                "timex_type": "DATE",
                "value": "2024-05-07",
                "date_from": date(2024, 5, 7),
                "date_to": date(2024, 5, 7),
                "method": "weekday",
                "score": 1.0,
            }
        ],
        "event_mentions": [
            event_mention(
                "evm_0000000000000001", span(HERALD, "killed"), "disaster", claimed_by="men_0000000000000001"
            ),
            event_mention("evm_0000000000000002", span(GAZETTE, "killed"), "disaster"),
            event_mention("evm_0000000000000003", span(GAZETTE, "sent"), "aid", quad_class="material cooperation"),
        ],
        "event_arguments": [
            argument(
                "arg_0000000000000001",
                "evm_0000000000000001",
                "killed",
                span(HERALD, "20 people"),
                value="20",
                value_low=20,
                value_high=20,
            ),
            argument(
                "arg_0000000000000002",
                "evm_0000000000000002",
                "killed",
                span(GAZETTE, "at least 24 people"),
                value=">=24",
                value_low=24,
            ),
        ],
        "quote_mentions": [
            {
                "quote_mention_id": "quo_0000000000000001",
                **words,
                "quote_type": "direct",
                "content": "We will rebuild, and we will not wait.",
                "content_spans": [{"start_char": p["start_char"], "end_char": p["end_char"]} for p in parts],
                "cue": "said",
                "cue_lemma": "say",
                "cue_class": "neutral",
                "cue_start_char": cue["start_char"],
                "cue_end_char": cue["end_char"],
                "speaker_text": "she",
                "speaker_start_char": speaker["start_char"],
                "speaker_end_char": speaker["end_char"],
                "speaker_mention_id": "men_0000000000000002",
                "rule_id": "split",
                "score": 0.95,
            }
        ],
        "entities": [
            entity("ent_pina", "PERSON", "José Pina", role="Mayor", mention_count=2),
            entity("ent_canada", "GPE", "Canada", country_code="CAN"),
            entity("ent_vale", "GPE", "Port Vale", place_id=port_vale),
        ],
        "entity_links": [
            {"mention_id": f"men_000000000000000{number}", "entity_id": entity_id, "method": "name", "score": 1.0}
            for number, entity_id in enumerate(("ent_pina", "ent_pina", "ent_canada", "ent_vale"), start=1)
        ],
        "places": [
            {"place_id": port_vale, "name": "Port Vale", "precision": "city", "latitude": 1.5, "longitude": 2.5}
        ],
        "events": [
            event(
                "eve_0000000000000001",
                "disaster",
                "The storm killed 20 people, Mayor José Pina said.",
                date_from=date(2024, 5, 6),
                date_to=date(2024, 5, 6),
                place_id=port_vale,
                killed_low=20,
                killed_high=24,
                article_count=2,
                origin_count=2,
            ),
            event(
                "eve_0000000000000002",
                "aid",
                "Canada sent aid to Port Vale.",
                date_from=date(2024, 5, 8),
                date_to=date(2024, 5, 8),
                actor_entity_ids=["ent_canada"],
                recipient_entity_ids=["ent_vale"],
                quad_class="material cooperation",
                goldstein=7.0,
            ),
        ],
        "event_participants": [
            participant("par_1", "eve_0000000000000001", "actor", "The storm", article_count=2),
            participant("par_2", "eve_0000000000000001", "killed", "20 people", value_low=20, value_high=20),
            participant("par_3", "eve_0000000000000001", "killed", "at least 24 people", value_low=24),
            participant("par_4", "eve_0000000000000002", "actor", "Canada", entity_id="ent_canada"),
            participant("par_5", "eve_0000000000000002", "recipient", "Port Vale", entity_id="ent_vale"),
        ],
        "event_sources": [
            source("evm_0000000000000001", "eve_0000000000000001", HERALD, claimed_by_entity_id="ent_pina"),
            source("evm_0000000000000002", "eve_0000000000000001", GAZETTE),
            source("evm_0000000000000003", "eve_0000000000000002", GAZETTE),
        ],
        "quotes": [
            {
                "quote_id": "quo_0000000000000001",
                "article_id": HERALD,
                "quote_type": "direct",
                "content": "We will rebuild, and we will not wait.",
                "cue": "said",
                "cue_class": "neutral",
                "speaker_entity_id": "ent_pina",
                "speaker_name": "José Pina",
                "speaker_role": "Mayor",
                "utterance_id": "utt_1",
                "said_on": date(2024, 5, 7),
                "score": 0.95,
            }
        ],
    }


def write_rows(data_dir: Path, rows: Rows, mark: str = "mark") -> None:
    """Writes every dataset, empty where no rows are given."""
    for name, dataset in DATASETS.items():
        path = storage.dataset_path(data_dir, dataset, "b1" if dataset.is_batched else storage.WHOLE)
        storage.write_dataset(path, rows.get(name, []), dataset, mark)
