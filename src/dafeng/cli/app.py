"""The command line and its entry point. Commands import what they need when they run, so that help stays quick."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from dafeng.cli import language
from dafeng.cli.commands.account import account
from dafeng.cli.commands.assess import assess, changes
from dafeng.cli.commands.batches import list_imports, undo_import
from dafeng.cli.commands.ceads import import_ceads
from dafeng.cli.commands.check import check
from dafeng.cli.commands.closing import abatement, cost, hindcast, seek
from dafeng.cli.commands.compile import compile_document
from dafeng.cli.commands.database import database
from dafeng.cli.commands.decompose import decompose
from dafeng.cli.commands.dispatch import dispatch, import_profile
from dafeng.cli.commands.district import demo, district
from dafeng.cli.commands.enterprise import enterprise, import_activity
from dafeng.cli.commands.exchange import exports, import_network
from dafeng.cli.commands.factors import factors
from dafeng.cli.commands.facts import facts
from dafeng.cli.commands.importing import imports
from dafeng.cli.commands.indicators import indicators
from dafeng.cli.commands.nowcast import nowcast
from dafeng.cli.commands.pathways import attribute, levers, project, scenarios, sensitivity
from dafeng.cli.commands.peak import peak
from dafeng.cli.commands.plan import plans
from dafeng.cli.commands.reconcile import reconcile
from dafeng.cli.commands.report import report
from dafeng.cli.commands.serve import serve
from dafeng.cli.commands.sweep import sweep
from dafeng.cli.commands.target import explain, target
from dafeng.cli.context import Context
from dafeng.cli.exits import ExitCode, code_of
from dafeng.cli.words import ZH
from dafeng.errors import DafengError

if TYPE_CHECKING:
    from dafeng.labels import Language

#: Options that may stand before or after the command.
GLOBAL = ("--city", "--lang")


class Commands(TyperGroup):
    """The commands: global options anywhere, help in the reader's language, every error in one line."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Move global options to the front, where they are parsed, then parse."""
        return super().parse_args(ctx, hoisted(args))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command and leave with its exit code; without `standalone_mode` give the code back."""
        extra |= {"prog_name": prog_name, "complete_var": complete_var, "windows_expand_args": windows_expand_args}
        given = list(sys.argv[1:] if args is None else args)
        tongue = language.chosen(language.asked(given))
        if tongue == "zh":
            translate(self)
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        code = self._run(given, tongue, extra)
        if standalone_mode:
            sys.exit(code)
        return code

    def _run(self, given: list[str], tongue: Language, extra: dict[str, Any]) -> int:
        from dafeng.cli import output

        out = output.Output(tongue)
        json = "--json" in given
        try:
            result = super().main(given, standalone_mode=False, **extra)
            sys.stdout.flush()
        except DafengError as error:
            if json:
                sys.stderr.write(output.as_json(output.error_record(error)) + "\n")
            else:
                out.error(error)
            return code_of(error)
        except typer.TyperException as error:
            message = error.format_message()
            if json:
                record = {"error": {"code": "usage", "message": message}}
                sys.stderr.write(output.as_json(record) + "\n")
            else:
                sys.stderr.write(f"dafeng: {message}\n" + out.say("'dafeng --help' lists the commands.") + "\n")
            return ExitCode.USAGE
        except (KeyboardInterrupt, typer.Abort):
            sys.stderr.write(out.say("interrupted") + "\n")
            return ExitCode.INTERRUPTED
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return ExitCode.FINE
        except Exception as error:
            if os.environ.get("DAFENG_DEBUG"):
                raise
            text = out.say("a fault of dafeng itself: {error}. Set DAFENG_DEBUG=1 to see where.", error=repr(error))
            sys.stderr.write(f"dafeng: {text}\n")
            return ExitCode.INTERNAL
        return int(result) if isinstance(result, int) else ExitCode.FINE


def hoisted(args: Sequence[str]) -> list[str]:
    """Move the global options and their values to the front; what follows -- stays where it is."""
    front: list[str] = []
    rest: list[str] = []
    waiting = list(args)
    while waiting:
        argument = waiting.pop(0)
        if argument == "--":
            rest += [argument, *waiting]
            break
        if argument in GLOBAL and waiting:
            front += [argument, waiting.pop(0)]
        elif argument.startswith(tuple(f"{name}=" for name in GLOBAL)):
            front.append(argument)
        else:
            rest.append(argument)
    return front + rest


def translate(command: Any) -> None:
    """Put the Chinese help in place of the English one, in a command and all below it."""
    for holder in (command, *command.params):
        text = getattr(holder, "help", None)
        if text:
            holder.help = ZH.get(" ".join(text.split()), text)
    help_option = command.get_help_option

    def translated(ctx: Any) -> Any:
        option = help_option(ctx)
        if option is not None and option.help:
            option.help = ZH.get(option.help, option.help)
        return option

    command.get_help_option = translated
    for below in getattr(command, "commands", {}).values():
        translate(below)


app = typer.Typer(
    name="dafeng",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from dafeng import __version__

        typer.echo(f"dafeng {__version__}")
        raise typer.Exit


@app.callback()
def dafeng(
    ctx: typer.Context,
    city: Annotated[
        str | None,
        typer.Option("--city", metavar="NAME|PATH", help="City pack: a name that comes with dafeng, or a path."),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="zh|en", help="Language of tables and messages; that of the locale by default."),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """What a city's carbon-peaking plan promised, what the evidence says, and where every number comes from."""
    if lang not in (None, *language.CHOICES):
        raise typer.BadParameter(f"'{lang}' is not a language of dafeng; write zh or en", param_hint="--lang")
    ctx.obj = Context(city, language.chosen(lang or ""))


app.command()(assess)
app.command("compile")(compile_document)
app.command()(target)
app.command()(explain)
app.command()(facts)
app.command()(check)
app.command()(changes)
app.command()(account)
app.command()(reconcile)
app.command()(decompose)
app.command()(peak)
app.command()(nowcast)
app.command()(indicators)
app.command()(project)
app.command()(scenarios)
app.command()(levers)
app.command()(attribute)
app.command()(seek)
app.command()(hindcast)
app.command()(cost)
app.command()(abatement)
app.command()(sensitivity)
app.command()(dispatch)
app.command()(sweep)
app.command()(serve)
imports.command("activity")(import_activity)
imports.command("list")(list_imports)
imports.command("undo")(undo_import)
imports.command("ceads")(import_ceads)
imports.command("profile")(import_profile)
imports.command("network")(import_network)
app.add_typer(imports, name="import")
app.add_typer(exports, name="export")
app.add_typer(database, name="database")
app.add_typer(factors, name="factors")
app.add_typer(enterprise, name="enterprise")
app.add_typer(district, name="district")
app.add_typer(demo, name="demo")
app.add_typer(report, name="report")
app.add_typer(plans, name="plan")


def main() -> None:
    """Run `dafeng`."""
    app(prog_name="dafeng")
