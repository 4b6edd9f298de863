"""The HTML document that Gradio's page starts from: made Swedish, without foreign addresses, scripts with a nonce."""

import re
from html import escape

ASSETS = "/page-assets"
TITLE = "Fråga utredningen"

# Gradio picks its language from the browser when its own scripts start, so this one has to come before them.
HEAD = (
    f'<head><script src="{ASSETS}/swedish.js"></script>'
    f"<title>{TITLE}</title>"
    f'<link rel="icon" href="{ASSETS}/icon.svg" type="image/svg+xml">'
    f'<link rel="stylesheet" href="{ASSETS}/colours.css">'
    f'<link rel="stylesheet" href="{ASSETS}/chat.css">'
    f'<link rel="stylesheet" href="{ASSETS}/parts.css">'
    f'<link rel="stylesheet" href="{ASSETS}/pages.css">'
    f'<script src="{ASSETS}/page.js" defer></script>'
    f'<script src="{ASSETS}/answers.js" defer></script>'
)
BODY = "<noscript><p>Sidan behöver JavaScript för att visa svaren.</p></noscript>"

SOCIAL_TAG = re.compile(r'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>', re.IGNORECASE)
MANIFEST_TAG = re.compile(r'<link\s+rel="manifest"[^>]*>', re.IGNORECASE)
SCRIPT_START = re.compile(r"<script(?=[\s>])(?![^>]*\snonce=)", re.IGNORECASE)
BODY_START = re.compile(r"<body\b[^>]*>", re.IGNORECASE)


def rewrite_shell(html: str, nonce: str) -> str:
    """``html`` as Gradio serves it, in Swedish, without addresses of other hosts, every script bearing ``nonce``.

    Only ever applied to Gradio's own start document, which holds nothing that a reader or a document wrote.
    """
    html = MANIFEST_TAG.sub("", SOCIAL_TAG.sub("", html))
    html = html.replace('lang="en"', 'lang="sv"', 1).replace("<head>", HEAD, 1)
    html = BODY_START.sub(lambda start: start.group() + BODY, html, count=1)
    return SCRIPT_START.sub(f'<script nonce="{escape(nonce)}"', html)
