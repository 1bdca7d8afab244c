"""Measure how a pack is made from a dump of Wikidata and how fast names are looked up in it.

`python -m benchmarks.wikidata --items 2000000`: generates a dump (kept in --folder for the next time), makes the pack in
processes of their own whose memory is measured, and looks names up, warm and in any order. The items are made up: their
names are of syllables, their statements as long as those of real items of the middling sort, two kilobytes each. Half of
them are of no class of ours, as most of Wikidata is; one in fifty is a class.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.wikidata.pack import Pack

ONSETS = [
    "b",
    "c",
    "ch",
    "d",
    "đ",
    "g",
    "gi",
    "h",
    "k",
    "kh",
    "l",
    "m",
    "n",
    "ng",
    "nh",
    "ph",
    "qu",
    "r",
    "s",
    "t",
    "th",
    "tr",
    "v",
    "x",
]
RHYMES = [
    "a",
    "an",
    "ang",
    "anh",
    "ao",
    "au",
    "e",
    "en",
    "eo",
    "i",
    "ia",
    "iên",
    "inh",
    "o",
    "oan",
    "oi",
    "ong",
    "u",
    "uy",
    "uyên",
    "ương",
    "ơn",
    "ức",
    "ạt",
    "ải",
    "ống",
    "ình",
]
LATIN = [
    "ba",
    "den",
    "for",
    "gor",
    "hin",
    "jan",
    "kel",
    "lor",
    "mor",
    "nes",
    "pol",
    "rich",
    "stan",
    "ter",
    "ville",
    "wood",
    "zak",
    "ov",
    "sky",
    "burg",
]
KINDS = ("Q5",) * 6 + ("C",) * 3 + ("Q4830453",) + ("X",) * 10
UNKNOWN = ("Q13442814", "Q16521", "Q7187", "Q523")
SETTLEMENT = "Q486972"
FIRST_CLASS = 900_000_000
LOOKED_UP = 20_000


def generated(path: Path, *, items: int, seed: int = 7) -> None:
    """Write a dump of `items` items."""
    with gzip.open(path, "wb", compresslevel=3) as file:
        file.write(b"[\n")
        for line in lines(items, random.Random(seed)):  # noqa: S311 - nothing to hide
            file.write(line)
        file.write(b"]\n")


def lines(items: int, chance: random.Random) -> Iterator[bytes]:
    """The lines of a dump."""
    for number in range(1, items + 1):
        if number % 50 == 0:
            yield entity(FIRST_CLASS + number // 50, named(chance, "C"), chance, subclass_of=SETTLEMENT)
        else:
            kind = chance.choice(KINDS)
            above = chance.choice(UNKNOWN) if kind == "X" else kind
            if kind == "C":
                above = f"Q{FIRST_CLASS + chance.randint(1, max(items // 50, 1))}"
            yield entity(number, named(chance, kind), chance, instance_of=above)


def named(chance: random.Random, kind: str) -> tuple[str, str]:
    """A name in English and one in Vietnamese."""
    english = "".join(chance.choices(LATIN, k=2)).capitalize() + " " + "".join(chance.choices(LATIN, k=2)).capitalize()
    words = (chance.choice(ONSETS) + chance.choice(RHYMES) for _ in range(3))
    vietnamese = " ".join(word.capitalize() for word in words)
    return english, (vietnamese if kind != "Q5" or chance.getrandbits(1) else english)


def entity(
    number: int,
    names: tuple[str, str],
    chance: random.Random,
    *,
    instance_of: str = "",
    subclass_of: str = "",
) -> bytes:
    """An item as a line of a dump, with a comma behind it."""
    english, vietnamese = names
    texts = ",".join(
        f'"{code}":{{"language":"{code}","value":"{english} {code}"}}' for code in ("de", "fr", "ko", "ru")
    )
    claims = [claim("P31", instance_of, number)] if instance_of else [claim("P279", subclass_of, number)]
    claims += [claim(name, f"Q{chance.randint(1, 10**7)}", number) for name in ("P17", "P131", "P21")]
    born = f'{{"time":"+{chance.randint(1900, 2005)}-05-04T00:00:00Z","timezone":0,"before":0,"after":0,"precision":11,"calendarmodel":"http://www.wikidata.org/entity/Q1985727"}}'
    claims.append(statement("P569", f'{{"value":{born},"type":"time"}}', number))
    links = ",".join(
        f'"{code}wiki":{{"site":"{code}wiki","title":"{english}","badges":[]}}'
        for code in chance.sample(SITES, chance.randint(0, 5))
    )
    body = (
        f'{{"type":"item","id":"Q{number}","labels":{{"en":{{"language":"en","value":"{english}"}},'
        f'"vi":{{"language":"vi","value":"{vietnamese}"}},{texts}}},"descriptions":{{"en":{{"language":"en","value":"one of the things that are made up, number {number}"}}}},'
        f'"aliases":{{"en":[{{"language":"en","value":"{english[0]}. {english.split()[1]}"}},{{"language":"en","value":"{vietnamese} {english.split()[1]}"}}]}},'
        f'"claims":{{{",".join(claims)}}},"sitelinks":{{{links}}},"lastrevid":{number * 7},"modified":"2026-11-01T00:00:00Z"}},\n'
    )
    return body.encode()


SITES = ("en", "vi", "de", "fr", "ko", "ru", "ja", "es")


def claim(name: str, value: str, number: int) -> str:
    """A statement that an item stands in the property `name`."""
    return statement(
        name,
        f'{{"value":{{"entity-type":"item","numeric-id":{value[1:]},"id":"{value}"}},"type":"wikibase-entityid"}}',
        number,
    )


def statement(name: str, value: str, number: int) -> str:
    """A property with one statement, as long as they are."""
    hash_ = f"{number * 2654435761 * int(name[1:]) % 2**64:016x}"
    return (
        f'"{name}":[{{"mainsnak":{{"snaktype":"value","property":"{name}","datavalue":{value},"datatype":"wikibase-item"}},'
        f'"type":"statement","id":"Q{number}${hash_}","rank":"normal"}}]'
    )


def made(dump: Path, pack: Path, jobs: int) -> tuple[float, float, int]:
    """Seconds by the clock and of processors, and bytes of memory of the largest process, that it takes to make a pack."""
    command = [
        sys.executable,
        "-m",
        "kg",
        "wikidata",
        "pack",
        str(dump),
        "-o",
        str(pack),
        "--quiet",
        "--jobs",
        str(jobs),
    ]
    started = time.perf_counter()
    subprocess.run(command, check=True)
    seconds = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def looked_up(pack: Pack, *, seed: int = 11) -> dict[str, list[tuple[float, float]]]:
    """Microseconds of each look-up: of names that are there, in any order, and of names that are not; see `timed`."""
    chance = random.Random(seed)  # noqa: S311 - a sample
    ids = chance.sample(pack.ids(), min(LOOKED_UP, len(pack)))
    known = [item.label("vi") for item in filter(None, map(pack.item, ids))]
    strange = [" ".join(named(chance, "C")) for _ in known]
    chance.shuffle(known)
    return {"a name that is there": timed(pack, known), "a name that is not": timed(pack, strange)}


def timed(pack: Pack, names: Sequence[str]) -> list[tuple[float, float]]:
    """Microseconds of each look-up, by the clock and of the processor: others may be busy on the machine."""
    found = []
    for name in names:
        clock, processor = time.perf_counter(), time.thread_time()
        pack.candidates(name, "vi")
        found.append(((time.perf_counter() - clock) * 1e6, (time.thread_time() - processor) * 1e6))
    return found


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--only-generate", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder: Path = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        dump, pack = folder / f"dump-{given.items}.json.gz", folder / f"wd-{given.items}.kgp"
        if not dump.is_file():
            generated(dump, items=given.items)
        if given.only_generate:
            return
        with gzip.open(dump) as file:
            size = file.seek(0, os.SEEK_END)
        seconds, processors, memory = made(dump, pack, given.jobs)
        print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
        print(f"dump: {given.items:,} items, {size / 1e6:,.0f} MB of JSON in {dump.stat().st_size / 1e6:,.0f} MB")
        print(f"made in {seconds:,.0f} s: {size / 1e6 / seconds:,.1f} MB/s, {given.items / seconds:,.0f} items/s")
        print(
            f"processors: {processors:,.0f} s, {size / 1e6 / processors:,.1f} MB/s; memory at most {memory / 2**20:,.0f} MiB"
        )
        with Pack.open(pack) as opened:
            print(f"pack: {len(opened):,} items, {pack.stat().st_size / 1e6:,.0f} MB")
            for what, times in looked_up(opened).items():
                for which, one in zip(("clock", "processor"), zip(*times, strict=True), strict=True):
                    p50, p99 = statistics.median(one), sorted(one)[int(len(one) * 0.99)]
                    print(f"look-up of {what}, {which}: p50 {p50:,.0f} µs, p99 {p99:,.0f} µs")


if __name__ == "__main__":
    main()
