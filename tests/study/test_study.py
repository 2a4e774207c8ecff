"""Study plans and maps of prerequisites: their order, their size, where they appear."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest

from clients import epubcheck, pdf
from conftest import Make, build, load
from dlexport.building.selection import Selection, select
from dlexport.exporters.pdf.operators import translate
from dlexport.model import Collection
from dlexport.study.maps import maps
from dlexport.study.order import circles, in_order
from dlexport.study.plans import Timetable, timetables

PLAN = '[[plans]]\nid = "p"\ntitle = "A plan"\n'


def question(asked: str = "", requires: Sequence[str] = (), minutes: int = 1) -> str:
    """A question whose answer takes so many minutes to read."""
    lines = [f"asked: {asked}"] * bool(asked) + [f"requires: [{', '.join(requires)}]"]
    return (
        "---\nquestion: What?\n"
        + "\n".join(lines)
        + "\n---\n\n## Answer\n\n"
        + "word " * (200 * minutes)
    )


def one_plan(make: Make, files: Mapping[str, str], plan: str) -> Timetable:
    """The plan of a collection of these questions, in their order."""
    root = make({"collection.toml": PLAN + plan} | {f"d/{k}.md": v for k, v in files.items()})
    (table,) = timetables(load(root))
    return table


def days(table: Timetable) -> list[list[str]]:
    """The ids of each day."""
    return [[q.id for q in day.questions] for day in table.days]


def test_often_first_with_what_it_requires(make: Make) -> None:
    """A rare question comes early where an often asked one builds on it, else late."""
    files = {
        "a": question("rarely"),
        "b": question("sometimes"),
        "c": question("rarely"),
        "d": question("often", ["c"]),
        "e": question(),
    }
    assert days(one_plan(make, files, "days = 1")) == [["c", "d", "b", "a", "e"]]


@pytest.mark.parametrize(
    ("plan", "expected", "left_out"),
    [
        ("days = 3", [["a", "b"], ["c"], ["d", "e"]], []),
        ("days = 2\nminutes = 4", [["a", "b"], ["c", "d"]], ["e"]),
        ("days = 2\nminutes = 90", [["a", "b", "c"], ["d", "e"]], []),
        ("days = 2\nminutes = 1", [["a"], ["b"]], ["c", "d", "e"]),
        ("days = 60", [["a", "b"], ["c"], ["d", "e"]], []),
    ],
)
def test_days(make: Make, plan: str, expected: list[list[str]], left_out: list[str]) -> None:
    """Days are even, none is longer than it may be, and what has no room is named."""
    files = {"a": question(), "b": question(minutes=2), "c": question(minutes=3)}
    files |= {"d": question(), "e": question(minutes=2)}
    table = one_plan(make, files, plan)
    assert days(table) == expected
    assert [q.id for q in table.left_out] == left_out


def test_about(make: Make) -> None:
    """A plan takes decks or tags, as often as it says; what else it needs is named."""
    tagged = question("often", ["a"]).replace("asked", "tags: [t]\nasked", 1)
    rare = tagged.replace("often", "rarely")
    root = make(
        {
            "collection.toml": PLAN
            + 'days = 2\ndecks = ["two"]\ntags = ["t"]\nasked = ["often"]\n',
            "one/a.md": question("often"),
            "one/b.md": tagged,
            "one/c.md": rare,
            "two/d.md": question("often", ["c"]),
            "two/e.md": question(),
        }
    )
    (table,) = timetables(load(root))
    assert sorted(q.id for q in table.questions) == ["b", "d"]
    assert [q.id for q in table.known] == ["a", "c"]


def test_every_plan_of_ours_can_be_followed(collection: Collection) -> None:
    """No plan asks for a question before one that it requires, and no day is too long."""
    tables = timetables(collection)
    assert len(tables) >= 7
    for table in tables:
        position = {q.id: i for i, q in enumerate(table.questions)}
        for q in table.questions:
            assert all(position.get(id, -1) < position[q.id] for id in q.requires)
        if table.plan.minutes:
            assert max(day.minutes for day in table.days) <= table.plan.minutes


def test_circles(make: Make) -> None:
    """Each circle is found once, from its first question; an order is given all the same."""
    files = {"a": ["b"], "b": ["c"], "c": ["b"], "d": ["d"]}
    root = make({f"{k}.md": question(requires=v) for k, v in files.items()})
    questions = _unchecked(root).questions
    assert [[q.id for q in circle] for circle in circles(questions)] == [["b", "c"], ["d"]]
    assert sorted(q.id for q in in_order(questions, key=lambda q: q.number)) == list(files)


def _unchecked(root: Path) -> Collection:
    from dlexport.problems import Problems
    from dlexport.reading.collection import read_collection

    return read_collection(root, Problems())


def test_map(make: Make) -> None:
    """An arc for each prerequisite in the deck, with outlines alone, in an order to learn in."""
    root = make(
        {
            "collection.toml": '[[decks]]\nfolder = "one"\n',
            "one/a.md": question(requires=["c"]),
            "one/b.md": question(requires=["c", "z"]),
            "one/c.md": question(),
            "two/z.md": question(requires=["a"]),
        }
    )
    first, second = maps(load(root))
    assert [step.question.id for step in first.steps] == ["c", "a", "b"]
    assert [[q.id for q in step.requires] for step in first.steps] == [[], ["c"], ["c", "z"]]
    assert first.picture
    svg = first.picture.data.decode()
    tree = ElementTree.fromstring(svg)
    arcs = [e for g in tree.iter() if g.get("fill") == "none" for e in g]
    assert len(arcs) == 2
    assert not any(element.tag.endswith("}text") for element in tree.iter())
    assert translate(svg, "black").data  # the PDF draws it with operators of its own
    assert second.picture is None  # nothing in the deck builds on another of it


def test_letters_that_lack_leave_the_number(make: Make) -> None:
    """A title in letters that the face does not have is in the list alone."""
    titled = question(requires=["a"]).replace("question:", "title: 深度学习\nquestion:", 1)
    (found,) = maps(load(make({"a.md": question(), "b.md": titled})))
    assert found.picture
    assert b'id="u32-600"' in found.picture.data  # the 2
    assert b'id="u6df1-400"' not in found.picture.data


def test_maps_of_ours_fit_a_telephone(collection: Collection) -> None:
    """No map is wider than 360 pixels, so that none is shrunk much."""
    found = maps(collection)
    assert len(found) == len(collection.decks)
    assert all(m.picture.width <= 360 for m in found if m.picture)


def test_site(make: Make) -> None:
    """Pages for plans and maps with links that lead somewhere, named on the first page."""
    files = {"collection.toml": PLAN + "days = 1\n", "d/a.md": question(requires=["b"])}
    site = _site(make(files | {"d/b.md": question()}))
    for name in ("plans.html", "map.html"):
        assert f'href="{name}"' in site["index.html"]
        assert {"q/a.html", "q/b.html"} <= set(re.findall(r'href="([^"]+)"', site[name]))
    (picture,) = re.findall(r'<img src="([^"]+)" alt="[^"]+"', site["map.html"])
    assert picture in site


@pytest.mark.slow
@pytest.mark.xdist_group("books")  # one worker starts the checker
def test_books(make: Make, tmp_path: Path) -> None:
    """The PDF book and the EPUB have both chapters; the validators have nothing to say."""
    files = {"collection.toml": PLAN + "days = 1\n", "d/a.md": question(requires=["b"])}
    collection = load(make(files | {"d/b.md": question()}))
    made = {a.path.name: a.data for a in build(collection, ["pdf", "epub"], tmp_path / "out")}
    (name,) = (name for name in made if name.endswith(".epub") and "-svg" not in name)
    paths = {name: tmp_path / name for name in ("book.pdf", name)}
    for each, path in paths.items():
        path.write_bytes(made[each])
    shown = pdf.text(paths["book.pdf"])
    assert shown.count("Study plans") == 2  # in the contents, and above the chapter
    assert shown.count("What to know before what") == 2
    assert "after 2. What?" in shown.replace("\xa0", " ")
    assert pdf.accessibility(paths["book.pdf"]) == []
    assert epubcheck.check(paths[name]) == []


def test_nothing_without_plans_and_prerequisites(make: Make) -> None:
    """A collection that has neither gets no page, and no link to one."""
    site = _site(make({"d/a.md": "# What?\n\nText.\n"}))
    assert not {"plans.html", "map.html"} & set(site)
    assert "plans.html" not in site["index.html"]
    assert "map.html" not in site["index.html"]


def test_selection(make: Make) -> None:
    """A part of a collection has no plans, and names only what it holds."""
    files = {"collection.toml": PLAN + "days = 1\n", "one/a.md": question()}
    whole = load(make(files | {"two/b.md": question(requires=["a"])}))
    part = select(whole, Selection(decks=["two"]))
    assert not timetables(part)
    assert "To know before" in _page(whole, "b.html")
    assert "To know before" not in _page(part, "b.html")


def _site(root: Path) -> dict[str, str]:
    return {
        item.path.relative_to("web").as_posix(): item.data.decode(errors="replace")
        for item in build(load(root), ["web"], root / "out")
        if item.path.parts[0] == "web"
    }


def _page(collection: Collection, name: str) -> str:
    (page,) = (
        a for a in build(collection, ["web"], collection.root / "out") if a.path.name == name
    )
    return page.data.decode()


def test_our_questions_say_what_to_know_before(collection: Collection) -> None:
    """All have a short title and a frequency; only a few can be first."""
    questions = collection.questions
    assert all(q.title and q.asked for q in questions)
    assert len({q.title for q in questions}) == len(questions)
    assert sum(not q.requires for q in questions) < 10
    assert max(len(q.requires) for q in questions) <= 4
