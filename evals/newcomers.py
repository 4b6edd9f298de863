"""Rules of the gate for new documents, each by itself: what they may answer in the place of what was known."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from assistant.models import Answer
from evals.scoring import DECIDING, Result

# What each new document may do, whatever comes with it: answer in the place of right answers about so many facts, in no
# more than half of the wordings of one that is asked in several; and, of the questions that no document was known to
# answer, answer so many before it is noise that answers, and no longer news.
MAX_FACTS_TAKEN = 1
MAX_WORDINGS_RATIO = 0.5
MAX_NEWS_RATIO = 0.1
MIN_NEWS = 2

Pair = tuple[Result, Result]
"""What the live index and the candidate made of a case."""
IsNew = Callable[[str], bool]


def news(pairs: Sequence[Pair], is_new: IsNew) -> list[Pair]:
    """What new documents answer, and no others, though no document was known to say it; not what is too much of one."""
    in_vain = [pair for pair in pairs if pair[1].case.status == "not_in_sources"]
    found = [pair for pair in in_vain if pair[1].answer.status == "answered" and _new_of(pair[1].answer, is_new)]
    facts: dict[str, set[str]] = defaultdict(set)
    for _, now in found:
        for name in _new_of(now.answer, is_new):
            facts[name].add(_fact(now))
    most = max(MIN_NEWS, MAX_NEWS_RATIO * len({_fact(now) for _, now in in_vain}))
    return [pair for pair in found if all(len(facts[name]) <= most for name in _new_of(pair[1].answer, is_new))]


def said_again(pairs: Sequence[Pair], is_new: IsNew) -> list[Pair]:
    """What answers with new documents say as it was said before: right but for the passage that was known to prove it,
    and, in an answer of yes or no, for what it adds."""

    def is_as_right(now: Result) -> bool:
        failed = {name for name in DECIDING if now.scores[name].value == 0.0}
        said = now.case.verdict is not None and now.scores["verdict"].value == 1.0
        return failed <= ({"evidence", "facts"} if said else {"evidence"})

    def is_with_new(now: Result) -> bool:
        return any(is_new(citation.document_id) for citation in now.answer.citations)

    return [pair for pair in pairs if is_lost(pair) and is_with_new(pair[1]) and is_as_right(pair[1])]


def is_lost(pair: Pair) -> bool:
    """Whether the live index answers right and the candidate does not."""
    return is_right(pair[0]) and not is_right(pair[1])


def _new_of(answer: Answer, is_new: IsNew) -> frozenset[str]:
    """The documents that an answer is made of, where all of them are new; else none."""
    cited = frozenset(citation.document_id for citation in answer.citations)
    return cited if all(is_new(document_id) for document_id in cited) else frozenset()


def _fact(result: Result) -> str:
    """What a case asks about; several ask about the same in other words."""
    return result.case.fact or result.case.id


def taken_facts(new: Sequence[Result], old: Sequence[Result], is_new: IsNew) -> frozenset[str]:
    """What right answers were about that new documents answer wrongly now; all wordings are needed to judge them."""
    lost = [now for was, now in zip(old, new, strict=True) if is_lost((was, now))]
    return frozenset(_fact(now) for now in lost if _is_false(now) and _new_of(now.answer, is_new))


def taken_over(pairs: Sequence[Pair], lost: Sequence[Pair], is_new: IsNew) -> list[str]:
    """What each new document answers in the place of right answers that it may not."""
    right = Counter(_fact(was) for was, _ in pairs if is_right(was))
    by: dict[str, Counter[str]] = defaultdict(Counter)
    for now in (now for _, now in lost if _is_false(now)):
        for name in _new_of(now.answer, is_new):
            by[name][_fact(now)] += 1
    found = []
    for name, wrong in sorted(by.items()):
        overturned = [fact for fact, n in wrong.items() if n > 1 and n > MAX_WORDINGS_RATIO * right[fact]]
        if len(wrong) > MAX_FACTS_TAKEN:
            found.append(f"{name} answers in the place of right answers about {len(wrong)} facts")
        elif overturned:
            n_right = right[overturned[0]]
            found.append(f"{name} answers in the place of {wrong.total()} of {n_right} right answers to one question")
    return found


def _is_false(result: Result) -> bool:
    """Whether a wrong answer says something else; one that only withholds a yes or no is lost, and no falsehood."""
    return result.case.verdict is None or result.answer.verdict not in (None, result.case.verdict)


def is_right(result: Result) -> bool:
    """Whether nothing that decides is wrong with an answer."""
    return result.right.value == 1.0
