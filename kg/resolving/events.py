"""Join the accounts that tell one event: same class, shared participants or story, and no clash of time or place.

Each account joins at most one other, which ranks before it; whoever hangs together tells one event. Which account it joins
depends on those that share something with it, or stand in articles of its story, and on nothing else. Where nothing fits,
an account of another day, or of a plan, joins the event of its story that it tells otherwise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg import edtf
from kg.model import Event, Time
from kg.resolving.differing import may_be_one
from kg.resolving.event_accounts import Account, Classes, account, choose, fit, looks, offers, rank
from kg.resolving.pairings import Pairing, Pairings
from kg.resolving.stages import Changes, Stage, Sum, fold, touched
from kg.resolving.stories import Stories
from kg.resolving.told import Told
from kg.tables import Tables

Accounts = Sum[Account]
_MANY = 8  # articles that give one account: whatever so many tell alike needs no story to be known again


@dataclass(frozen=True, slots=True)
class Telling:
    """An article that gives an account."""

    document: str
    account: str


@dataclass(frozen=True, slots=True)
class Retold:
    """What an update of the events changed.

    `moved` are the accounts that tell another event than before. `roots` gives the events that an account told before
    and tells now, if statements gave it that came, went or changed. `stale` are all events that other statements tell than
    before, `parted` those that won or lost an account which was there before and still is.
    """

    events: Changes[Event]
    moved: set[str]
    roots: Mapping[str, frozenset[str]]
    stale: frozenset[str]
    parted: frozenset[str]

    def events_of(self, told: Told) -> frozenset[str]:
        """The events that a statement tells and told before, if it came, went or changed."""
        return self.roots.get(account(told).key, frozenset())


class Events:
    """From statements that tell events to the events, kept up as statements come and go.

    `accounts` holds what statements that agree add up to, `joined` which account each joins ("" for none), `events` the
    events; an event has the key of the account that ranks first. `above` gives the classes that a class lies below, `told_in`
    all that an article tells.
    """

    def __init__(
        self,
        tables: Tables,
        stories: Stories | None = None,
        above: Mapping[str, frozenset[str]] | None = None,
        told_in: Callable[[str], Iterable[Told]] = lambda _document: (),
    ) -> None:
        self.classes = Classes(above or {})
        self._pairings = Pairings(tables, stories or Stories(tables), self.classes, told_in)
        self._tellings: Stage[Sum[Telling]] = Stage(
            tables.table("telling", Sum[Telling]),
            lambda one: [f"account:{one.head.account}"],
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

    def update(self, changes: Changes[Told], restoried: Collection[str] = (), redated: Collection[str] = ()) -> Retold:
        """Take in statements that came, went or changed.

        `restoried` are articles that may tell another story than before, `redated` those that came, went or were published
        on another day.
        """
        empty = next(self.accounts.table.items(), None) is None
        given: set[str] = set()

        def parts(told: Told) -> Iterator[tuple[str, Account, list[str]]]:
            for part in _parts(told):
                given.add(part[0])
                yield part

        changed = fold(changes, parts, self.accounts)
        tellings = fold(changes, _tellings, self._tellings)
        roots = {key: self.event_of(key) for key in changed}
        pairings = self._pairings.update({*redated, *(one.statement.document for one in touched(changes))}, restoried)
        doubtful = self._doubtful(changed, everything=empty)
        elsewhere = (key for key, change in changed.items() if _head(change.old) != _head(change.new))
        paired = (*touched(pairings), *(pairing for key in elsewhere for pairing in self._pairings.naming(key)))
        doubtful |= {key for pairing in paired for key in pairing.accounts}
        doubtful |= {one.head.account for one in touched(tellings)}
        before = {key: self.event_of(key) for key in doubtful}
        joined = self._join(doubtful, gone=[key for key, change in changed.items() if change.new is None])
        below = {key for joiner in joined for key in self.accounts_of(joiner)} | set(joined)
        after = {key: self.event_of(key) for key in (*given, *below)}
        parted = [key for key, change in joined.items() if change.old is not None and change.new is not None]
        stale = frozenset({*roots.values(), *before.values(), *after.values()})
        return Retold(
            self._tell(stale),
            below,
            {key: frozenset({after[key], roots.get(key, after[key])}) for key in given},
            stale,
            frozenset(found[key] for key in parted for found in (before, after)),
        )

    def event_of(self, key: str) -> str:
        """The key of the event that the account `key` tells."""
        while parent := self.joined.table.get(key):
            key = parent
        return key

    def _told_by(self, account: str) -> Collection[Sum[Telling]]:
        return self._tellings.table.under(f"account:{account}").values()

    def _doubtful(self, changed: Changes[Accounts], *, everything: bool) -> set[str]:
        """The accounts that may join another one now: those that are new, and those whom one that came or went fits.

        One whose places lie elsewhere than before is new, and the one that it was before went.
        """
        fresh = {key: change for key, change in changed.items() if _head(change.old) != _head(change.new)}
        found = {key for key, change in fresh.items() if change.new is not None}
        if everything:
            return found
        for one in (summed.head for summed in touched(fresh)):
            for key in offers(one):
                others = self.accounts.table.under(f"looks:{key}")
                found |= {
                    k for k, o in others.items() if k not in found and rank(one) < rank(o.head) and fit(o.head, one)
                }
        return found

    def _join(self, doubtful: Iterable[str], gone: Iterable[str]) -> Changes[str]:
        updates: dict[str, str | None] = dict.fromkeys(gone)
        for key in sorted(doubtful):
            summed = self.accounts.table.get(key)
            if summed is not None:
                one = summed.head
                found = choose(one, list(self._before(one)))
                pairings = () if found else self._paired(key)
                found = found or self._likeliest(one, key, pairings)
                found = found or self._choose_other(one, self._told_otherwise(key, pairings))
                updates[key] = found.key if found else ""
        return self.joined.apply(updates)

    def _before(self, one: Account) -> Iterator[Account]:
        """The accounts that share something with `one`, rank before it and may be of its event."""
        mine, seen = rank(one), set()
        for key in dict.fromkeys(looks(one)):
            for identity, other in self.accounts.table.under(f"offers:{key}").items():
                if identity not in seen and rank(other.head) < mine:
                    seen.add(identity)
                    if fit(one, other.head):
                        yield other.head

    def _paired(self, key: str) -> Collection[Pairing]:
        """The pairs of articles of one story that pair an account with others."""
        return self._pairings.naming(key) if len(self._told_by(key)) <= _MANY else ()

    def _likeliest(self, one: Account, key: str, pairings: Iterable[Pairing]) -> Account | None:
        """The account that ranks before `one` and is likeliest to be of its event, of those in articles of its story."""
        mine = rank(one)
        known = [
            (probability, summed.head)
            for pairing in pairings
            for other, probability in pairing.companions(key)
            if (summed := self.accounts.table.get(other))
        ]
        earlier = [(probability, other) for probability, other in known if rank(other) < mine]
        return min(earlier, key=lambda pair: (-pair[0], rank(pair[1])))[1] if earlier else None

    def _choose_other(self, one: Account, fitting: Sequence[Account]) -> Account | None:
        return choose(one, fitting, alone=True, agree=lambda a, b: may_be_one(a, b, self.classes))

    def _told_otherwise(self, key: str, pairings: Iterable[Pairing]) -> list[Account]:
        """The accounts in articles of the same story that rank before an account and tell its event differently."""
        found = dict.fromkeys(other for pairing in pairings for late, other in pairing.otherwise if late == key)
        return [summed.head for other in found if (summed := self.accounts.table.get(other))]

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


def _head(summed: Accounts | None) -> Account | None:
    return summed.head if summed else None


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
    for summed in accounts:
        for feature in summed.counts:
            role, _, entity = feature.partition("\t")
            roles[role].add(entity)
    frozen = tuple((role, tuple(sorted(entities))) for role, entities in sorted(roles.items()))
    done = [summed.head for summed in accounts if not summed.head.planned]
    time = _time(done or [summed.head for summed in accounts])
    return Event(key, accounts[0].head.type, frozen, time, accounts[0].head.position)


def _time(accounts: Sequence[Account]) -> Time | None:
    """When it was, as far as the accounts agree: where they name days that exclude each other, from the first to the last."""
    time: Time | None = None
    others: list[Time] = []
    for own in (one.time for one in accounts if one.time):
        if time is None or edtf.compatible(time, own):
            time = edtf.more_precise(time, own) if time else own
        else:
            others.append(own)
    return edtf.spanning([time, *others]) or time if time and others else time
