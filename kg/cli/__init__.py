"""The `kg` command; each subcommand is a module of this package, loaded when it is called."""

from __future__ import annotations

import ast
import difflib
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

import kg
from kg.errors import KgError

INTERRUPTED = 130
PIPE_CLOSED = 141
STORE_ERROR = 4


class _PipeClosed(Exception):
    """Whoever read our output has gone; click itself would make exit code 1 of that, which means something else here."""


class Commands(click.Group):
    """The modules of this package as commands; listing them reads their sources and imports none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands, sorted; a command `a-b` is the module `a_b`."""
        return sorted(
            _called(module.name) for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of the module `cmd_name`, or None."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{_module(cmd_name)}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with the nearest names beside an unknown one."""
        if args and args[0] not in self.list_commands(ctx) and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], self.list_commands(ctx))
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            ctx.fail(f"No such command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """As click does it, but for a closed pipe."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _PipeClosed from error

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> NoReturn:  # type: ignore[override]
        """Run a command and exit; whatever goes wrong becomes a line on stderr, and an exit code."""
        extra["standalone_mode"] = False
        sys.exit(self._run(args, prog_name or "kg", extra))

    def _run(self, args: Sequence[str] | None, prog_name: str, extra: dict[str, Any]) -> int:
        try:
            result = super().main(args, prog_name, **extra)
            sys.stdout.flush()
        except click.ClickException as error:
            error.show()
            return error.exit_code
        except KgError as error:
            click.echo(f"kg: {error}", err=True)
            return error.exit_code
        except (KeyboardInterrupt, click.Abort):
            click.echo("kg: interrupted", err=True)
            return INTERRUPTED
        except (_PipeClosed, BrokenPipeError):
            # The interpreter must not fail again when it flushes at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return PIPE_CLOSED
        except OSError as error:
            click.echo(f"kg: {error}", err=True)
            return STORE_ERROR
        return result if isinstance(result, int) else 0

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in `kg --help`."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary(name)) for name in self.list_commands(ctx)])


def _called(module: str) -> str:
    return module.replace("_", "-")


def _module(command: str) -> str:
    return command.replace("-", "_")


def summary(name: str) -> str:
    """The first sentence of a command's help, read from its source: importing all commands would take a second."""
    source = (Path(__file__).parent / f"{_module(name)}.py").read_text(encoding="utf-8")
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.name == "command":
            return " ".join((ast.get_docstring(node) or "").split("\n\n")[0].split())
    return ""


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(kg.__version__, prog_name="kg")
def main() -> None:
    """News articles in, a validated knowledge graph out, questions answered.

    Exit codes: 0 good, 1 the data does not conform or nothing was found, 2 the call is wrong, 3 the input cannot be
    read, 4 the store cannot be used, 5 finished but some articles were set aside, 130 interrupted.
    """
