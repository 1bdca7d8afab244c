"""Take values out of JSON that people write; what is wrong is told with the file and the field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from kg.errors import UnreadableError
from kg.evaluation.values import Place, Roles


class AnnotationError(UnreadableError):
    """An annotation or a record is not as it should be: mend the field that the message names."""


@dataclass(frozen=True, slots=True)
class Field:
    """The value that stands at `path` of `file`: `Field("a.json", "mentions[3].end", 12)`."""

    file: str
    path: str
    value: Any

    def wrong(self, wanted: str) -> NoReturn:
        """Say that there should be something else."""
        found = "is missing" if self.value is None else f"is {json.dumps(self.value, ensure_ascii=False)[:80]}"
        raise AnnotationError(f"{self.file}: {self.path or 'the whole'} {found}; it must be {wanted}")

    def __getitem__(self, name: str) -> Field:
        """The field `name` of an object; its value is None where the object does not have it."""
        if not isinstance(self.value, dict):
            self.wrong("an object")
        return Field(self.file, f"{self.path}.{name}" if self.path else name, self.value.get(name))

    def __iter__(self) -> Iterator[Field]:
        """The members of a list; none where there is no list."""
        if not isinstance(self.value, list | None):
            self.wrong("a list")
        for number, member in enumerate(self.value or ()):
            yield Field(self.file, f"{self.path}[{number}]", member)

    def __bool__(self) -> bool:
        return bool(self.value)

    def named(self) -> Iterator[tuple[str, Field]]:
        """The fields of an object, by name; none where there is no object."""
        if not isinstance(self.value, dict | None):
            self.wrong("an object")
        for name in self.value or ():
            yield name, self[name]

    def text(self) -> str:
        """A text that is not empty."""
        if not isinstance(self.value, str) or not self.value:
            self.wrong("a text")
        return self.value

    def optional(self) -> str | None:
        """A text, or None where there is none."""
        return None if self.value is None else self.text()

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(member.text() for member in self)

    def offset(self) -> int:
        """A place in a text, counted from 0."""
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < 0:
            self.wrong("a whole number from 0 up")
        return self.value

    def number(self) -> float | None:
        """Any number, or None where there is none."""
        if not isinstance(self.value, int | float | None) or isinstance(self.value, bool):
            self.wrong("a number")
        return self.value

    def place(self) -> Place:
        """The place that `start` and `end` give, with its words as `text`."""
        start, end = self["start"].offset(), self["end"].offset()
        if end <= start:
            self["end"].wrong(f"above start, which is {start}")
        return Place(start, end, self["text"].optional() or "")

    def roles(self) -> Roles:
        """An object of lists of ids."""
        return tuple((role, fillers.texts()) for role, fillers in self.named())


def parsed(file: str, text: str, *, path: str = "") -> Field:
    """The JSON object `text` of a file."""
    try:
        value = json.loads(text)
    except ValueError as error:
        raise AnnotationError(f"{file}: {f'{path}: ' if path else ''}this is not JSON ({error}); mend it") from error
    field = Field(file, path, value)
    if not isinstance(value, dict):
        field.wrong("an object")
    return field
