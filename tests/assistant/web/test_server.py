import contextlib
import socket

import pytest

from assistant.web.server import EXAMPLES, listen
from corpus.errors import SettingsError, UsageError


def test_a_port_in_use_is_one_clear_line_and_wrong_use():
    with contextlib.closing(listen("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError) as refused:
            listen("127.0.0.1", port)
    assert f"127.0.0.1:{port}" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert refused.value.exit_code == 2


def test_a_free_port_is_listened_on():
    with (
        contextlib.closing(listen("127.0.0.1", 0)) as listener,
        contextlib.closing(socket.create_connection(listener.getsockname(), timeout=5)) as connection,
    ):
        assert connection.getpeername() == listener.getsockname()


def test_an_unknown_host_is_refused():
    with pytest.raises(UsageError, match=r"host\.invalid"):
        listen("host.invalid", 0)


def test_the_examples_are_questions_of_the_corpus():
    from assistant.web.examples import load_examples

    examples = load_examples(EXAMPLES)
    assert len(examples) == len(set(examples)) >= 5
    assert all(question.endswith("?") for question in examples)


def test_examples_of_another_form_are_refused(tmp_path):
    from assistant.web.examples import load_examples

    path = tmp_path / "examples.yaml"
    path.write_text("questions: [1, 2]\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"examples\.yaml"):
        load_examples(path)
