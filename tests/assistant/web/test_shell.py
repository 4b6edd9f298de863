import re
from pathlib import Path

import gradio

from assistant.web.shell import rewrite_shell

SHELL = (Path(gradio.__file__).parent / "templates/frontend/index.html").read_text(encoding="utf-8")


def test_gradios_own_document_is_made_swedish_and_our_scripts_come_first():
    html = rewrite_shell(SHELL, "n1")
    assert re.search(r'<html\s+lang="sv"', html)
    assert 'lang="en"' not in html
    assert html.count("<title>Fråga utredningen</title>") == 1
    assert re.findall(r"<script[^>]*>", html)[0] == '<script nonce="n1" src="/page-assets/swedish.js">'


def test_no_address_of_another_host_is_left():
    assert "huggingface" not in SHELL  # The scripts name hosts that Gradio may be hosted on; none of them is asked.
    tags = re.findall(r"<(?:meta|link|script|img|iframe)\b[^>]*>", rewrite_shell(SHELL, "n1"))
    assert [tag for tag in tags if re.search(r"https?://|[\"']//", tag)] == []
    assert len(tags) > 5


def test_every_script_has_the_nonce_once():
    scripts = re.findall(r"<script\b[^>]*>", rewrite_shell(SHELL, "n1"))
    assert len(scripts) >= 6
    assert all(script.count('nonce="n1"') == 1 for script in scripts)
    again = re.findall(r"<script\b[^>]*>", rewrite_shell("<script nonce=x></script><script>1</script>", "n1"))
    assert again == ["<script nonce=x>", '<script nonce="n1">']
