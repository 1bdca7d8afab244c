"""Join the accounts that tell one event: same class, shared participants or story, and no clash of time or place.

Each account joins at most one other, which ranks before it; whoever hangs together tells one event. Which account it joins
depends on those that share something with it, or stand in articles of its story, and on nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg import edtf
from kg.model import Event, Time
from kg.resolving.event_accounts import Account, account, choose, fit, fit_in_story, looks, offers, rank
from kg.resolving.stages import Changes, Stage, Sum, fold, touched
from kg.resolving.stories import Named, Stories
from kg.resolving.told import Told
from kg.tables import Tables

Accounts = Sum[Account]
_MANY = 8  # articles that give one account: whatever so many tell alike needs no story to be known again


@dataclass(frozen=True, slots=True)
class Telling:
    """An article that gives an account."""

    document: str
    account: str


class Events:
    """From statements that tell events to the events, kept up as statements come and go.

    `accounts` holds what statements that agree add up to, `joined` which account each joins ("" for none), `events` the
    events; an event has the key of the account that ranks first. `above` gives the classes that a class lies below.
    """

    def __init__(self, tables: Tables, above: Mapping[str, frozenset[str]] | None = None) -> None:
        self._above = above or {}
        self._stories = Stories(tables)
        self._tellings: Stage[Sum[Telling]] = Stage(
            tables.table("telling", Sum[Telling]),
            lambda one: [f"document:{one.head.document}", f"account:{one.head.account}"],
        )
        self.accounts: Stage[Accounts] = Stage(
            tables.table("account", Sum[Account]),
            lambda one: [
                *(f"offers:{key}" for key in offers(one.head)),
                *(f"looks:{key}" for key in looks(one.head)),
            ],
        )
        self.joined: Stage[str] = Stage(tables.table("joined", str), lambda other: [f"joins:{other}"])
        self.events: Stage[Event] = Stage(tables.table("event", Event), _keys)

    def update(
        self, changes: Changes[Told], named: Mapping[str, Named | None] | None = None
    ) -> tuple[Changes[Event], set[str]]:
        """Take in statements that came, went or changed, and the names of articles that did.

        Returns the events that changed, and the accounts that moved: that tell another event than before.
        """
        empty = next(self.accounts.table.items(), None) is None
        changed = fold(changes, _parts, self.accounts)
        tellings = fold(changes, _tellings, self._tellings)
        retold = self._stories.update(named or {})
        roots = {key: self.event_of(key) for key in changed}
        doubtful = self._doubtful(changed, everything=empty)
        if not empty:
            retold |= self._stories.around(one.head.document for one in touched(tellings))
            doubtful |= {one.head.account for d in retold for one in self._told_in(d)}
        before = {key: self.event_of(key) for key in doubtful}
        moved = self._join(doubtful, gone=[key for key, change in changed.items() if change.new is None])
        below = {key for joiner in moved for key in self.accounts_of(joiner)} | set(moved)
        stale = {*roots.values(), *before.values()} | {self.event_of(key) for key in (*changed, *below)}
        return self._tell(stale), below

    def event_of(self, key: str) -> str:
        """The key of the event that the account `key` tells."""
        while parent := self.joined.table.get(key):
            key = parent
        return key

    def _told_in(self, document: str) -> Iterable[Sum[Telling]]:
        return self._tellings.table.under(f"document:{document}").values()

    def _doubtful(self, changed: Changes[Accounts], *, everything: bool) -> set[str]:
        """The accounts that may join another one now: those that are new, and those whom one that came or went fits.

        One whose places lie elsewhere than before counts as gone and come.
        """
        other = {
            key: change
            for key, change in changed.items()
            if change.old is None or change.new is None or change.old.head != change.new.head
        }
        found = {key for key, change in other.items() if change.new is not None}
        if everything:
            return found
        for one in (summed.head for summed in touched(other)):
            for key in offers(one):
                others = self.accounts.table.under(f"looks:{key}")
                found |= {
                    k for k, o in others.items() if k not in found and rank(one) < rank(o.head) and fit(o.head, one)
                }
        return found

    def _join(self, doubtful: Iterable[str], gone: Iterable[str]) -> list[str]:
        updates: dict[str, str | None] = dict.fromkeys(gone)
        beside: dict[str, tuple[str, ...]] = {}
        for key in sorted(doubtful):
            summed = self.accounts.table.get(key)
            if summed is not None:
                near = list(self._before(summed.head))
                found = choose(summed.head, near) or choose(
                    summed.head, list(self._in_story(summed.head, beside)), alone=True
                )
                updates[key] = found.key if found else ""
        return list(self.joined.apply(updates))

    def _before(self, one: Account) -> Iterator[Account]:
        """The accounts that share something with `one`, rank before it and may be of its event."""
        mine, seen = rank(one), set()
        for key in dict.fromkeys(looks(one)):
            for identity, other in self.accounts.table.under(f"offers:{key}").items():
                if identity not in seen and rank(other.head) < mine:
                    seen.add(identity)
                    if fit(one, other.head):
                        yield other.head

    def _in_story(self, one: Account, beside: dict[str, tuple[str, ...]]) -> Iterator[Account]:
        """The accounts in articles of the same story that rank before `one` and may be of its event.

        `beside` remembers which articles those are.
        """
        mine, seen = rank(one), set()
        told = self._tellings.table.under(f"account:{one.key}").values()
        for document in [t.head.document for t in told] if len(told) <= _MANY else ():
            if document not in beside:
                beside[document] = self._stories.beside(document)
            for other in beside[document]:
                days = (self._stories.published(document), self._stories.published(other))
                for telling in self._told_in(other):
                    known = self.accounts.table.get(telling.head.account)
                    if known is None or telling.head.account in seen or not rank(known.head) < mine:
                        continue
                    if fit_in_story(one, known.head, days, self._above):
                        seen.add(telling.head.account)
                        yield known.head

    def accounts_of(self, root: str) -> list[str]:
        """The account `root` and all that join it, at whatever depth."""
        found = [root]
        for key in found:
            found += self.joined.table.under(f"joins:{key}")
        return found

    def _tell(self, keys: Iterable[str]) -> Changes[Event]:
        updates: dict[str, Event | None] = {}
        for key in sorted(set(keys)):
            told = [summed for member in self.accounts_of(key) if (summed := self.accounts.table.get(member))]
            updates[key] = _event(key, told) if told and not self.joined.table.get(key) else None
        return self.events.apply(updates)


def _parts(told: Told) -> Iterator[tuple[str, Account, list[str]]]:
    if told.kind in {"EventClaim", "SituationClaim"}:
        one = account(told)
        yield one.key, one, [f"{role}\t{entity}" for role, entities in told.roles.items() for entity in entities]


def _tellings(told: Told) -> Iterator[tuple[str, Telling, tuple[str, ...]]]:
    if told.kind in {"EventClaim", "SituationClaim"}:
        one = Telling(told.statement.document, account(told).key)
        yield f"{one.account}\t{one.document}", one, ()


def _keys(event: Event) -> Iterator[str]:
    yield from (f"entity:{entity}" for _, entities in event.roles for entity in entities)
    yield from (f"site:{site}" for site in dict(event.roles).get("concernsSite", ()))


def _event(key: str, accounts: Sequence[Accounts]) -> Event:
    accounts = sorted(accounts, key=lambda summed: rank(summed.head))
    roles: dict[str, set[str]] = defaultdict(set)
    time: Time | None = None
    for summed in accounts:
        for feature in summed.counts:
            role, _, entity = feature.partition("\t")
            roles[role].add(entity)
        own = summed.head.time
        if own and (time is None or edtf.compatible(time, own)):
            time = edtf.more_precise(time, own) if time else own
    frozen = tuple((role, tuple(sorted(entities))) for role, entities in sorted(roles.items()))
    return Event(key, accounts[0].head.type, frozen, time, accounts[0].head.position)
