"""Read annotated articles from `.news` files; check them, count them, turn them into gold.

    python -m training.corpus check [FILE...]         # what is wrong, one line each
    python -m training.corpus gold [FILE...] -o DIR   # ID.txt and ID.json of each article, for `kg eval`
    python -m training.corpus counts [FILE...]        # what there is of what, and how much of it is held out

Without files: all of training/corpus, or what it has in one `--language`. Exit codes: 0 good, 1 the corpus has problems,
2 wrong call.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from training import checks, counts, gold, markup, scheme
from training.articles import Article, Measure, Mention, Nominal, Span

CORPUS = Path(__file__).parent / "corpus"
"""A folder for each language."""
_FIELD = re.compile(r'\b(\w+)=(?:"([^"]*)"|(\S+))')
_ARTICLE = re.compile(r"^### ", re.MULTILINE)
_SHOWN = 40


class Block(NamedTuple):
    """The four parts of an article in its file, as written."""

    ident: str
    options: Mapping[str, str]
    body: str
    lines: Sequence[str]


def languages() -> list[str]:
    """The languages of the corpus, sorted."""
    return sorted(path.name for path in CORPUS.iterdir() if path.is_dir())


def folder(language: str) -> Path:
    """Where the articles of a language lie."""
    return CORPUS / language


def files(paths: Iterable[Path]) -> list[Path]:
    """The `.news` files that `paths` name, themselves or by their folder; all of the corpus where there are none."""
    found = [
        path
        for given in paths or map(folder, languages())
        for path in (sorted(given.glob("*.news")) if given.is_dir() else [given])
    ]
    for path in found:
        if not path.is_file():
            raise SystemExit(f"{path}: no such file")
    return found


def read_articles(path: Path, problems: list[str]) -> list[Article]:
    """The articles of a file; what is wrong with them is added to `problems`, one line each."""
    found = []
    for block in read_blocks(path, problems):
        article, wrong = article_of(block)
        problems.extend(f"{path.name}:{article['id']}: {problem}" for problem in wrong)
        found.append(article)
    return found


def read_blocks(path: Path, problems: list[str]) -> list[Block]:
    """The articles of a file as written, unread."""
    try:
        content = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        problems.append(f"{path.name}: no UTF-8: {error}")
        return []
    before, *rest = _ARTICLE.split(unicodedata.normalize("NFC", content))
    if before.strip() or not rest:
        problems.append(f"{path.name}: should begin with the heading of an article, '### '")
    return [_block(text) for text in rest]


def read(paths: Iterable[Path]) -> tuple[list[Article], list[str]]:
    """All articles of the files, and everything that is wrong with them, ids used twice in one folder included."""
    problems: list[str] = []
    found: defaultdict[Path, list[Article]] = defaultdict(list)
    for path in files(paths):
        found[path.parent] += read_articles(path, problems)
    repeated = (problem for together in found.values() for problem in checks.repeated(together))
    return [article for together in found.values() for article in together], [*problems, *repeated]


def articles(where: Path) -> list[Article]:
    """The articles of a folder without problems, file by file; the run ends where there are any."""
    found, problems = read([where])
    if problems:
        raise SystemExit("\n".join(problems))
    return found


def _block(text: str) -> Block:
    head, _, rest = text.partition("\n")
    ident, *options = (part.strip() for part in head.split("|"))
    body, _, tail = f"\n{rest}".partition("\n---")
    lines = [line.strip() for line in tail.splitlines() if line.strip()]
    return Block(ident, dict(o.split("=", 1) for o in options if "=" in o), body.strip("\n"), lines)


def written(block: Block) -> str:
    """An article as it stands in a file."""
    heading = " | ".join([block.ident, *(f"{name}={value}" for name, value in block.options.items())])
    return "\n".join([f"### {heading}", block.body, "---", *block.lines, ""])


def article_of(found: Block) -> tuple[Article, list[str]]:
    """What an article says, and what is wrong with it."""
    text, spans, problems = markup.parse(found.body)
    article = Article(
        id=found.ident,
        published=None if found.options.get("published") == "none" else found.options.get("published"),
        genre=found.options.get("genre", "article"),
        text=text,
        mentions=[],
        nominals=[],
        times=[],
        durations=[],
        quantities=[],
        triggers=[],
        events=[],
        said=[],
    )
    if "published" not in found.options:
        problems.append("no published=")
    problems += [f"unknown markup {span['head'][:_SHOWN]!r}" for span in spans if not _added(article, span)]
    for line in found.lines:
        problems += _add_line(article, line)
    return article, [*problems, *checks.problems(article)]


def _added(article: Article, marked: markup.Marked) -> bool:
    """Put a span where it belongs; False when its head says nothing known."""
    kind, _, value = marked["head"].partition(":")
    span = Span(start=marked["start"], end=marked["end"], text=marked["text"])
    if kind in scheme.MENTION_TYPES:
        article["mentions"].append(_mention(span, kind, value))
    elif kind == "nom":
        article["nominals"].append(Nominal(**span, entities=value.split("+")))
    elif kind == "ev":
        event, _, name = value.partition(":")
        article["triggers"].append({**span, "event": event, "class": name})
    elif kind in (measures := _measures(article)):
        measures[kind].append(Measure(**span, value=value))
    else:
        return False
    return True


def _mention(span: Span, kind: str, number: str) -> Mention:
    """A name; its number ends in "!" where it stands in a credit."""
    start, end, text, entity = span["start"], span["end"], span["text"], number.rstrip("!")
    if number.endswith("!"):
        return Mention(start=start, end=end, text=text, type=kind, entity=entity, credit=True)
    return Mention(start=start, end=end, text=text, type=kind, entity=entity)


def _measures(article: Article) -> dict[str, list[Measure]]:
    return {"time": article["times"], "dur": article["durations"], "qty": article["quantities"]}


def _add_line(article: Article, line: str) -> Iterator[str]:
    """Put a line from below the article where it belongs; yields what is wrong with its writing."""
    pairs = [(name, quoted or plain) for name, quoted, plain in _FIELD.findall(line)]
    fields = dict(pairs)
    first, *more = _FIELD.sub("", line).split()[:2] or [""]
    if first == "said":
        article["said"].append(fields)
    else:
        article["events"].append({"id": first, "class": "".join(more), **fields})
    rest = " ".join(_FIELD.sub("", line).split()[1 if first == "said" else 2 :])
    if rest:
        yield f"{rest[:_SHOWN]!r} is no field of the line {line[:_SHOWN]!r}"
    if len(fields) < len(pairs):
        yield f"a field stands twice in the line {line[:_SHOWN]!r}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["check", "gold", "counts"])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help=".news files, or folders of them")
    parser.add_argument("--language", choices=languages(), help="of what is read without files, and of gold (vi)")
    parser.add_argument("-o", dest="folder", type=Path, default=Path("out/corpus"), help="where gold goes")
    given = parser.parse_args(arguments)
    language = given.language or ("vi" if given.command == "gold" else "")
    found, problems = read(given.files or ([folder(language)] if language else []))
    for problem in problems:
        print(problem, file=sys.stdout if given.command == "check" else sys.stderr)
    if given.command == "check":
        print(f"{len(found):,} articles, {len(problems) or 'no'} problems")
    elif given.command == "counts":
        print(counts.table(found))
    elif not problems:  # an id names a file, so gold of unchecked articles is not written
        gold.write(found, given.folder, language)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
