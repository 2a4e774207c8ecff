"""Turn a Markdown file into a question, or into problems."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from markdown_it.token import Token

from dlexport.codes import CODES
from dlexport.model import Card, Pair, Question, Text, Tier
from dlexport.problems import Place, Problems, did_you_mean
from dlexport.reading import cards, markdown
from dlexport.reading.fields import FieldReader
from dlexport.reading.frontmatter import split
from dlexport.reading.settings import slugify
from dlexport.reading.source import Source

SHORT_ANSWER = "Short answer"
INTUITION = "Intuition"
ANSWER = "Answer"
GOING_DEEPER = "Going deeper"
SPOKEN_ANSWER = "Spoken answer"
MISTAKES = "Common mistakes"
FOLLOW_UPS = "Follow-ups"
CARDS = "Cards"
SECTIONS = (
    SHORT_ANSWER,
    INTUITION,
    ANSWER,
    GOING_DEEPER,
    SPOKEN_ANSWER,
    MISTAKES,
    FOLLOW_UPS,
    CARDS,
)
# Headings that make a file a question in sections; the other two stand in many notes.
_TELLING = frozenset(SECTIONS) - {INTUITION, GOING_DEEPER}

_ALLOW = re.compile(r"<!--\s*allow\s+([\w-]+)\s*(?::(.*?))?-->", re.S)
_COMMENT = re.compile(r"\s*<!--.*?-->\s*", re.S)

Footnotes = Mapping[str, tuple[Token, ...]]


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading."""

    title: str
    place: Place
    tokens: tuple[Token, ...]


def parse_question(source: Source, deck: str, problems: Problems) -> Question | None:
    """The question that a file holds; None where it holds none, and that is reported.

    A question without a number gets 0: the assembly gives it one.
    """
    front = split(source, problems)
    fields = FieldReader(source, front, problems)
    text, footnotes = _take_footnotes(markdown.parse(source, front.body, problems))
    heading, tokens = _take_heading(text)
    question = _question_text(fields, heading, problems)
    if not question and front.is_damaged:
        return None
    if not question:
        problems.add(
            "missing-question",
            source.place(),
            "the file has no question",
            "begin with a first-level heading, `# What is ...?`, or front matter with `question:`",
        )
        return None
    sections = _sections(tokens, source, "question" in front.places, problems)
    allowances = _allowances(source, problems)
    return _build(source, deck, fields, question, sections, footnotes, allowances, problems)


def parse_introduction(source: Source, problems: Problems) -> Text:
    """The text of introduction.md; its first-level heading is left to the output."""
    front = split(source, problems)
    tokens, footnotes = _take_footnotes(markdown.parse(source, front.body, problems))
    _, rest = _take_heading(tokens)
    return _text(rest, source.place(), footnotes)


def _build(
    source: Source,
    deck: str,
    fields: FieldReader,
    question: Text,
    sections: Mapping[str, Section],
    footnotes: Footnotes,
    allowances: Mapping[str, tuple[str, Place]],
    problems: Problems,
) -> Question:
    def text(title: str) -> Text | None:
        found = sections.get(title)
        return _text(found.tokens, found.place, footnotes) if found else None

    answer = text(ANSWER) or Text((), source.place())
    short_answer = text(SHORT_ANSWER)
    found = _cards(sections.get(CARDS), footnotes, problems)
    if CARDS not in sections:
        back = short_answer or answer
        found = (Card("question", "basic", Tier.CORE, question, back, question.place),)
    return Question(
        id=fields.id(default_id(source)),
        number=fields.number() or _number_in_name(source),
        title=fields.title(),
        question=question,
        difficulty=fields.difficulty(),
        asked=fields.asked(),
        tags=tuple(v.text for v in fields.words("tags")),
        as_of=fields.as_of(),
        requires=tuple(v.text for v in fields.words("requires")),
        related=tuple(v.text for v in fields.words("related")),
        references=tuple(v.text for v in fields.words("references")),
        was=tuple(v.text for v in fields.words("was")),
        short_answer=short_answer,
        intuition=text(INTUITION),
        answer=answer,
        going_deeper=text(GOING_DEEPER),
        spoken_answer=text(SPOKEN_ANSWER),
        mistakes=_pairs(sections.get(MISTAKES), footnotes, problems),
        follow_ups=_pairs(sections.get(FOLLOW_UPS), footnotes, problems),
        cards=found,
        deck=deck,
        path=source.path.resolve(),
        place=source.place(),
        allowances=allowances,
        places=fields.places(),
    )


