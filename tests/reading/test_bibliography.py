"""What is read of entries as people write them: sixty, their values checked by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from clients import epubcheck
from conftest import Make, build, load
from dlexport.model import Reference
from dlexport.problems import Problems
from dlexport.reading import bibliography
from dlexport.reading.source import Source

FILE = Path(__file__).parent / "bibliography.bib"
NIPS = "Advances in Neural Information Processing Systems"
SICI = "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2"

READ = {
    "a01": ("Lovelace A.", "Notes", "Memoirs", "1843"),
    "a02": ("Lovelace A.", "Notes", "Memoirs", "1843"),
    "a03": (
        "Lovelace A., Babbage C.", "Engines", "Journal of Machine Learning Research", "1844"
    ),
    "a04": ("Lovelace A., et al.", "More notes", "Memoirs", "1845"),
    "a05": ("The Analytical Society, Peacock G.", "Dots", "M", "1813"),
    "a06": ("King M. L. Jr.", "Speech", "M", "1963"),
    "a07": ("de la Vallée Poussin C.-J.", "Primes", "Annales", "1896"),
    "a08": ("van Beethoven L.", "Ninth", "M", "1824"),
    "a09": ("Galois É.", "Groups", "M", "1846"),
    "a10": ("Özgür A.", "Über ß und ø", "Zeitschrift für A", "1999"),
    "b01": ("Bee A.", "Growth of 5% & more", "R&D Today", "2001"),
    "b02": ("Bee A.", "100% of BERT, in O(n^2)", "M", "2002"),
    "b03": ("Bee A.", "A LaTeX and TeX primer", "M", "2003"),
    "b04": ("Bee A.", "Never split snake_case", "M", "2004"),
    "b05": ("Bee A.", "“Quoted” — and 1–2", "M", "2005"),
    "b06": ("Bee A.", 'A "quote" in quotes', "M", "2006"),
    "b07": ("Bee A.", "Over two lines", "M", "2007"),
    "b08": ("Bee A.", "Double Braces", "M", "2008"),
    "b09": ("Bee A.", "Really bold Small", "M", "2009"),
    "b10": ("Bee A.", "H_2O and C#, 3 < 4", "M", "2010"),
    "c01": ("Cee C.", "Nets", f"{NIPS} 2017", "2017"),
    "c02": ("Cee C.", "Nets", f"Proc. of {NIPS}", "2018"),
    "c03": ("Cee C.", "A part", "Proceedings of the Whole", "2030"),
    "c04": ("Cee C.", "A part of its own year", "Proceedings of the Whole", "2031"),
    "whole": ("Dee D.", "Proceedings of the Whole", "", "2030"),
    "c05": ("Cee C.", "Chapter", "Book", "2011"),
    "c06": ("Cee C.", "Pages", "Press", "2012"),
    "c07": ("Cee C.", "Talk", "Meeting", "2013"),
    "c08": ("Dee D., Eff E.", "Meeting", "Society", "2014"),
    "c09": ("Cee C.", "Spring", "M", "2015"),
    "d01": ("Dee D.", "The Book", "Press", "2016"),
    "d02": ("Dee D.", "Edited", "Press", "2017"),
    "d03": ("", "Anonymous", "", "2018"),
    "d04": ("Dee D.", "Thesis", "University of A", "2019"),
    "d05": ("Dee D.", "Thesis", "University of B", "2020"),
    "d06": ("Dee D.", "Report", "Laboratory", "2021"),
    "d07": ("", "Manual", "Project", "2022"),
    "d08": ("Dee D.", "Draft", "", "2023"),
    "d09": ("Dee D.", "Page", "", "2024", "https://example.org/page", "example.org"),
    "d10": ("Dee D.", "Thesis", "University of C", "2025"),
    "e01": ("Eff E.", "T", "Biblatex", "2026", "https://doi.org/10.1000/182", "doi:10.1000/182"),
    "e02": ("Eff E.", "T", "M", "2001", "https://doi.org/10.1000/182", "doi:10.1000/182"),
    "e03": ("Eff E.", "T", "M", "2002", "https://doi.org/10.1000/a_b", "doi:10.1000/a_b"),
    "e04": (
        "Eff E.", "T", "M", "1998",
        f"https://doi.org/{SICI.replace('<', '%3C').replace('>', '%3E')}", f"doi:{SICI}",
    ),
    "e05": ("Eff E.", "T", "", "2017", "https://arxiv.org/abs/1706.03762", "arXiv:1706.03762"),
    "e06": ("Eff E.", "T", "", "2018", "https://arxiv.org/abs/1706.03762", "arXiv:1706.03762"),
    "e07": ("Eff E.", "T", "", "2019", "https://www.jstor.org/stable/25144275", "JSTOR:25144275"),
    "e08": ("Eff E.", "T", "", "2020", "https://example.org/b", "example.org"),
    "e09": ("Eff E.", "T", "", "2021", "https://pubmed.ncbi.nlm.nih.gov/31978945",
            "PubMed:31978945"),
    "e10": ("Eff E.", "T", "", "2022", "https://arxiv.org/abs/hep-th/9901001",
            "arXiv:hep-th/9901001"),
    "f01": ("Gee G.", "T", "", "2001", "https://www.example.org/a_b?x=1&y=2#z", "example.org"),
    "f02": ("Gee G.", "T", "", "2002", "https://example.org/a%7Cbc", "example.org"),
    "f03": ("Gee G.", "T", "", "2003", "https://example.org/~gee", "example.org"),
    "f04": ("Gee G.", "T", "", "2004", "https://example.org/how_1", "example.org"),
    "f05": ("Gee G.", "T", "", "2005", "https://example.org/how", "example.org"),
    "f06": ("Gee G.", "T", "Blog post", "2006"),
    "f07": ("Gee G.", "T", "Available at https://example.org/x", "2007"),
    "f08": ("Gee G.", "T with a link", "", "2008"),
    "f09": ("Gee G.", "T", "", "in press", "https://example.org/~gee/%7Ex", "example.org"),
}  # fmt: skip


def read(text: str) -> tuple[Mapping[str, Reference], Problems]:
    problems = Problems()
    return bibliography.read(Source(Path("r.bib"), "r.bib", text), problems), problems


@pytest.fixture(scope="module")
def found() -> Mapping[str, Reference]:
    """The file's references, read without a problem."""
    references, problems = read(FILE.read_text(encoding="utf-8"))
    assert len(problems) == 0
    return references


