"""Front matter: where it may stand, what is taken for a comment, what is said of bad YAML."""

# ruff: noqa: E501 (a case is a line)

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from conftest import Make
from dlexport.commands.cli import cli

BODY = "\n# What is it?\n\nThat.\n"
CONFIG = 'title = "T"\n[anki]\nnamespace = "t"\n'


def said(make: Make, text: str, config: str = CONFIG) -> list[str]:
    """What `dlexport check` says of a file, its hints with their problems."""
    root = make({"words/a.md": text, "collection.toml": config})
    result = CliRunner().invoke(cli, ["check", "--json", "--content", str(root)])
    found = json.loads(result.stdout)["problems"]
    return [f"{p['line']}:{p['column']} {p['code']} {p['message']}; {p['hint']}" for p in found]


def listed(make: Make, text: str) -> dict[str, Any]:
    """The one question of a file that has no problem."""
    root = make({"words/a.md": text, "collection.toml": CONFIG})
    result = CliRunner().invoke(cli, ["list", "--json", "--content", str(root)])
    assert result.exit_code == 0, result.output
    assert not result.stderr
    (question,) = json.loads(result.stdout)
    return dict(question)


WHOLE = "---\nid: dot\nnumber: 4\n---\n" + BODY


@pytest.mark.parametrize("text", [
    WHOLE,
    "\n\n  \n" + WHOLE,
    "<!-- SPDX-License-Identifier: CC-BY-4.0 -->\n" + WHOLE,
    "<!-- One.\nTwo. -->\n\n<!-- Three. -->\n" + WHOLE,
    "\ufeff" + WHOLE,
    "\ufeff\ufeff" + WHOLE,
    WHOLE.replace("\n", "\r\n"),
    "\ufeff\r\n" + WHOLE.replace("\n", "\r\n"),
    WHOLE.replace("---\n\n", "...\n\n"),
    WHOLE.replace("---\nid", "---  \n\n# a comment\n\nid"),
    WHOLE.replace("---\nid", "--- # SPDX-License-Identifier: CC-BY-4.0\nid"),
    WHOLE.replace("number: 4", "number: 4  # four\ntags: [a] # fine\nasked: often #or not"),
    WHOLE.replace("number: 4", 'number: 4\nquestion: "What is #5?" #6\n').replace("# What is it?", "## Answer"),
    WHOLE.replace("id: dot", "{id: dot").replace("4", "4}").replace("dot\n", "dot,\n"),
])  # fmt: skip
def test_where_it_may_stand(text: str, make: Make) -> None:
    """After blank lines and comments, with any line ends, until `---` or `...`."""
    found = listed(make, text)
    assert (found["id"], found["number"]) == ("dot", 4)


@pytest.mark.parametrize("text", [
    "---\n" + BODY + "\n---\n\nMore.\n",
    "---\n# What is it?\n\nThat.\n\n---\n\nMore.\n",
    "---\n---\n" + BODY,
    "***\n" + BODY,
    "\n---\n" + BODY,
])  # fmt: skip
def test_a_rule_is_a_rule(text: str, make: Make) -> None:
    """Nothing between two rules is taken for YAML."""
    assert listed(make, text)["question"] == "What is it?"


@pytest.mark.parametrize(("mark", "message"), [
    ("+++", "1:1 bad-yaml `+++` begins no front matter; begin the file with a line `---`"),
    ("----", "1:1 bad-yaml `----` begins no front matter; begin the file with a line `---`"),
    ("\u2014", "1:1 bad-yaml `\u2014` begins no front matter; begin"),
    ("\u2013-", "1:1 bad-yaml `\u2013-` begins no front matter; begin"),
    ("  ---", "1:3 bad-yaml hyphens behind blanks begins no front matter; begin"),
    ("# Title\n\n---", "3:1 bad-yaml the front matter stands in line 3; move it to the beginning"),
    ("A text.\n\n---", "3:1 bad-yaml the front matter stands in line 3; move it to the beginning"),
])  # fmt: skip
def test_other_marks_are_named(mark: str, message: str, make: Make) -> None:
    """One fault, one message."""
    sign = " = " if mark == "+++" else ": "
    last = mark.rpartition("\n")[2]
    heading = "\nThat.\n" if "#" in mark else BODY
    found = said(make, f'{mark}\nid{sign}"dot"\n{last}\n{heading}')
    assert len(found) == 1
    assert found[0].startswith(message)


