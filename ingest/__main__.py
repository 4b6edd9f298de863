"""``python -m ingest``: the command line for those who look after the documents and the index."""

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from corpus.embedder import Embedder
from corpus.errors import SettingsError
from corpus.manifest import read_manifest
from corpus.piped import ended_cleanly
from corpus.settings import BUILT_IN_MODEL, Settings, load_settings
from ingest import changing, commands
from ingest.gate import Gate, Verdict
from ingest.progress import Progress

ANSWERS_FOLDER = "known-answers"  # of the latest generations, so that the live one is not asked again
FIELDS = {
    "title": "its title",
    "publisher": "who published it",
    "date": "when: 2024, 2024-06 or 2024-06-19",
    "kind": "what it is, in a Swedish word that readers see",
    "url": "where it is published",
    "dnr": "the number of the case that it belongs to",
}


def parser() -> argparse.ArgumentParser:
    """The command line's grammar; every command's function stands beside it."""
    top = argparse.ArgumentParser(
        prog="python -m ingest",
        description="Keep the index in line with the documents. Exit codes: 0 done, 1 a check failed, 2 wrong use.",
    )
    adding = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, run: commands.Command, text: str, *, json: bool = False) -> argparse.ArgumentParser:
        made = adding.add_parser(name, help=text, description=text)
        made.set_defaults(run=run, gate=known_answers)
        if json:
            made.add_argument("--json", action="store_true", help="print JSON, and nothing else, on stdout")
        return made

    _add_sync(
        command(
            "sync", changing.sync, "bring the index in line with the bundled documents, uploads and folders", json=True
        )
    )
    _add_file(command("add", changing.add, "copy a file into the uploads and publish it"))
    remove = command(
        "remove", changing.remove, "drop an uploaded document, one of a remembered folder, or such a folder"
    )
    remove.add_argument("name", metavar="ID", help="a document's id, or a remembered folder's path")
    _add_force(remove)
    command("list", commands.list_documents, "list the published documents", json=True)
    command("status", commands.status, "say what is published and where documents are taken from", json=True)
    command("history", commands.show_history, "say who published what, when, and with which result", json=True)
    show = command("show", commands.show, "print a document's stored text, exactly")
    show.add_argument("document_id", metavar="DOCUMENT_ID", help="as in the list")
    command("verify", commands.verify, "check the published generation for damage and search it for its own passages")
    command("rollback", commands.rollback, "publish the generation before the present one; a second time undoes it")
    backup = command("backup", commands.backup, "write the data folder to a .tar.gz archive")
    backup.add_argument("file", metavar="FILE", help="the archive to write")
    restore = command("restore", commands.restore, "put the data folder back as a backup holds it")
    restore.add_argument("file", metavar="FILE", help="an archive that backup wrote")
    return top


def _add_sync(sync: argparse.ArgumentParser) -> None:
    sync.add_argument(
        "--documents",
        action="append",
        metavar="DIR",
        help="take in the files of this folder, now and at every later sync; may be given repeatedly",
    )
    sync.add_argument(
        "--dry-run", action="store_true", help="only say which documents and passages would come, change and go"
    )
    sync.add_argument(
        "--fetch",
        nargs="*",
        metavar="ID",
        help="first download the sources that lie at an address, or those named, where they are newer",
    )
    _add_force(sync)


def _add_file(add: argparse.ArgumentParser) -> None:
    add.add_argument(
        "file", metavar="FILE_OR_URL", help="an address, or a PDF, Word, OpenDocument, HTML, Markdown or text file"
    )
    add.add_argument("--id", help="its id (default: that of its front matter, else its name)")
    for name, what in FIELDS.items():
        add.add_argument(f"--{name}", help=f"{what} (default: what the file says)")
    _add_force(add)


def _add_force(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--force", action="store_true", help="publish even if known answers get worse; the history records it"
    )


def known_answers(settings: Settings, embedder: Embedder, progress: Progress) -> Gate:
    """The gate of the command line: the known answers, asked of the candidate and of the live index."""

    def gate(candidate: Path, published: Path | None) -> Verdict:
        if published is None:
            return Verdict(True, "nothing was live to compare with")
        from assistant.startup import assistant_over, silence_telemetry

        silence_telemetry()
        from corpus.index import ChromaIndex
        from evals.candidate import Asked, compare, program_version
        from evals.cases import case_files, load_cases
        from evals.thresholds import load_thresholds

        def kept(generation: Path, model: Embedder) -> Path:
            return answers / f"{generation.name}-{program_version(model.name, settings.max_question_chars)}.jsonl"

        answers = settings.data_dir / ANSWERS_FOLDER
        new = ChromaIndex(candidate)
        old: ChromaIndex | None = None
        try:
            live, model = None, _model_of(published, embedder)
            if model is not None:
                old = ChromaIndex(published)
                live = Asked(assistant_over(old, model, settings).ask, old, kept(published, model))
            asked = Asked(assistant_over(new, embedder, settings).ask, new, kept(candidate, embedder))
            told = partial(progress, "Asking the known answers")
            found = compare(asked, live, load_cases(case_files()), load_thresholds(), told)
        finally:
            new.close()
            if old is not None:
                old.close()
        for path in answers.iterdir():
            if not path.name.startswith((candidate.name, published.name)):
                path.unlink()
        return Verdict(found.holds, found.summary, found.changed)

    return gate


def _model_of(published: Path, embedder: Embedder) -> Embedder | None:
    """The model that the live index is searched with: the present one, or the built-in one that was used before."""
    from corpus.embedder import load_embedder

    name = read_manifest(published).embedding_model
    known = (embedder, load_embedder(BUILT_IN_MODEL))
    return next((model for model in known if model.name == name), None)


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
    sys.exit(ended_cleanly(main))
