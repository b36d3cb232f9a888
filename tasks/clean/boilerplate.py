"""A model of lines: which ones of a scrape are the story, and by which named rule the others are not.

Rules are data, `seeds/reference/boilerplate_rules.csv`, in these scopes:
break: matches part paragraphs; inline: matches vanish, or shrink to their group `keep`; prefix: vanishes from the start
of a line; line: the whole line goes; credit: the same, and the caption above goes with it; list: the heading goes, and
the links below it; inner: like line, below the first paragraph only, in texts that are not all capitals; tail: like
line, among the last lines only; not_place: words that no dateline starts with.
Where a rule names literals in `needs`, it is tried only on text that holds one of them (small letters match any case).
"""

import html
import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tasks.clean.agencies import NO_AGENCIES, Agencies
from tasks.clean.dates import is_date_line
from tasks.clean.head import Head, Line, find_head_end, is_sentence, read_head
from tasks.clean.metadata import to_key
from tasks.reference import split_list

RULE_COLUMNS = ("rule_id", "scope", "needs", "pattern", "comment")
SCOPES = ("break", "inline", "prefix", "line", "credit", "list", "inner", "tail", "not_place")
TAIL_LINES = 6
FIRST_LINES = 6
CAPTION_LIMIT = 300
CREDIT_WORDS = 9
LINK_WORDS = 22
HEADING_WORDS = 3
MATCH_LIMIT = 700
REPEAT_LENGTH = 40
UPDATE_LIMIT = 90
WRAP_LIMIT = 130
WRAP_SHARE = 0.85
WRAP_LINES = 5

SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffc]"
)
ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|[A-Za-z]{2,8}[0-9]{0,2});")
BIOGRAPHY = re.compile(
    r"[\W_]*(?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,4})(?:,| (?:is|was|covers|writes|covered|served|teaches)\b)"
)


class Rule(NamedTuple):
    """A rule as read: its name, scope, literals one of which must occur, and pattern."""

    rule_id: str
    scope: str
    needs: tuple[str, ...]
    pattern: re.Pattern[str]


class Rules(NamedTuple):
    """All rules by scope, and wire agencies; rules of whole lines that need no literal are joined in one pattern."""

    by_scope: Mapping[str, tuple[Rule, ...]]
    joined: Mapping[str, re.Pattern[str]]
    agencies: Agencies = NO_AGENCIES


class DroppedLine(NamedTuple):
    """A line that is not the story and the rule that says so."""

    rule_id: str
    text: str


class CleanText(NamedTuple):
    """What a scrape holds: the parts of its head, the paragraphs of its story, and what was dropped by which rule.

    `foot` are the lines dropped below the last paragraph.
    """

    head: Head
    paragraphs: tuple[str, ...]
    dropped: tuple[DroppedLine, ...]
    foot: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """The paragraphs parted by a blank line."""
        return "\n\n".join(self.paragraphs)


def build_rules(rows: Iterable[Mapping[str, str]]) -> Rules:
    """The rules of the reference file; raises ValueError that names the rule where one is wrong."""
    rules = [build_rule(row) for row in rows]
    by_scope = {scope: tuple(rule for rule in rules if rule.scope == scope) for scope in SCOPES}
    joined = {scope: join_patterns(rule for rule in by_scope[scope] if not rule.needs) for scope in SCOPES}
    return Rules(by_scope, joined)


def build_rule(row: Mapping[str, str]) -> Rule:
    """One row of the reference file as a rule."""
    rule_id, scope = row["rule_id"], row["scope"]
    if scope not in SCOPES:
        raise ValueError(f"rule {rule_id} has the scope {scope}, not one of {', '.join(SCOPES)}")
    try:
        pattern = re.compile(row["pattern"], re.IGNORECASE | (re.DOTALL if scope == "inline" else 0))
    except re.error as error:
        raise ValueError(f"rule {rule_id} has a broken pattern: {error}") from error
    if pattern.groups and scope != "inline":
        raise ValueError(f"rule {rule_id} has a capturing group, which only inline rules may have")
    return Rule(rule_id, scope, split_list(row["needs"]), pattern)


