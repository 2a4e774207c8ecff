"""Turn a Markdown file into a question, or into problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dlexport.document import Block, Heading, Plain, Text, ThematicBreak, plain
from dlexport.model import Card, Pair, Question, Tier
from dlexport.problems import Problems
from dlexport.reading import ids, markdown
from dlexport.reading.allowances import read_allowances
from dlexport.reading.fields import FieldReader
from dlexport.reading.frontmatter import split
from dlexport.reading.headings import ids_inside, with_heading_ids
from dlexport.reading.items import cards_of, pairs_of
from dlexport.reading.sections import (
    ANSWER,
    CARDS,
    FOLLOW_UPS,
    GOING_DEEPER,
    INTUITION,
    MISTAKES,
    SHORT_ANSWER,
    SPOKEN_ANSWER,
    Footnotes,
    Section,
    find_sections,
    says_nothing,
    text_of,
)
from dlexport.reading.source import Source


def parse_question(source: Source, deck: str, problems: Problems) -> Question | None:
    """The question that a file holds; None where it holds none, and that is reported.

    A question without a number gets 0: the assembly gives it one.
    """
    front = split(source, problems)
    fields = FieldReader(source, front, problems)
    parsed = markdown.parse(source, front.body, problems)
    heading, blocks = _take_heading(parsed.blocks)
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
    _report_second(blocks, problems)
    sections = find_sections(blocks, source, "question" in front.fields, problems)
    if not sections.keys() & {ANSWER, SHORT_ANSWER, CARDS} or _is_blank(sections.get(ANSWER)):
        problems.add(
            "empty-section",
            source.place(),
            "the question has no answer",
            f"write it below the question or `## {ANSWER}`",
        )
    sections, ids = with_heading_ids(heading, sections, problems)
    body = _Body(sections, ids, parsed.footnotes, problems)
    return _build(source, deck, fields, question, body, problems)


def parse_introduction(source: Source, problems: Problems) -> Text:
    """The text of introduction.md; its first-level heading is left to the output."""
    front = split(source, problems)
    parsed = markdown.parse(source, front.body, problems)
    _, rest = _take_heading(parsed.blocks)
    return text_of(rest, source.place(), parsed.footnotes)


class _Body:
    """What the sections of a file hold, as the parts of a question."""

    def __init__(
        self,
        sections: Mapping[str, Section],
        section_ids: frozenset[str],
        footnotes: Footnotes,
        problems: Problems,
    ) -> None:
        self.section_ids = section_ids
        self.heading_ids = ids_inside(sections)
        self._sections = sections
        self._footnotes = footnotes
        self._problems = problems

    def text(self, title: str) -> Text | None:
        """The text of a section; None where there is no such section."""
        found = self._sections.get(title)
        return text_of(found.blocks, found.place, self._footnotes) if found else None

    def pairs(self, title: str) -> tuple[Pair, ...]:
        """The claims and corrections, or questions and answers, of a section."""
        section = self._sections.get(title)
        if section is None or says_nothing(section.blocks):  # which was said
            return ()
        return pairs_of(section, self._footnotes, self._problems)

    def cards(self, question: Text, back: Text) -> tuple[Card, ...]:
        """The file's cards; where it has no such section, the question and its answer."""
        if CARDS not in self._sections:
            return (Card("question", "basic", Tier.CORE, question, back, question.place),)
        return cards_of(self._sections[CARDS], self._footnotes, self._problems)


def _build(
    source: Source, deck: str, fields: FieldReader, question: Text, body: _Body, problems: Problems
) -> Question:
    """The question, put together: a key or a section a line, and so longer than most."""
    answer = body.text(ANSWER) or Text((), source.place())
    short_answer = body.text(SHORT_ANSWER)
    return Question(
        id=fields.id(_default_id(source)),
        number=fields.number() or _number_in_name(source),
        title=fields.title(),
        question=question,
        difficulty=fields.difficulty(),
        asked=fields.asked(),
        tags=fields.ids("tags"),
        as_of=fields.as_of(),
        requires=fields.ids("requires"),
        related=fields.ids("related"),
        references=fields.ids("references"),
        was=fields.ids("was"),
        short_answer=short_answer,
        intuition=body.text(INTUITION),
        answer=answer,
        going_deeper=body.text(GOING_DEEPER),
        spoken_answer=body.text(SPOKEN_ANSWER),
        mistakes=body.pairs(MISTAKES),
        follow_ups=body.pairs(FOLLOW_UPS),
        cards=body.cards(question, short_answer or answer),
        deck=deck,
        path=source.path.resolve(),
        place=source.place(),
        allowances=read_allowances(source, problems),
        section_ids=body.section_ids,
        heading_ids=body.heading_ids,
        places=fields.places(),
    )


def _default_id(source: Source) -> str:
    """The id that a file's name gives: `009-dropout.md` gives `dropout`."""
    return ids.id_of(ids.split_number(source.path.stem)[1], "q")


def _number_in_name(source: Source) -> int:
    return int(ids.split_number(source.path.stem)[0] or 0)


def _take_heading(blocks: tuple[Block, ...]) -> tuple[Heading | None, tuple[Block, ...]]:
    """The first-level heading that a file begins with, and what follows it.

    Rules above it are no part of a text.
    """
    rules = next((i for i, block in enumerate(blocks) if not isinstance(block, ThematicBreak)), 0)
    first = blocks[rules] if blocks else None
    if isinstance(first, Heading) and first.level == 1:
        return first, blocks[rules + 1 :]
    return None, blocks


def _report_second(blocks: Sequence[Block], problems: Problems) -> None:
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            problems.add(
                "second-question",
                block.place,
                f"“{plain(block.children)}” is read as a part of the answer",
                "put each question into a file of its own, or write `###` for a part",
            )


def _is_blank(section: Section | None) -> bool:
    """Whether a section without a heading of its own, which says so itself, has nothing."""
    return section is not None and not section.has_heading and says_nothing(section.blocks)


def _question_text(fields: FieldReader, heading: Heading | None, problems: Problems) -> Text | None:
    written = fields.text("question")
    if heading is not None and written:
        problems.add(
            "duplicate-question",
            heading.place,
            "the front matter has a question already",
            "keep one of the two",
        )
    if written:
        place = fields.place("question")
        words = markdown.parse_inline(written, place)
        return Text((Plain(words, place=place),), place)
    if heading is not None and not says_nothing(heading.children):
        return Text((Plain(heading.children, place=heading.place),), heading.place)
    return None
