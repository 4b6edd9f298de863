"""A hundred texts that would do harm if any page took them for markup: twenty-five vectors in four wrappings."""

RUN = "window.ran=1"
_VECTORS = (
    f"<script>{RUN}</script>",
    f"<img src=x onerror={RUN}>",
    f"<svg onload={RUN}></svg>",
    f"<svg><script>{RUN}</script></svg>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    '<iframe src="//evil.example/"></iframe>',
    '<img src="https://evil.example/pixel.png">',
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import 'https://evil.example/x.css';</style>",
    '<div style="position:fixed;inset:0;background:url(https://evil.example/x)">',
    f'<form action="https://evil.example"><button formaction="javascript:{RUN}">Logga in</button></form>',
    '<input name=lösenord autofocus onfocus="window.ran=1">',
    f"<details open ontoggle={RUN}>",
    f"<video><source onerror={RUN}></video>",
    f"<body onload={RUN}>",
    f'<a href="javascript:{RUN}">klicka</a>',
    f"[klicka](javascript:{RUN})",
    "![bild](https://evil.example/pixel.png)",
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    "<base href=https://evil.example/>",
    f'<object data="data:text/html,<script>parent.{RUN}</script>"></object>',
    f"<math><mtext><table><mglyph><style><img src=x onerror={RUN}>",
    f"`<img src=x onerror={RUN}>` **x** $$\\href{{javascript:{RUN}}}{{x}}$$",
    "{{ ''.__class__ }} {% import os %} ${7*7}",
    f"<button type=button data-copy=x data-rate=up class=cite onclick={RUN}>1</button>",
)
_WRAPPINGS = ("{}", '">{}', "</mark></blockquote></p></div></article></section>{}", "' --> ]]>\n\n{}\n")

# A vector's four wrappings stand one after the other, the bare one first.
N_VECTORS = len(_VECTORS)
PAYLOADS = tuple(wrapping.replace("{}", vector) for vector in _VECTORS for wrapping in _WRAPPINGS)