def join_patterns(rules: Iterable[Rule]) -> re.Pattern[str]:
    """One pattern that matches what any of the rules matches, in a group named after the rule."""
    parts = [f"(?P<{rule.rule_id}>{rule.pattern.pattern})" for rule in rules]
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)


def find_rule(text: str, rules: Rules, scope: str) -> str | None:
    """The rule of a scope that matches the whole text."""
    if len(text) <= MATCH_LIMIT:
        match = rules.joined[scope].fullmatch(text)
        if match is not None:
            return match.lastgroup
    lowered = text.lower()
    for rule in rules.by_scope[scope]:
        if rule.needs and has_literal(rule, text, lowered) and rule.pattern.fullmatch(text):
            return rule.rule_id
    return None


def narrow_rules(rules: Rules, text: str) -> Rules:
    """The rules without those whose literals a text lacks, so that its lines are spared them."""
    lowered = text.lower()
    by_scope = {
        scope: tuple(rule for rule in rules.by_scope[scope] if has_literal(rule, text, lowered)) for scope in SCOPES
    }
    return rules._replace(by_scope=by_scope)


def has_literal(rule: Rule, text: str, lowered: str) -> bool:
    """Whether the text holds one of the literals that a rule needs, if it needs any."""
    return not rule.needs or any(need in (lowered if need.islower() else text) for need in rule.needs)


def normalize_characters(text: str) -> str:
    """The text in NFC, line ends as \\n, without control and invisible characters; its letters and quotes unchanged."""
    text = LINE_ENDS.sub("\n", text)
    text = unicodedata.normalize("NFC", INVISIBLE.sub("", text))
    return ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


def apply_inline_rules(text: str, rules: Rules) -> tuple[str, list[DroppedLine]]:
    """The text after break and inline rules, and what they took away."""
    dropped: list[DroppedLine] = []
    for rule in (*rules.by_scope["break"], *rules.by_scope["inline"]):
        if rule.scope == "break":
            text = rule.pattern.sub("\n", text)
            continue

        def take_away(match: re.Match[str], rule_id: str = rule.rule_id) -> str:
            kept: str = match.groupdict().get("keep") or ""
            dropped.append(DroppedLine(rule_id, match[0].replace(kept, "", 1)))
            return kept

        text = rule.pattern.sub(take_away, text)
    return text, dropped


def split_lines(text: str) -> list[Line]:
    """The lines that hold something, spaces made single, hard-wrapped ones joined."""
    raw_lines = text.split("\n")
    width = find_wrap_width(raw_lines)
    lines: list[Line] = []
    block, ends_block, previous = 0, False, ""
    for raw in raw_lines:
        stripped = SPACES.sub(" ", raw).strip()
        if not stripped:
            ends_block = True
            continue
        if width is not None and lines and not ends_block and is_wrapped(previous, raw, width):
            joint = "" if previous.rstrip().endswith("-") else " "
            lines[-1] = Line(lines[-1].text + joint + stripped, block)
        else:
            block += ends_block
            lines.append(Line(stripped, block))
        ends_block, previous = False, raw
    return lines


def is_wrapped(line: str, following: str, width: int) -> bool:
    """Whether a line was broken because the first word of the following one found no room in the width."""
    if following.startswith(("  ", "\t")) and not line.startswith(("  ", "\t")):
        return False
    return len(line.rstrip()) + 1 + len(following.split(maxsplit=1)[0]) > width


