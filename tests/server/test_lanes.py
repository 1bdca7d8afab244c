"""Nobody waits for one greedy client, and nobody waits for ever."""

from __future__ import annotations

import asyncio

import pytest

from kg.server.lanes import Full, Lane, TooMany


async def ask(lane: Lane, client: str, served: list[str], *, patience: float = 5, hold: float = 0.01) -> None:
    async with lane.turn(client, patience=patience):
        served.append(client)
        await asyncio.sleep(hold)


def test_one_client_gets_half_and_others_the_rest() -> None:
    async def run() -> None:
        lane = Lane(places=4, queue=10, share=10)
        for _ in range(2):
            await lane.enter("greedy", patience=1)
        with pytest.raises(TimeoutError):
            await lane.enter("greedy", patience=0.01)
        await lane.enter("other", patience=0.01)
        assert (lane.inside, lane.waiting) == (3, 0)

    asyncio.run(run())


def test_clients_take_turns() -> None:
    async def run() -> list[str]:
        lane = Lane(places=1, queue=20, share=20)
        served: list[str] = []
        async with lane.turn("first", patience=1):
            asked = [asyncio.create_task(ask(lane, name, served)) for name in ["greedy"] * 5 + ["a", "b"]]
            await asyncio.sleep(0)
        await asyncio.gather(*asked)
        return served

    assert asyncio.run(run()) == ["greedy", "a", "b", "greedy", "greedy", "greedy", "greedy"]


def test_too_many_of_one_and_too_many_of_all() -> None:
    async def run() -> None:
        lane = Lane(places=2, queue=3, share=3)
        served: list[str] = []
        asked = [asyncio.create_task(ask(lane, "a", served, hold=0.05)) for _ in range(3)]
        asked.append(asyncio.create_task(ask(lane, "b", served, hold=0.05)))
        await asyncio.sleep(0)
        with pytest.raises(TooMany):
            await lane.enter("a", patience=1)
        asked.append(asyncio.create_task(ask(lane, "c", served)))
        await asyncio.sleep(0)
        with pytest.raises(Full):
            await lane.enter("d", patience=1)
        await asyncio.gather(*asked)
        assert (lane.inside, lane.waiting, len(served)) == (0, 0, 5)

    asyncio.run(run())


@pytest.mark.parametrize("end", ["time", "cancel"])
def test_who_gives_up_leaves_nothing_behind(end: str) -> None:
    async def run() -> None:
        lane = Lane(places=1, queue=3, share=3)
        await lane.enter("a", patience=1)
        waiting = asyncio.create_task(lane.enter("b", patience=0.02 if end == "time" else 5))
        await asyncio.sleep(0)
        if end == "cancel":
            waiting.cancel()
        with pytest.raises((TimeoutError, asyncio.CancelledError)):
            await waiting
        assert lane.waiting == 0
        lane.leave("a")
        await lane.enter("c", patience=0.01)
        assert lane.inside == 1

    asyncio.run(run())


def test_a_place_that_comes_as_the_wait_is_cancelled_is_given_on() -> None:
    async def run() -> None:
        lane = Lane(places=1, queue=3, share=3)
        await lane.enter("a", patience=1)
        waiting = asyncio.create_task(lane.enter("b", patience=1))
        await asyncio.sleep(0)
        lane.leave("a")  # the place is b's now
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert lane.inside == 0
        await lane.enter("c", patience=0.01)

    asyncio.run(run())


def test_a_place_is_not_given_to_who_has_just_given_up() -> None:
    async def run() -> None:
        lane = Lane(places=1, queue=3, share=3)
        await lane.enter("a", patience=1)
        asked = [asyncio.create_task(lane.enter("a", patience=1)) for _ in range(2)]
        await asyncio.sleep(0)
        asked[0].cancel()
        lane.leave("a")  # before the one that was cancelled has run
        await asyncio.wait(asked)
        assert (asked[0].cancelled(), lane.inside, lane.waiting) == (True, 1, 0)
        lane.leave("a")
        assert lane.inside == 0

    asyncio.run(run())
