"""One fact or number whose source changes from article to article, or is lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from kg.ledger import AboutKind, Contradiction
from kg.model import Question, content_hash
from kg.resolving.accounts import Account, World, before, same_party
from kg.resolving.contradictions.numbers import counts, is_part, plans, quantity, words

_SOON = 3  # days
_FEW = 10  # so small a number is told by many
_MANY = 100  # what is not, is retold without a source as a matter of course


def by_question(question: Question, accounts: Sequence[Account], world: World) -> Iterator[Contradiction]:
    """One number that answers a question, attributed otherwise in later articles; one contradiction for each number.

    Of articles of which nobody knows which came first, both must name who says it. That one names nobody soon after
    another named somebody, is how news is retold.

    Block: one question. Members: the claims that answer it.
    """
    by_number: dict[tuple[Decimal, bool], list[Account]] = defaultdict(list)
    for account in accounts:
        if counts(account) or plans(account):
            by_number[quantity(account).stated, plans(account)].append(account)

    def strays(earlier: Account, later: Account) -> bool:
        if quantity(earlier).stated < (_MANY if not later.sources else _FEW):
            return False
        if not later.sources and _within_days(earlier, later):
            return False
        return not any(
            is_part(x, y, question, world) or is_part(y, x, question, world)
            for x in earlier.places
            for y in later.places
        )

    def named(account: Account) -> bool:
        sources = account.claim.attributed_to
        return bool(sources) and all(s in world.entities and world.entities[s].type != "group" for s in sources)

    for (_, planned), told in sorted(by_number.items()):
        stated = words(told)[0] + (" planned" if planned else "")
        if found := _drift("question", question.key, told, stated, strays, named):
            yield found


def by_copy(accounts: Sequence[Account], wording: Callable[[str], str]) -> Iterator[Contradiction]:
    """What one copied passage tells, with a source that an edit changed; `wording` gives a document's version of it.

    Word for word the same passage names the same source, whatever was made of it.

    Block: one copied passage. Members: the claims about events that were read from it.
    """
    by_event: dict[tuple[str, str], list[Account]] = defaultdict(list)
    for account in accounts:
        if account.claim.subject and account.claim.type == "EventClaim":
            by_event[account.claim.subject, account.claim.modality].append(account)
    for (event, _), told in sorted(by_event.items()):
        versions = [{wording(document) for document in account.documents} for account in told]
        if not set.intersection(*versions) and (
            found := _drift("event", event, told, "", lambda _earlier, _later: True)
        ):
            yield found


def _within_days(earlier: Account, later: Account) -> bool:
    if not earlier.first or not later.first:
        return True
    return (date.fromisoformat(later.first[0]) - date.fromisoformat(earlier.first[1])).days <= _SOON


def _drift(
    kind: AboutKind,
    about: str,
    accounts: Sequence[Account],
    number: str,
    strays: Callable[[Account, Account], bool],
    named: Callable[[Account], bool] = lambda _account: False,
) -> Contradiction | None:
    """The claims whose sources are others than those that an earlier one names.

    Of two that are `named` it does not matter which is the earlier.
    """
    told = sorted(
        (a for a in accounts if a.first or named(a)), key=lambda a: (a.first is None, a.first or ("",), a.claim.key)
    )
    changed: dict[str, Account] = {}
    for index, earlier in enumerate(told):
        for later in told[index + 1 :]:
            in_turn = earlier.sources and before(earlier.first, later.first)
            beside = named(earlier) and named(later) and not earlier.documents & later.documents
            if (in_turn or beside) and not same_party(earlier, later) and strays(earlier, later):
                changed[earlier.claim.key] = earlier
                changed[later.claim.key] = later
    if not changed:
        return None
    sides = tuple(sorted(changed, key=lambda key: (changed[key].first or ("",), key)))
    days = tuple((changed[key].first or ("", ""))[0] for key in sides)
    key = content_hash("contradiction", "attribution", about, number)
    return Contradiction(key, "attribution", kind, about, sides, (number, *days) if number else days)
