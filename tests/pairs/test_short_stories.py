"""Short stories in two languages: what is one event becomes one, what only looks like it does not."""

from __future__ import annotations

import pytest

from tests.pairs import stories

LEAST_MERGED = 0.4
"""Of the pairs of mentions of one event, as long as not all are read."""
MOST_WRONG = 1


def test_each_word_of_a_story_stands_once() -> None:
    for even in (False, True):
        for pair in stories.load(even=even):
            for code, fact in pair.facts().values():
                for words in (fact["evidence"]["text"], *fact["who"]):
                    assert pair.texts[code].count(words) == 1, (pair.name, words)


def test_odd_and_even_stories_are_all_of_them() -> None:
    odd, even = ({pair.name for pair in stories.load(even=even)} for even in (False, True))
    assert len(odd) == len(even) == 20
    assert not odd & even


@pytest.fixture(scope="module")
def found() -> stories.Found:
    return stories.measure(stories.load(even=False))


def test_hardly_two_events_become_one(found: stories.Found) -> None:
    assert found.wrong <= MOST_WRONG, found.misses


def test_events_told_in_both_languages_become_one(found: stories.Found) -> None:
    assert found.merged >= LEAST_MERGED * found.both, found.misses