def _allowances(source: Source, problems: Problems) -> dict[str, tuple[str, Place]]:
    """`<!-- allow code: reason -->`, wherever it stands in the file."""
    found: dict[str, tuple[str, Place]] = {}
    for match in _ALLOW.finditer(source.text):
        code, reason, place = match[1], (match[2] or "").strip(), source.place_at(match.start())
        if code not in CODES or CODES[code].severity != "warning":
            hint = did_you_mean(code, [c for c, v in CODES.items() if v.severity == "warning"])
            problems.add("bad-allowance", place, f"“{code}” is no warning", hint)
        elif not reason:
            hint = f"write `<!-- allow {code}: why it is right here -->`"
            problems.add("bad-allowance", place, f"“{code}” is allowed without a reason", hint)
        else:
            found[code] = (reason, place)
    return found


def default_id(source: Source) -> str:
    """The id that a file's name gives: `009-dropout.md` gives `dropout`."""
    stem = re.sub(r"^\d+[-_ ]+", "", source.path.stem)
    return slugify(stem) or "q-" + sha256(stem.encode()).hexdigest()[:8]


def _number_in_name(source: Source) -> int:
    found = re.match(r"(\d{1,6})[-_ ]", source.path.stem)
    return int(found[1]) if found else 0


def _take_footnotes(tokens: Sequence[Token]) -> tuple[list[Token], Footnotes]:
    """Separate the definitions of footnotes from the text; leave comments out."""
    text: list[Token] = []
    notes: dict[str, tuple[Token, ...]] = {}
    label, note = "", list[Token]()
    for token in tokens:
        if token.type == "footnote_reference_open":
            label, note = token.meta["label"], []
        elif token.type == "footnote_reference_close":
            notes[label], label = tuple(note), ""
        elif token.type == "html_block" and _COMMENT.fullmatch(token.content):
            continue
        else:
            (note if label else text).append(token)
    return text, notes


def _take_heading(tokens: Sequence[Token]) -> tuple[Token | None, Sequence[Token]]:
    """The first-level heading that a file begins with, and what follows it."""
    if len(tokens) >= 3 and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        return tokens[1], tokens[3:]
    return None, tokens


def _question_text(fields: FieldReader, heading: Token | None, problems: Problems) -> Text | None:
    written = fields.text("question")
    if heading is not None and written:
        problems.add(
            "duplicate-question",
            heading.meta["place"],
            "the front matter has a question already",
            "keep one of the two",
        )
    if written:
        place = fields.place("question")
        return Text(tuple(markdown.parse_inline(written, place)), place)
    if heading is not None and heading.content.strip():
        return Text((heading,), heading.meta["place"])
    return None


def _sections(
    tokens: Sequence[Token], source: Source, structured: bool, problems: Problems
) -> dict[str, Section]:
    """The file's sections by title.

    A file that has none of our telling headings and no question in its front
    matter is an answer as a whole.
    """
    headings = _top_headings(tokens)
    titles = {tokens[i + 1].content.strip() for i in headings}
    if not structured and not titles & _TELLING:
        return {ANSWER: Section(ANSWER, source.place(), tuple(tokens))} if tokens else {}
    if headings[:1] != [0] and tokens:
        problems.add(
            "stray-text",
            tokens[0].meta["place"],
            "text before the first section",
            f"put it below `## {ANSWER}`",
        )
    found: dict[str, Section] = {}
    for start, end in zip(headings, [*headings[1:], len(tokens)], strict=True):
        title = tokens[start + 1].content.strip()
        section = Section(title, tokens[start].meta["place"], tuple(tokens[start + 3 : end]))
        _add_section(section, found, problems)
    return found


def _top_headings(tokens: Sequence[Token]) -> list[int]:
    return [
        i
        for i, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0
    ]


