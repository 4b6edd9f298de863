"""Last step of an eval run: the outcome as JUnit XML, which CI systems show."""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from evals.cases import HELD_BACK
from evals.scoring import DECIDING, Result


def junit(results: Sequence[Result], totals: Mapping[str, Any]) -> str:
    """A suite with a test for each case, and one with a test for the gate; held-back cases are named by id alone."""
    suites = Element("testsuites", name="evals")
    cases = SubElement(suites, "testsuite", name="known answers")
    for result in results:
        case = SubElement(cases, "testcase", classname=f"{result.case.split}.{result.case.kind}", name=result.case.id)
        case.set("time", f"{result.answer.elapsed_ms / 1000:.3f}")
        if result.right.value is None:
            SubElement(case, "skipped", message=_told(result))
        elif result.right.value != 1.0:
            failure = SubElement(case, "failure", message=_told(result), type="wrong")
            failure.text = _told_at_length(result)
    cases.set("tests", str(len(results)))
    cases.set("failures", str(len(cases.findall("testcase/failure"))))
    cases.set("skipped", str(len(cases.findall("testcase/skipped"))))
    _gate(suites, totals)
    indent(suites)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(suites, encoding="unicode") + "\n"


def _gate(suites: Element, totals: Mapping[str, Any]) -> None:
    """A wrong answer that the baseline knows is no reason to stop; what is here is."""
    suite = SubElement(suites, "testsuite", name="gate")
    changed = totals.get("baseline", {})
    stops = {
        "thresholds": totals["below_threshold"],
        "right cases stay right": changed.get("broken", []),
        "changed expectations are accepted": changed.get("edited", []),
        "no case is dropped": changed.get("gone", []),
    }
    for name, reasons in stops.items():
        case = SubElement(suite, "testcase", classname="gate", name=name)
        if reasons:
            SubElement(case, "failure", message=f"{len(reasons)}", type="gate").text = "\n".join(reasons)
    suite.set("tests", str(len(stops)))
    suite.set("failures", str(sum(bool(reasons) for reasons in stops.values())))


def _told(result: Result) -> str:
    if result.case.split == HELD_BACK:
        return "held back: " + ", ".join(name for name in DECIDING if result.scores[name].value == 0.0)
    return _printable(result.right.reason)


def _told_at_length(result: Result) -> str:
    if result.case.split == HELD_BACK:
        return ""
    return _printable(f"{result.case.question}\n\n{result.answer.answer}")


def _printable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(sign for sign in text if sign in "\n\t" or ord(sign) >= 32)
