"""``python -m ingest``: the command line for those who look after the documents and the index."""

import argparse
import sys
from collections.abc import Sequence

from corpus.errors import SettingsError
from corpus.settings import load_settings
from ingest import commands


def parser() -> argparse.ArgumentParser:
    """The command line's grammar; every command's function stands beside it."""
    top = argparse.ArgumentParser(
        prog="python -m ingest",
        description="Keep the index in line with the documents. Exit codes: 0 done, 1 a check failed, 2 wrong use.",
    )
    adding = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: commands.Command, text: str, *, json: bool = False) -> argparse.ArgumentParser:
        made = adding.add_parser(name, help=text, description=text)
        made.set_defaults(run=run)
        if json:
            made.add_argument("--json", action="store_true", help="print JSON, and nothing else, on stdout")
        return made

    sync = command(
        "sync", commands.sync, "bring the index in line with the bundled documents, uploads and folders", json=True
    )
    sync.add_argument(
        "--documents",
        action="append",
        metavar="DIR",
        help="take in the text and Markdown files of this folder, now and at every later sync; may be given repeatedly",
    )
    command("list", commands.list_documents, "list the published documents", json=True)
    command("status", commands.status, "say what is published and where documents are taken from", json=True)
    show = command("show", commands.show, "print a document's stored text, exactly")
    show.add_argument("document_id", metavar="DOCUMENT_ID", help="as in the list")
    command("verify", commands.verify, "check the published generation for damage and search it for its own passages")
    command("rollback", commands.rollback, "publish the generation before the present one; a second time undoes it")
    remove = command(
        "remove", commands.remove, "drop an uploaded document, one of a remembered folder, or such a folder"
    )
    remove.add_argument("name", metavar="ID", help="a document's id, or a remembered folder's path")
    add = command("add", commands.add, "copy a text or Markdown file into the uploads and publish it")
    add.add_argument("file", metavar="FILE", help="the file; its id comes from its front matter, or else its name")
    backup = command("backup", commands.backup, "write the data folder to a .tar.gz archive")
    backup.add_argument("file", metavar="FILE", help="the archive to write")
    restore = command("restore", commands.restore, "put the data folder back as a backup holds it")
    restore.add_argument("file", metavar="FILE", help="an archive that backup wrote")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0, 1 (a check failed, nothing published) or 2 (wrong use, bad input)."""
    options = parser().parse_args(arguments)
    try:
        settings = load_settings()
    except SettingsError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    try:
        return commands.run(options.run, settings, options)
    except KeyboardInterrupt:
        print("interrupted; what was published is as it was", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