def find_wrap_width(raw_lines: Sequence[str]) -> int | None:
    """The width a text was hard-wrapped to, or None where its lines are paragraphs."""
    pairs = [(a, b) for a, b in itertools.pairwise(raw_lines) if a.strip() and b.strip()]
    width = max((len(line.rstrip()) for line in raw_lines), default=0)
    if len(pairs) < WRAP_LINES or width > WRAP_LIMIT:
        return None
    wrapped = sum(is_wrapped(line, following, width - width // 8) for line, following in pairs)
    return width - width // 8 if wrapped >= WRAP_SHARE * len(pairs) else None


def clean_text(
    text: str,
    rules: Rules,
    *,
    title: str | None = None,
    authors: Sequence[str] = (),
    outlets: Sequence[str] = (),
    titles: Sequence[str] = (),
    deks: Sequence[str] = (),
) -> CleanText:
    """The story of a scrape and the parts of its head; title, authors and outlets are those known from elsewhere.

    `titles` and `deks` are further wordings of title and subtitle, which are no part of the story either.
    """
    text = normalize_characters(text)
    rules = narrow_rules(rules, text)
    text, dropped = apply_inline_rules(text, rules)
    lines, prefixes = strip_prefixes(split_lines(text), rules)
    marks: list[str | None] = [find_rule(line.text, rules, "line") for line in lines]
    mark_credits(lines, marks, rules)
    mark_lists(lines, marks, rules)
    mark_known(lines, marks, titles, "repeated_title")
    mark_known(lines, marks, deks, "subtitle")
    head = read_head(lines, marks, title=title, names=authors, outlets=outlets)
    mark_inner(lines, marks, rules)
    mark_tail(lines, marks, rules, authors)
    mark_repeats(lines, marks)
    dropped += prefixes
    dropped += [DroppedLine(mark, line.text) for line, mark in zip(lines, marks, strict=True) if mark is not None]
    paragraphs = tuple(line.text for line, mark in zip(lines, marks, strict=True) if mark is None)
    end = max((index for index, mark in enumerate(marks) if mark is None), default=-1)
    return CleanText(head, paragraphs, tuple(dropped), tuple(line.text for line in lines[end + 1 :]))


def mark_known(lines: Sequence[Line], marks: list[str | None], texts: Iterable[str], mark: str) -> None:
    """Marks the first lines that are one of the texts, unless nothing else is left."""
    keys = {to_key(text) for text in texts} - {""}
    for index, line in enumerate(lines[:FIRST_LINES]):
        if marks[index] is None and index < len(lines) - 1 and to_key(line.text) in keys:
            marks[index] = mark


def strip_prefixes(lines: Sequence[Line], rules: Rules) -> tuple[list[Line], list[DroppedLine]]:
    """The lines without the prefixes that rules name, and those; lines that were nothing else are gone."""
    pattern = rules.joined["prefix"]
    stripped, dropped = [], []
    for line in lines:
        text = line.text
        while (match := pattern.match(text)) is not None and match.end():
            dropped.append(DroppedLine(match.lastgroup or "", match[0]))
            text = text[match.end() :]
        if text:
            stripped.append(Line(text, line.block))
    return stripped, dropped


def mark_credits(lines: Sequence[Line], marks: list[str | None], rules: Rules) -> None:
    """Marks picture credits, the caption right above one, and in the head the one right below."""
    has_blocks = bool(lines) and lines[-1].block > 0
    end = find_head_end(lines)
    for index, line in enumerate(lines):
        if marks[index] is not None:
            continue
        marks[index] = find_rule(line.text, rules, "credit")
        if marks[index] is None or len(line.text.split()) > CREDIT_WORDS:
            continue
        if index > 1 and marks[index - 1] is None and is_caption(lines, index - 1, line.block if has_blocks else None):
            marks[index - 1] = "caption"
        below = index + 1
        if (
            below < end
            and has_blocks
            and is_last_pair(lines, index)
            and find_rule(lines[below].text, rules, "credit") is None
        ):
            marks[below] = marks[below] or "caption"


def is_last_pair(lines: Sequence[Line], index: int) -> bool:
    """Whether a line and the one below it are a block of their own."""
    blocks = [line.block for line in lines[max(0, index - 1) : index + 3]]
    return blocks.count(lines[index].block) == 2 and lines[index + 1].block == lines[index].block


def is_caption(lines: Sequence[Line], index: int, block: int | None) -> bool:
    """Whether a line above a credit is its caption: no sentence, or in the block of the credit."""
    text = lines[index].text
    if len(text) > CAPTION_LIMIT or is_date_line(text):
        return False
    if lines[index].block == block and is_alone(lines, index):
        return True
    return not is_sentence(text) and not text.endswith((":", ",", ";", "—", "-"))


def is_alone(lines: Sequence[Line], index: int) -> bool:
    """Whether no long line shares the block of a line, so the block is no story."""
    block = lines[index].block
    return all(len(line.text) <= CAPTION_LIMIT for line in lines[max(0, index - 6) : index + 6] if line.block == block)


def mark_lists(lines: Sequence[Line], marks: list[str | None], rules: Rules) -> None:
    """Marks headings of link lists, and below them the lines that are no sentences."""
    is_inside = False
    for index, line in enumerate(lines):
        rule_id = find_rule(line.text, rules, "list") if marks[index] is None else None
        if rule_id is not None and is_heading(lines, index):
            marks[index], is_inside = rule_id, line.text.endswith(":") or is_list_ahead(lines, index)
        elif is_inside:
            is_inside = is_link(line.text)
            if is_inside and marks[index] is None:
                marks[index] = "link_list_item"


def is_heading(lines: Sequence[Line], index: int) -> bool:
    """Whether a line that is worded like the heading of a list is one: a longer one needs a link below it."""
    is_long = len(lines[index].text.split()) > HEADING_WORDS
    return not is_long or index + 1 == len(lines) or is_link(lines[index + 1].text)


def is_list_ahead(lines: Sequence[Line], index: int) -> bool:
    """Whether nothing but links follows to the end."""
    return all(is_link(line.text) for line in lines[index + 1 :])


def is_link(text: str) -> bool:
    """Whether a line can be the words of a link: short and no sentence."""
    return not is_sentence(text) and len(text.split()) <= LINK_WORDS and not text.endswith((":", ","))


def mark_inner(lines: Sequence[Line], marks: list[str | None], rules: Rules) -> None:
    """Marks lines below the first paragraph that are no story there, but could be a title above it."""
    if not any(char.islower() for line in lines for char in line.text):
        return
    kept = [index for index, mark in enumerate(marks) if mark is None]
    for index in kept[1:]:
        marks[index] = find_rule(lines[index].text, rules, "inner")


def mark_tail(lines: Sequence[Line], marks: list[str | None], rules: Rules, authors: Sequence[str]) -> None:
    """Marks notes on the author among the last lines, and update notes everywhere."""
    last = [index for index, mark in enumerate(marks) if mark is None][-TAIL_LINES:]
    for index in last[1:]:
        text = lines[index].text
        marks[index] = "author_biography" if is_biography(text, authors) else find_rule(text, rules, "tail")
    for index, line in enumerate(lines):
        if marks[index] is None and len(line.text) < UPDATE_LIMIT and is_update_line(line.text):
            marks[index] = "update_line"


def is_biography(text: str, authors: Sequence[str]) -> bool:
    """Whether a line says who one of the authors is."""
    match = BIOGRAPHY.match(text)
    return match is not None and match["name"] in authors


def is_update_line(text: str) -> bool:
    """Whether a line says when the text was published or updated, and nothing else."""
    bare = text.strip("-–—•*()[] ").lower()
    return bare.startswith(("updated", "update:", "published", "posted", "last updated")) and is_date_line(bare)


def mark_repeats(lines: Sequence[Line], marks: list[str | None]) -> None:
    """Marks sentences that came before word by word, such as pull quotes; questions may be asked again."""
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if marks[index] is not None or len(line.text) < REPEAT_LENGTH or not is_statement(line.text):
            continue
        if line.text in seen:
            marks[index] = "repeated_line"
        seen.add(line.text)


def is_statement(text: str) -> bool:
    """Whether a line is a sentence that asks nothing."""
    return is_sentence(text) and not text.rstrip('"”’)').endswith("?")
