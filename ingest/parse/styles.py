"""For the HTML parser: which declarations of a style hide text from whoever reads the page."""

import re

_WHITE = r"(?:#fff(?:fff)?\b|white\b|rgba?\(\s*255\s*,\s*255\s*,\s*255|transparent\b|rgba\([^)]*,\s*0(?:\.0+)?\s*\))"
_HIDING = re.compile(
    r"(?:^|[;{\s])(?:"
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0*(?:\.\d+|0|1(?:\.0*)?)(?:px|pt|em|rem|%)?\s*(?:;|$|!)"
    r"|opacity\s*:\s*0*(?:\.0\d*)?\s*(?:;|$|!)|clip\s*:\s*rect\(\s*0|clip-path\s*:\s*inset\(\s*(?:50|100)%"
    r"|(?:left|top|right|text-indent|margin-left)\s*:\s*-\s*\d{4,}|(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:;|$|!)"
    r")",
    re.IGNORECASE,
)
_WHITE_TEXT = re.compile(rf"(?:^|[;{{\s])color\s*:\s*{_WHITE}", re.IGNORECASE)
_BACKGROUND = re.compile(r"background(?:-color|-image)?\s*:", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SIMPLE_SELECTOR = re.compile(r"[a-z0-9]*[.#]?[\w-]+", re.IGNORECASE)


def hiding_reason(style: str) -> str:
    """Why a style attribute or rule hides its text; empty where it does not."""
    if _HIDING.search(style):
        return "style that hides it"
    return "white on white" if _WHITE_TEXT.search(style) and not _BACKGROUND.search(style) else ""


def hiding_rules(css: str) -> dict[str, str]:
    """The simple selectors (``p``, ``.name``, ``#name``) whose rules hide text, with the reason.

    Rules inside ``@media`` and the like are passed over: what a phone or a printer hides is seen elsewhere.
    """
    plain = _COMMENT.sub("", css)
    rules: dict[str, str] = {}
    depth, selector, start = 0, "", 0
    for match in re.finditer(r"[{}]", plain):
        text = plain[start : match.start()]
        start = match.end()
        if match[0] == "{":
            selector = text if depth == 0 else selector
            depth += 1
            continue
        depth = max(0, depth - 1)
        reason = hiding_reason(text) if depth == 0 and not selector.strip().startswith("@") else ""
        for one in selector.split(",") if reason else ():
            if _SIMPLE_SELECTOR.fullmatch(one.strip()):
                rules[one.strip().lower()] = reason
    return rules