def test_nothing_is_lost(found: Mapping[str, Reference]) -> None:
    """Every entry is there, and nothing else."""
    assert list(found) == list(READ)


@pytest.mark.parametrize("key", READ)
def test_values(key: str, found: Mapping[str, Reference]) -> None:
    """Names, titles, strings and addresses as a reader wants them."""
    reference = found[key]
    authors = [*reference.authors, *["et al."] * reference.has_more_authors]
    values = (", ".join(authors), reference.title, reference.container, reference.year)
    expected = READ[key]
    assert values == expected[:4]
    assert (reference.url, reference.identifier) == (expected[4:] or ("", ""))


@pytest.mark.parametrize(
    ("entry", "line", "words"),
    [
        ("@misc{a, title = {T} year = 2001}", 1, "“year = 2001” follows its end"),
        ("@misc{a, title = {T},\n year = tomorrow}", 2, "“tomorrow” is no @string"),
        ("@misc{a, title = {T},\n Year = 2001, YEAR = 2002}", 2, "year is there twice"),
        ("@misc{a, title = {T}, year = 2001, crossref = {b}}", 1, "crossref names “b”"),
        ("@misc{a, title = {T}, year = 2001, author = {A, B, C, D}}", 1, "a name that cannot be"),
        ("@string{x = y}\n@misc{a, title = x # {T}, year = 1}", 1, "the string “x”: “y” is no"),
        ("@misc{a, title = , year = 2001}", 1, "a value is missing"),
        ("@misc{a, title = \\foo, year = 2001}", 1, "is no @string"),
    ],
)
def test_faults_have_a_place(entry: str, line: int, words: str) -> None:
    """Bad values are reported where they stand."""
    _, problems = read(entry)
    problem = next(iter(problems))
    assert problem.place.line == line
    assert words in problem.message


def test_keys_that_differ_in_case_are_two() -> None:
    """Both stay, and a string that is wrong is said where no entry is."""
    found, problems = read("@misc{a, title = {T}, year = 1}\n@misc{A, title = {U}, year = 2}\n")
    assert [(key, reference.title) for key, reference in found.items()] == [("a", "T"), ("A", "U")]
    assert len(problems) == 0
    _, problems = read("\n@string{x = y}\n")
    (problem,) = problems
    assert (problem.place.line, "“y” is no @string" in problem.message) == (2, True)


@pytest.mark.slow
@pytest.mark.xdist_group("books")
def test_addresses_fit_a_book(make: Make, tmp_path: Path) -> None:
    """EPUBCheck has nothing to say of what is cited."""
    cited = "; ".join(f"@{key}" for key in READ)
    text = f"# Why?\n\nSee [{cited}].\n"
    root = make({"a.md": text, "references.bib": FILE.read_text(encoding="utf-8")})
    build(load(root), ["epub"], tmp_path)
    for book in (tmp_path / "epub").iterdir():
        assert epubcheck.check(book) == []