@pytest.mark.parametrize(("lines", "place", "value"), [
    ("question: Is issue #5 fixed?", "2:20", "`question` is “Is issue”"),
    ("title: Rule #1 of all", "2:13", "`title` is “Rule”"),
    ("title: #1 of all", "2:8", "`title` is empty"),
    ("question: Is C # or Java better?", "2:16", "`question` is “Is C”"),
    ("question: Is this\n  #5 of all", "3:3", "`question` is “Is this”"),
    ("tags:\n  - a\n  - b #c", "4:7", "`tags` is “b”"),
    ("tags: [a, b #c\n  , d]", "2:13", "`tags` is “b”"),
    ("id: dot #the first", "2:9", "`id` is “dot”"),
])  # fmt: skip
def test_a_comment_that_cuts_text_is_a_warning(
    lines: str, place: str, value: str, make: Make
) -> None:
    """Where it begins, and what is left."""
    body = BODY if "question" not in lines else "\n## Answer\n\nThat.\n"
    found = said(make, f"---\n{lines}\n---\n{body}")
    message = f"{place} cut-by-comment ` #` begins a comment, so that {value}"
    assert [text for text in found if "unknown-tag" not in text] == [
        f"{message}; put the value between quotes, or the comment on a line of its own"
    ]


@pytest.mark.parametrize("lines", [
    "number: 5  # five", "number: 5 #five", "tags: [a] # fine", "tags: [a] #fine",
    "difficulty: easy # for now", "id: dot # never changes", "title: Dropout # short",
    "title: Two words  # short", "question: Is this it? # yes", "question: 'Is it #5?' #yes",
    "question: Is it C#?", "question: Is#it", "tags: # later\n  - a # the first\n  #- b\n  - c",
    "tags:\n  # two\n  - a\n  - b", "question: |\n  Is it #5?", "as_of: 2026-11 #now",
    "title: # later", 'title: "It" #5',
])  # fmt: skip
def test_other_comments_are_silent(lines: str, make: Make) -> None:
    """Behind a whole value, between quotes, on lines of their own."""
    body = BODY if "question" not in lines else "\n## Answer\n\nThat.\n"
    assert not said(make, f"---\n{lines}\n---\n{body}")


@pytest.mark.parametrize("letter", "nabla theta frac rho alpha eta vec beta".split())
def test_backslashes_between_double_quotes(letter: str, make: Make) -> None:
    """LaTeX there is an error at the backslash, or where YAML has no such escape."""
    (found,) = said(
        make, f'---\nid: dot\nquestion: "What is $\\{letter} x$?"\n---\n\n## Answer\n\nX.\n'
    )
    if letter == "eta":
        assert found.startswith(
            "3:21 bad-yaml `\\e` between double quotes is the sign of an escape"
        )
    else:
        assert found.startswith(f"3:21 bad-yaml `\\{letter[0]}` between double quotes is ")
        assert f": `\\{letter}`" in found
    assert "single quotes" in found


@pytest.mark.parametrize("escape", [r"\d", r"\sigma", r"\xi", r"\upsilon", r"\_", r"\ ", r"\N"])
def test_other_backslashes(escape: str, make: Make) -> None:
    """What YAML does not know, and what it makes blanks of."""
    (found,) = said(make, f'---\nid: dot\ntitle: "a{escape}b"\n---\n{BODY}')
    assert found.startswith("3:")
    assert "single quotes" in found


@pytest.mark.parametrize("text", [r"a \\nabla", r"a \"b\"", r"\u00e9", r"\x41", r"a\/b"])
def test_escapes_that_say_what_they_are(text: str, make: Make) -> None:
    """Quotes, backslashes, characters by number."""
    assert not said(make, f'---\nid: dot\nquestion: "{text}"\n---\n\n## Answer\n\nX.\n')


def test_a_control_character_by_its_number(make: Make) -> None:
    """It is none in a text either."""
    (found,) = said(make, f'---\nid: dot\ntitle: "\\u0007"\n---\n{BODY}')
    assert found.startswith("3:8 bad-yaml character U+0007")


@pytest.mark.parametrize(("line", "place"), [
    (r'R = "\nabla"', "5:6"), (r'R = "a \theta"', "5:8"), (r'R = "\begin"', "5:6"),
    (r'R = "\frac"', "5:6"), (r'R = "\rho"', "5:6"), ('R = """\n\\text"""', "6:1"),
    (r'R = "\mathbb"', "5:8"),
])  # fmt: skip
def test_backslashes_in_settings(line: str, place: str, make: Make) -> None:
    """The same in collection.toml."""
    (found,) = said(make, BODY, CONFIG + f'[macros]\n{line}  # "\\n"\n')
    assert found.startswith(f"{place} bad-toml")
    assert "single quotes" in found


