"""Guess how a foreign name that is written syllable by syllable is spelled at home: "Vla-đi-vô-xtốc" is "vladivostok"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, product

from kg.spelling import bare, fold

_SPELLED_OUT = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+)?(?:-[^\W\d_]+)*-[^\W\d_A-ZĐ][^\W\d_]*(?:-[^\W\d_]+)*")
_MOST = 600


def spellings(name: str, sounds: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    """What a name may be where its language writes sounds as `sounds` tells; nothing for a name without small syllables."""
    if _SPELLED_OUT.fullmatch(name):
        yield from _spellings(name, tuple(sounds))


@lru_cache(maxsize=1024)
def _spellings(name: str, sounds: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[str, ...]:
    known = dict(sounds)
    longest = sorted(known, key=lambda sound: (-len(sound), sound))
    letters = fold(name).replace("-", "")
    parts: list[tuple[str, ...]] = []
    place = 0
    while place < len(letters):
        sound = next((one for one in longest if letters.startswith(one, place)), letters[place])
        parts.append(known.get(sound, (bare(sound) or " ",)))
        place += len(sound)
    return tuple(dict.fromkeys("".join(one) for one in islice(product(*parts), _MOST)))