def _add_section(section: Section, found: dict[str, Section], problems: Problems) -> None:
    title, place = section.title, section.place
    if title not in SECTIONS:
        problems.add("unknown-section", place, f"“{title}”", did_you_mean(title, SECTIONS))
        return
    if title in found:
        problems.add(
            "duplicate-section",
            place,
            f"“{title}” stands in line {found[title].place.line} already",
        )
        return
    if found and SECTIONS.index(title) < max(SECTIONS.index(t) for t in found):
        order = ", ".join(SECTIONS)
        problems.add("section-order", place, f"“{title}” comes too late", f"the order is {order}")
    if not section.tokens:
        problems.add(
            "empty-section", place, f"“{title}” is empty", "write it or delete the heading"
        )
    found[title] = section


def _text(tokens: Sequence[Token], place: Place, footnotes: Footnotes) -> Text:
    labels = [t.meta["label"] for t in markdown.walk(tokens) if t.type == "footnote_ref"]
    used = {label: footnotes[label] for label in labels if label in footnotes}
    start = tokens[0].meta["place"] if tokens else place
    return Text(tuple(tokens), start, used)


def _pairs(section: Section | None, footnotes: Footnotes, problems: Problems) -> tuple[Pair, ...]:
    if section is None:
        return ()
    pairs = []
    for item in _items(section, problems):
        pair = _pair(item, footnotes)
        if pair is None:
            problems.add(
                "bad-list",
                item[0].meta["place"],
                f"an item of “{section.title}” does not begin in bold",
                "write `- **Head.** Body.`",
            )
        else:
            pairs.append(pair)
    return tuple(pairs)


def _items(section: Section, problems: Problems) -> list[tuple[Token, ...]]:
    items: list[tuple[Token, ...]] = []
    start = 0
    for i, token in enumerate(section.tokens):
        if token.type == "list_item_open" and token.level == 1:
            start = i
        elif token.type == "list_item_close" and token.level == 1:
            items.append(section.tokens[start : i + 1])
        elif token.level == 0 and token.type not in (
            "bullet_list_open",
            "bullet_list_close",
        ):
            problems.add(
                "bad-list",
                token.meta["place"],
                f"“{section.title}” has to be one list",
                "write `- **Head.** Body.` for each item",
            )
            break
    return items


def _pair(item: Sequence[Token], footnotes: Footnotes) -> Pair | None:
    """Split an item at the end of the bold text that it begins with."""
    if len(item) < 4 or item[2].type != "inline" or not item[2].children:
        return None
    children = [c for c in item[2].children if c.type != "text" or c.content]
    closing = [i for i, c in enumerate(children) if c.type == "strong_close"]
    if children[0].type != "strong_open" or not closing:
        return None
    place = item[2].meta["place"]
    head = _inline(children[1 : closing[0]], item[2])
    rest = children[closing[0] + 1 :]
    if rest and rest[0].type == "softbreak":
        rest = rest[1:]
    body = [item[1], _inline(rest, item[2]), *item[3:-1]]
    return Pair(_text([head], place, footnotes), _text(body, place, footnotes))


def _inline(children: Sequence[Token], parent: Token) -> Token:
    content = "".join(c.content or " " for c in children).strip()
    trimmed = list(children)
    if trimmed and trimmed[0].type == "text":
        trimmed[0] = trimmed[0].copy(content=trimmed[0].content.lstrip())
    return parent.copy(children=trimmed, content=content)


def _cards(section: Section | None, footnotes: Footnotes, problems: Problems) -> tuple[Card, ...]:
    if section is None:
        return ()
    starts = [
        i
        for i, t in enumerate(section.tokens)
        if t.type == "heading_open" and t.tag == "h3" and t.level == 0
    ]
    if starts[:1] != [0] and section.tokens:
        problems.add(
            "stray-text",
            section.tokens[0].meta["place"],
            "text before the first card",
            "begin each card with `### Front? {#id}`",
        )
    found: dict[str, Card] = {}
    for start, end in zip(starts, [*starts[1:], len(section.tokens)], strict=True):
        back = _text(
            section.tokens[start + 3 : end], section.tokens[start].meta["place"], footnotes
        )
        card = cards.parse_card(section.tokens[start + 1], back, problems)
        if card and card.id in found:
            first = found[card.id].place.line
            problems.add(
                "duplicate-id", card.place, f"card “{card.id}” stands in line {first} already"
            )
        elif card:
            found[card.id] = card
    return tuple(found.values())