@pytest.mark.parametrize("line", [r"R = '\nabla'", r'R = "\\nabla"', 'R = """a \\\n  b"""'])
def test_settings_that_say_what_they_are(line: str, make: Make) -> None:
    """Between single quotes, with two backslashes, with a line that goes on."""
    assert not said(make, BODY, CONFIG + f'# "\\n"\n[macros]\n{line}\n')


@pytest.mark.parametrize("lines", ["tags:", "tags: ", "as_of:", "number:", 'title: ""', "title: ' '",
                                   "question:", "requires:\nwas: []", "tags: # none yet"])  # fmt: skip
def test_an_empty_key_is_as_good_as_none(lines: str, make: Make) -> None:
    """Whatever it is for."""
    assert not said(make, f"---\nid: dot\n{lines}\n---\n{BODY}")


@pytest.mark.parametrize(("lines", "message"), [
    ("tags:\n\t- one", "4:1 bad-yaml found character '\\t' that cannot start any token; use blanks"),
    ("title:\tone", "3:7 bad-yaml found character '\\t' that cannot start any token; use blanks"),
    ("title: a: b", "3:9 bad-yaml mapping values are not allowed here; put a value that holds `: `"),
    ("title: @it", "3:8 bad-yaml found character '@' that cannot start any token; put a value that"),
    ("title: *it*", "3:11 bad-yaml expected alphabetic or numeric character, but found '*'; put a value that begins with *"),
    ("title: *it", "3:8 bad-yaml found undefined alias 'it'; put a value that begins with *"),
    ("title: [a] b", "3:12 bad-yaml expected <block end>, but found '<scalar>'; put the whole value"),
    ('title: "a" b', "3:12 bad-yaml expected <block end>, but found '<scalar>'; put the whole value"),
    ("title: 'it's", "3:12 bad-yaml expected <block end>"),
    ("title: 'it", "3:8 bad-yaml a quotation mark without its end; close it"),
    ("title: > 5", "3:10 bad-yaml expected a comment or a line break, but found '5'; put a value"),
    ("title: - 5", "3:8 bad-yaml sequence entries are not allowed here; put a value that begins"),
    ("tags: [a, b", "4:1 bad-yaml expected ',' or ']', but got '<stream end>'; close the bracket"),
    ("tags: [a, b #c]", "4:1 bad-yaml expected ',' or ']', but got '<stream end>'; ` #` begins"),
    ("title: &a b", "3:8 bad-yaml `&` at the beginning of a value is a sign of YAML's; put the value"),
    ("title: !it b", "3:8 bad-yaml `!` at the beginning of a value is a sign of YAML's; put the value"),
    ("? [a]\n: b", "3:3 bad-yaml expected lines of the form `key: value`"),
    ("title: {a: b}", "3:8 wrong-type `title` holds a nested structure"),
    ("title: a\x80b", "3:9 bad-yaml character U+0080; delete the character"),
    ("id: dot", "3:1 duplicate-key `id` stands in line 2 already"),
    ("as_of: 2026-02-30", "3:8 bad-value `as_of` is “2026-02-30”"),
    ("tags: [a, '']", "3:11 bad-value an item of `tags` is empty; give it a value or delete it"),
    ("tags:\n  - a\n  -", "5:4 bad-value an item of `tags` is empty"),
])  # fmt: skip
def test_each_cause_has_its_hint(lines: str, message: str, make: Make) -> None:
    """One fault, one message."""
    (found,) = said(make, f"---\nid: dot\n{lines}\n---\n{BODY}")
    assert found.startswith(message)


@pytest.mark.parametrize("text", ["[" * 3000, "{a: " * 3000, "[" * 3000 + "]" * 3000])
def test_deep_brackets_are_an_error(text: str, make: Make) -> None:
    """No program that Python's stack ends."""
    (found,) = said(make, f"---\nid: dot\ntags: {text}\n---\n{BODY}")
    assert found.startswith(("2:1 bad-yaml lists or mappings nest too deep", "3:"))


def test_dates_and_words_stay_text(make: Make) -> None:
    """No value of YAML's own."""
    assert not said(make, f"---\nid: no\nas_of: 2026-11-01\ntags: [yes, '012']\n---\n{BODY}")
