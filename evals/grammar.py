"""The grammar of the eval suite's command line."""

import argparse
from pathlib import Path

DESCRIPTION = "Command line of the eval suite: known answers and their baseline, stress runs, benchmarks and training."


def parser() -> argparse.ArgumentParser:
    """The command line's grammar."""
    top = argparse.ArgumentParser(prog="python -m evals", description=DESCRIPTION)
    commands = top.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="ask the known answers; exits 1 below the thresholds or the baseline")
    run.add_argument(
        "--answerer",
        choices=("extractive", "model"),
        default="extractive",
        help="who answers: the sentences found (default), or the chat model of FRAGA_CHAT_MODEL with them",
    )
    _cases(run)
    _answers(run)
    _output(run)
    check = commands.add_parser("check", help="check the case files against the documents, without asking")
    _cases(check)
    check.add_argument("--coverage", action="store_true", help="also list the sentences that no case has as evidence")
    baseline = commands.add_parser("baseline", help="accept how the known answers stand now, and tighten the gates")
    baseline.add_argument("--reason", required=True, metavar="TEXT", help="why; kept in evals/baseline-log.md")
    _answers(baseline)
    baseline.add_argument(
        "--lower-thresholds", action="store_true", help="also loosen the thresholds that the run does not reach"
    )
    _stress(commands)
    _benchmarks(commands)
    return top


def _stress(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    mutate = commands.add_parser("mutate", help="spoil right answers and count how many the metrics find wrong")
    _cases(mutate)
    _answers(mutate)
    mutate.add_argument("--n", type=int, default=300, help="answers to spoil (default: 300)")
    mutate.add_argument("--seed", type=int, default=1, help="what the draw begins with (default: 1)")
    _output(mutate)
    metamorphic = commands.add_parser("metamorphic", help="put the questions otherwise and count the answers that stay")
    _cases(metamorphic)
    metamorphic.add_argument(
        "--sample",
        type=int,
        default=400,
        metavar="N",
        help="cases drawn, as many of each kind as its share (default: 400; 0: all)",
    )
    metamorphic.add_argument("--seed", type=int, default=1, help="what the draw begins with (default: 1)")
    metamorphic.add_argument(
        "--distractors", type=int, default=1000, metavar="N", help="other documents around (default: 1000; 0: none)"
    )
    _documents(metamorphic, "statutes in ../shared where they are there, else made up")
    _output(metamorphic)
    crowded = commands.add_parser("crowded", help="ask with many other documents around and count what is lost")
    _cases(crowded)
    _documents(crowded, "statutes in ../shared")
    crowded.add_argument(
        "--index", type=Path, metavar="DIR", help="data folder of an index that holds the crowd, as scale --keep leaves"
    )
    _output(crowded)


def _documents(command: argparse.ArgumentParser, default: str) -> None:
    command.add_argument(
        "--documents", type=Path, metavar="PATH", help=f"folder or tar archive of other documents (default: {default})"
    )


def _cases(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--cases", nargs="+", type=Path, metavar="FILE", help="YAML or JSONL files (default: the project's)"
    )
    command.add_argument("--split", choices=("dev", "heldout"), help="only the cases of one split")


def _answers(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--answers", type=Path, metavar="FILE", help="score a report's answers.jsonl, without asking again"
    )


def _output(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print the figures as JSON on stdout")
    command.add_argument(
        "--report", type=Path, metavar="DIR", help="folder for the report (default: in the data folder)"
    )


def _benchmarks(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    retrieval = commands.add_parser("retrieval", help="rank a set's passages by BM25, dense and hybrid search")
    retrieval.add_argument("set_dir", type=Path, metavar="SET_DIR", help="folder with passages.jsonl, questions.jsonl")
    retrieval.add_argument("--model", metavar="NAME", help="embedding model (default: FRAGA_EMBEDDING_MODEL)")
    retrieval.add_argument(
        "--questions", type=Path, metavar="FILE", help="JSONL with other wordings of the set's questions: id, question"
    )
    retrieval.add_argument("--json", action="store_true", help="print the figures as JSON on stdout")
    train = commands.add_parser("train", help="train the built-in embedding model")
    train.add_argument(
        "data_dir", type=Path, metavar="DATA_DIR", help="folder with corpora, pairs, parallel, synonyms and sts"
    )
    train.add_argument("out_dir", type=Path, metavar="OUT_DIR", help="folder for the model, its card and its figures")
    train.add_argument(
        "--card-only", action="store_true", help="measure the model that OUT_DIR holds and write its card anew"
    )
    scale = commands.add_parser("scale", help="build an index of many passages; its size, speed and recall as JSON")
    scale.add_argument("data_dir", type=Path, metavar="DATA_DIR", help="folder with corpora and pairs")
    scale.add_argument("--passages", type=int, default=10_000, help="about how many (default: 10,000)")
    scale.add_argument(
        "--keep", type=Path, metavar="DIR", help="folder for the index, which is built once (default: thrown away)"
    )
    bench = commands.add_parser("bench", help="CPU time of a question, start-up time of the commands")
    bench.add_argument("--rounds", type=int, default=3, help="times that everything is measured (default: 3)")
    bench.add_argument("--json", action="store_true", help="print the figures as JSON on stdout")
    chat = commands.add_parser("chat", help="play scripted chat models, liars among them; 1 where a lie gets through")
    chat.add_argument("--answers", type=int, default=500, metavar="N", help="of the liars together (default: 500)")
    chat.add_argument("--json", action="store_true", help="print the figures as JSON on stdout")
    others = commands.add_parser("others", help="verdicts on public documents that the project does not hold")
    others.add_argument("data_dir", type=Path, metavar="DATA_DIR", help="folder with corpora")
    others.add_argument("--questions", type=int, default=10_000, help="so many, drawn with a fixed seed (default: all)")
    others.add_argument("--json", action="store_true", help="print the figures as JSON on stdout")
    ingestion = commands.add_parser("ingestion", help="how fast documents become an index, beside Chroma alone")
    ingestion.add_argument("corpora", type=Path, metavar="CORPORA", help="folder with the two corpora")
    ingestion.add_argument("--documents", type=int, default=1000, help="of each corpus (default: 1000)")
    ingestion.add_argument("--pdfs", type=int, default=300, help="typeset from the statutes (default: 300)")
    ingestion.add_argument("--memory", action="store_true", help="only the memory, of one, two and four times as many")
    ingestion.add_argument("--json", action="store_true", help="print the figures as JSON on stdout")
