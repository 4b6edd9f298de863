from pathlib import Path

import pytest

from corpus.errors import SettingsError
from corpus.knowledge import Knowledge, load_knowledge
from corpus.lemmas import root

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
FILES = {
    "bodies.yaml": """
actor_kinds: {nämnd: kommun, kommun: ""}
bodies:
  - {id: pn, name: Parknämnden, aliases: [PN, nämnden för parker], kind: nämnd, documents: [plan]}
  - {id: sou, name: Statens utredning, aliases: [], kind: utredning}
short_forms:
  - form: Utredningen
    default: pn
    scopes:
      - {document: plan, section: Staten, body: sou}
      - {document: blad, body: sou}
""",
    "glossary.yaml": "abbreviations: {SÖK: strategiska överenskommelsen}",
    "synonyms.yaml": """
groups: [[bro, viadukt], [undantag, göra avsteg, dispens]]
phrases: {i kraft: gälla, Träda i kraft: börja gälla, drar|drog … ned på: minskar|minskade …}
opposites: [[[frivillig, valfri], [obligatorisk]]]
""",
    "thesaurus.yaml": "words: {cykelbana: [cykelväg]}",
    "english.yaml": "words: {bridge: [bro]}",
    "light.yaml": "{light: [alltjämt], spoken: {nån: någon}}",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def knowledge(folder: Path) -> Knowledge:
    return load_knowledge(folder)


def test_bodies_have_their_names_among_their_aliases(knowledge: Knowledge) -> None:
    body = knowledge.body("pn")
    assert body is not None
    assert (body.aliases, body.documents) == (("Parknämnden", "PN", "nämnden för parker"), frozenset({"plan"}))
    assert knowledge.body("finns-inte") is None
    assert knowledge.aliases == {
        ("parknamnden",): "pn",
        ("pn",): "pn",
        ("namnden", "for", "parker"): "pn",
        ("statens", "utredning"): "sou",
    }
    assert knowledge.longest_alias == 3


@pytest.mark.parametrize(
    ("document_id", "section", "body_id"),
    [
        ("plan", "Staten", "sou"),
        ("plan", "Läget", "pn"),
        ("blad", "Vad som helst", "sou"),
        ("annan", "Staten", "pn"),
        ("", "", "pn"),
    ],
)
def test_a_short_form_means_what_its_place_says(
    knowledge: Knowledge, document_id: str, section: str, body_id: str
) -> None:
    (short,) = knowledge.short_forms
    assert short.form == "utredningen"
    assert short.body_in(document_id, section) == body_id


def test_synonyms_of_a_group_stand_for_each_other_and_the_thesaurus_goes_one_way(knowledge: Knowledge) -> None:
    assert knowledge.synonyms[root("bro")] == {root("viadukt")}
    assert knowledge.synonyms[root("viadukt")] == {root("bro")}
    assert knowledge.synonyms[root("cykelväg")] == {root("cykelbana")}
    assert root("cykelbana") not in knowledge.synonyms
    assert knowledge.synonyms[root("undantag")] == {root("dispens")}


def test_antonyms_go_both_ways(knowledge: Knowledge) -> None:
    assert knowledge.antonyms == {
        "frivillig": {"obligatorisk"},
        "valfri": {"obligatorisk"},
        "obligatorisk": {"frivillig", "valfri"},
    }
    assert knowledge.allies == {"frivillig": {"valfri"}, "valfri": {"frivillig"}, "obligatorisk": set()}


def test_the_longest_phrase_gives_way_first_and_only_as_whole_words(knowledge: Knowledge) -> None:
    assert knowledge.plain("När ska lagen träda i kraft?") == "När ska lagen börja gälla?"
    assert knowledge.plain("Är lagen I KRAFT?") == "Är lagen gälla?"
    assert knowledge.plain("i kraftverket") == "i kraftverket"


def test_abbreviations_stand_for_the_roots_of_their_words(knowledge: Knowledge) -> None:
    assert knowledge.expansions == {"sok": (root("strategiska"), root("överenskommelsen"))}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("bodies.yaml", None, r"bodies\.yaml: cannot be read"),
        ("glossary.yaml", "a: [", r"glossary\.yaml: cannot be read"),
        ("synonyms.yaml", "groups: []", "'phrases'"),
        ("thesaurus.yaml", "word: {}", "'words'"),
        ("bodies.yaml", "{actor_kinds: {}, bodies: [{name: Utan id}]}", "'id'"),
    ],
)
def test_data_in_another_form_are_one_clear_error(folder: Path, name: str, text: str | None, message: str) -> None:
    (folder / name).unlink()
    if text is not None:
        (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=message):
        load_knowledge(folder)


def test_the_bundled_data_name_only_what_exists() -> None:
    bundled = load_knowledge()
    bodies = {body.body_id for body in bundled.bodies}
    assert len(bodies) == len(bundled.bodies)
    named = {short.default for short in bundled.short_forms}
    named |= {scope.body_id for short in bundled.short_forms for scope in short.scopes}
    assert named <= bodies
    documents = {d for body in bundled.bodies for d in body.documents}
    documents |= {scope.document_id for short in bundled.short_forms for scope in short.scopes}
    assert documents <= {path.stem for path in DOCUMENTS.iterdir()}


def test_the_bundled_data_read_utredningen_by_its_section() -> None:
    short = next(s for s in load_knowledge().short_forms if s.form == "utredningen")
    assert short.default == "malmo-utredningen"
    trials = short.body_in("malmo-forsoksverksamhet", "Försöksverksamhet i den kommunala sektorn")
    assert trials == "forsoksverksamhetskommitten"
    assert short.body_in("malmo-forsoksverksamhet", "Sammanfattande bedömning") == "malmo-utredningen"


def test_no_alias_is_claimed_by_two_bundled_bodies() -> None:
    claimed = [alias for body in load_knowledge().bodies for alias in {a.lower() for a in body.aliases}]
    assert sorted(a for a in set(claimed) if claimed.count(a) > 1) == []


def test_a_phrase_with_forms_between_bars_stands_for_each_of_them(folder: Path) -> None:
    plain = load_knowledge(folder).plain
    assert plain("Drog staden ned på stödet?") == "minskade staden stödet?"
    assert plain("Drar staden ned på stödet?") == "minskar staden stödet?"
    assert plain("Drog staden upp stödet?") == "Drog staden upp stödet?"


def test_english_words_get_the_hyphen_of_the_word_list() -> None:
    assert load_knowledge().hyphenated("Is the bonus tax free and full time?") == "Is the bonus tax-free and full-time?"
