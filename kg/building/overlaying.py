"""Lay people's edits over a graph that its articles made, as far as it still conforms, and take them off again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import folder
from kg.building.renewal import Delta
from kg.editing import Conflict, Edit, Effect, apply, effects, overlay, undo
from kg.vocabulary import Vocabulary

if TYPE_CHECKING:
    from kg.validation import ValidationResult


@dataclass(frozen=True, slots=True)
class Laid:
    """What edits did to a graph: the quads that came and went, and what stands against some of them."""

    edits: tuple[Edit, ...] = ()
    added: tuple[ox.Quad, ...] = ()
    withdrawn: tuple[ox.Quad, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @property
    def delta(self) -> Delta:
        """The change as a store has it."""
        return Delta(frozenset(self.added), frozenset(self.withdrawn))


def edits_of(graph: Path) -> tuple[Edit, ...]:
    """The edits of a graph folder; none where it has none."""
    return overlay.read(graph / folder.OVERLAY)


def user_edits(given: Path | str | None, graph: Path) -> tuple[Edit, ...]:
    """The edits that count for a build at `graph`: those of the file `given`, else those of the last build."""
    if given is None:
        return edits_of(graph)
    return overlay.parse(Path(given).read_bytes(), str(given))


def conflicts_of(graph: Path) -> tuple[Conflict, ...]:
    """What stood against the edits of a graph folder when they were last laid over it."""
    known = {edit.key: edit for edit in edits_of(graph)}
    found = _noted(graph)["conflicts"] if known else []
    return tuple(
        Conflict(
            known[one["edit"]],
            one["reason"],
            tuple(one["words"]),
            one["in_force"],
            tuple((language, text) for language, text in one["messages"]),
        )
        for one in found
        if one["edit"] in known
    )


def lift(store: ox.Store, graph: Path) -> Delta:
    """Take the edits off `store`, that of the folder `graph`: it holds then what the articles say."""
    if not (graph / folder.EFFECTS).is_file():
        return Delta(frozenset(), frozenset())
    lines = "".join(_noted(graph)["withdrawn"])
    came, went = undo(store, ox.parse(input=lines, format=ox.RdfFormat.N_QUADS))
    return Delta(frozenset(came), frozenset(went))


def lay(store: ox.Store, edits: Sequence[Edit], vocabulary: Vocabulary | None = None) -> Laid:
    """Lay the edits over `store`; one by which the graph would break a shape is left out, and listed as a conflict."""
    if not edits:
        return Laid()
    found = effects(store, edits, vocabulary or Vocabulary.load())
    while True:
        laid = apply(store, found)
        culprits = _culprits(store, found, laid)
        if not culprits:
            break
        _back(store, laid)
        for effect, result in culprits:
            messages = tuple(sorted(result.messages.items()))
            effect.conflicts.append(
                Conflict(effect.edit, "shape", (_place(result),), in_force=False, messages=messages)
            )
    added, withdrawn = laid
    conflicts = (conflict for effect in found for conflict in effect.conflicts)
    return Laid(tuple(edits), tuple(added), tuple(withdrawn), tuple(sorted(conflicts, key=_order)))


def files(laid: Laid, vocabulary: Vocabulary | None = None) -> dict[str, bytes]:
    """The files that a graph folder keeps of edits, by name; none where there are no edits."""
    if not laid.edits:
        return {}
    withdrawn = (ox.serialize(laid.withdrawn, format=ox.RdfFormat.N_QUADS) or b"").decode()
    noted = {
        "withdrawn": sorted(withdrawn.splitlines(keepends=True)),
        "conflicts": [
            {
                "edit": one.edit.key,
                "reason": one.reason,
                "words": one.words,
                "in_force": one.in_force,
                "messages": one.messages,
            }
            for one in laid.conflicts
        ],
    }
    text = json.dumps(noted, ensure_ascii=False, indent=1, sort_keys=True)
    written = overlay.written(laid.edits, vocabulary or Vocabulary.load())
    return {folder.OVERLAY: written, folder.EFFECTS: f"{text}\n".encode()}


def in_conflict(laid: Laid) -> int:
    """How many edits disagree with what they were laid over."""
    return len({conflict.edit.key for conflict in laid.conflicts})


def put(path: Path, laid: Laid, vocabulary: Vocabulary | None = None) -> None:
    """Write the files of the edits into the graph folder `path`, and remove them where there are no edits."""
    found = files(laid, vocabulary)
    for name in (folder.OVERLAY, folder.EFFECTS):
        if name in found:
            (path / name).write_bytes(found[name])
        else:
            (path / name).unlink(missing_ok=True)


def combined(*deltas: Delta) -> Delta:
    """Changes one after the other, as one."""
    added: frozenset[ox.Quad] = frozenset()
    gone: frozenset[ox.Quad] = frozenset()
    for delta in deltas:
        added, gone = (
            (added - delta.gone) | (delta.added - gone),
            (gone - delta.added) | (delta.gone - added),
        )
    return Delta(added, gone)


def _culprits(
    store: ox.Store, found: Sequence[Effect], laid: tuple[list[ox.Quad], list[ox.Quad]]
) -> list[tuple[Effect, ValidationResult]]:
    """The edits by which the graph breaks a shape that it did not break without them, each with what it breaks."""
    broken = _violations(store, *laid)
    if not broken:
        return []
    _back(store, laid)
    before = {_sign(result) for result in _violations(store, laid[1], laid[0])}
    blamed: list[tuple[Effect, ValidationResult]] = []
    for result in (one for one in broken if _sign(one) not in before):
        near = [effect for effect in found if effect.in_force and _touches(effect, result)]
        suspects = near or [effect for effect in found if effect.in_force]
        blamed += [(effect, result) for effect in _alone(store, found, suspects, result) or suspects]
    apply(store, found)
    seen: dict[str, tuple[Effect, ValidationResult]] = {}
    for effect, result in blamed:
        seen.setdefault(effect.edit.key, (effect, result))
    return list(seen.values())


def _alone(
    store: ox.Store, found: Sequence[Effect], suspects: Sequence[Effect], result: ValidationResult
) -> list[Effect]:
    """The latest of several edits without which the shape would hold, if there is one."""
    if len(suspects) == 1:
        return list(suspects)
    for suspect in reversed(suspects):
        others = [effect for effect in found if effect is not suspect]
        laid = apply(store, others)
        clean = _sign(result) not in {_sign(one) for one in _violations(store, *laid)}
        _back(store, laid)
        if clean:
            return [suspect]
    return []


def _violations(store: ox.Store, came: Sequence[ox.Quad], went: Sequence[ox.Quad]) -> list[ValidationResult]:
    from kg import validation  # noqa: PLC0415 - pySHACL takes half a second to import

    report = validation.validate_change(store, came, went)
    return [result for result in report.results if result.severity == "violation"]


def _back(store: ox.Store, laid: tuple[list[ox.Quad], list[ox.Quad]]) -> None:
    came, went = laid
    for quad in came:
        store.remove(quad)
    store.extend(went)


def _touches(effect: Effect, result: ValidationResult) -> bool:
    """Whether an edit has to do with the thing that breaks a shape, or with the value that breaks it."""
    ends = {getattr(end, "value", "") for q in (*effect.added, *effect.withdrawn) for end in (q.subject, q.object)}
    return result.focus in ends or (bool(result.value) and result.value in ends)


def _sign(result: ValidationResult) -> tuple[str, str, str | None]:
    return result.shape, result.focus, result.value


def _place(result: ValidationResult) -> str:
    return next(iter(result.label.values()), "") or result.focus


def _order(conflict: Conflict) -> tuple[str, str, tuple[str, ...]]:
    return conflict.edit.key, conflict.reason, conflict.words


def _noted(graph: Path) -> dict[str, Any]:
    return dict(json.loads((graph / folder.EFFECTS).read_text(encoding="utf-8")))


def merged(sets: Iterable[Sequence[Edit]]) -> tuple[Edit, ...]:
    """The edits of several graphs, each once."""
    return overlay.ordered(edit for edits in sets for edit in edits)
