"""Write into README.md what the package itself knows: the help texts of the commands, the list of saved questions."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli import main
from kg.questions import saved

README = Path(__file__).resolve().parents[1] / "README.md"
WIDTH = 100


def help_texts() -> str:
    """What each command says to --help, in the order in which `kg --help` lists them."""
    top = click.Context(main, info_name="kg", terminal_width=WIDTH, **main.context_settings)
    texts = [_block("kg", main.get_help(top))]
    for name in main.list_commands(top):
        command = main.get_command(top, name)
        if command is not None and not command.hidden:
            texts += _help(command, click.Context(command, parent=top, info_name=name, terminal_width=WIDTH))
    return "\n".join(texts)


def _help(command: click.Command, context: click.Context) -> list[str]:
    """What a command says to --help, and then what each of its own commands says."""
    texts = [_block(context.command_path, command.get_help(context))]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            if below := command.get_command(context, name):
                texts += _help(below, click.Context(below, parent=context, info_name=name, terminal_width=WIDTH))
    return texts


def questions() -> str:
    """The saved questions as a table, with the values that each takes."""
    rows = ["| saved question | answers | `--with` |", "|---|---|---|"]
    for question in saved():
        takes = ", ".join(f"`{name}`" for name in question.parameters)
        rows.append(f"| `{question.name}.rq` | {question.title('en')} | {takes} |")
    return "\n".join(rows) + "\n"


def filled(text: str) -> str:
    """`text` with its generated parts as they are to be now."""
    for name, content in {"help": help_texts(), "questions": questions()}.items():
        begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
        before, rest = text.split(begin)
        text = before + begin + content + rest[rest.index(end) :]
    return text


def _block(command: str, text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return f"<details><summary><code>{command}</code></summary>\n\n```text\n{lines}\n```\n\n</details>\n"


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
