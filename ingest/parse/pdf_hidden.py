"""For the PDF parser: finds the text on a page that nobody sees: white, transparent, covered, tiny or off the page."""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

MAX_OBJECTS = 200_000
MAX_FORM_DEPTH = 8
# Contrast of text and ground, by the formula of WCAG 2; below this, nobody reads it.
MIN_CONTRAST = 1.3
MIN_POINTS = 2.0
OPAQUE = 250
FAINT = 13
INVISIBLE_MODES = (3, 7)
STROKE_MODES = (1, 5)
# A picture that covers more of a page than this is the page.
PAGE_PICTURE_RATIO = 0.5
DARK = 90  # text this dark is seen on white paper: nothing more is asked where the page has no coloured grounds

Box = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page hides: texts with the reason, and the numbers of their characters.

    ``is_layer`` says that all text lies unseen behind or before a picture of the page, as scanners leave it.
    """

    hidden: Sequence[tuple[str, str]]
    chars: frozenset[int]
    is_layer: bool
    has_picture: bool


@dataclass(frozen=True, slots=True)
class _Ground:
    """A filled area or a picture; ``luminance`` is None for pictures, whose colours are not looked at."""

    z: int
    box: Box
    luminance: float | None
    opaque: bool


@dataclass(frozen=True, slots=True)
class _Text:
    z: int
    address: int
    handle: Any
    box: Box


def hidden_objects(page: Any, text_page: Any, number: int) -> Seen:
    """The hidden text of a page; ``number`` is the page's."""
    texts, grounds = _collect(page)
    paper = _page_box(page)
    coloured = [g for g in grounds if g.luminance is None or g.luminance < 0.9]
    page_picture = any(g.luminance is None and _share(g.box, paper) > PAGE_PICTURE_RATIO for g in grounds)
    why: dict[int, str] = {}
    unseen = 0
    for text in texts:
        reason = _reason(text, coloured, grounds, paper)
        if reason:
            why[text.address] = reason
            unseen += reason == "invisible"
    is_layer = page_picture and bool(texts) and len(why) > 0.8 * len(texts)
    if is_layer:
        why = {address: reason for address, reason in why.items() if reason == "off the page"}
    has_picture = any(ground.luminance is None for ground in grounds)
    if not why:
        return Seen((), frozenset(), is_layer, has_picture)
    return _with_texts(text_page, why, is_layer, has_picture)


def _with_texts(text_page: Any, why: dict[int, str], is_layer: bool, has_picture: bool) -> Seen:
    """The characters of the hidden objects, put together to texts."""
    chars: set[int] = set()
    runs: list[tuple[str, list[int]]] = []
    last = -2
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        handle = pdfium.FPDFText_GetTextObject(text_page, index)
        reason = why.get(_address(handle), "") if handle else ""
        if not reason:
            continue
        chars.add(index)
        if runs and runs[-1][0] == reason and index - last <= 3:  # a space or line end between has no object
            runs[-1][1].extend(range(last + 1, index + 1))
        else:
            runs.append((reason, [index]))
        last = index
    hidden = [("".join(_char(text_page, i) for i in indexes), reason) for reason, indexes in runs]
    return Seen([(text, why) for text, why in hidden if text.strip()], frozenset(chars), is_layer, has_picture)


def _char(text_page: Any, index: int) -> str:
    code = pdfium.FPDFText_GetUnicode(text_page, index)
    return chr(code) if code >= 32 and not 0xD800 <= code <= 0xDFFF else " "


def _collect(page: Any) -> tuple[list[_Text], list[_Ground]]:
    texts: list[_Text] = []
    grounds: list[_Ground] = []
    for z, (handle, matrix) in enumerate(_objects(page)):
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts.append(_Text(z, _address(handle), handle, _box(handle, matrix)))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            grounds.append(_Ground(z, _box(handle, matrix), None, opaque=False))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and _is_filled(handle):
            red, green, blue, alpha = _colour(handle, pdfium.FPDFPageObj_GetFillColor)
            opaque = alpha >= OPAQUE and not pdfium.FPDFPageObj_HasTransparency(handle)
            if alpha > FAINT:
                grounds.append(_Ground(z, _box(handle, matrix), _luminance(red, green, blue), opaque))
        elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
            grounds.append(_Ground(z, _box(handle, matrix), None, opaque=False))
    return texts, grounds


def _objects(page: Any) -> Iterator[tuple[Any, Sequence[Any]]]:
    """The page's objects from back to front, those inside forms too, with the matrices to apply."""
    for count, found in enumerate(_walk(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, ())):
        if count >= MAX_OBJECTS:
            return
        yield found


def _walk(holder: Any, count: Any, get: Any, matrices: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    for index in range(count(holder)):
        handle = get(holder, index)
        if pdfium.FPDFPageObj_GetType(handle) != pdfium.FPDF_PAGEOBJ_FORM:
            yield handle, matrices
        elif len(matrices) < MAX_FORM_DEPTH:
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(handle, matrix)
            inner = (matrix, *matrices)
            yield from _walk(handle, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner)


def _reason(text: _Text, coloured: Sequence[_Ground], grounds: Sequence[_Ground], paper: Box) -> str:
    """Why a text object is not seen; empty where it is."""
    box = text.box
    if box[2] < paper[0] or box[0] > paper[2] or box[3] < paper[1] or box[1] > paper[3]:
        return "off the page"
    mode = pdfium.FPDFTextObj_GetTextRenderMode(text.handle)
    if mode in INVISIBLE_MODES:
        return "invisible"
    get = pdfium.FPDFPageObj_GetStrokeColor if mode in STROKE_MODES else pdfium.FPDFPageObj_GetFillColor
    red, green, blue, alpha = _colour(text.handle, get)
    if alpha <= FAINT:
        return "transparent"
    if box[3] - box[1] < MIN_POINTS and _points(text.handle) < MIN_POINTS:
        return "too small to be read"
    if max(red, green, blue) <= DARK and not coloured and not grounds:
        return ""
    if any(g.z > text.z and g.opaque and _inside(box, g.box) for g in grounds):
        return "covered"
    behind = [g for g in grounds if g.z < text.z and _holds(g.box, box)]
    ground = behind[-1].luminance if behind else 1.0
    if ground is None:
        return ""
    light, dark = sorted((ground, _luminance(red, green, blue)), reverse=True)
    return "in the colour of its ground" if (light + 0.05) / (dark + 0.05) < MIN_CONTRAST else ""


def _points(handle: Any) -> float:
    size = ctypes.c_float()
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFTextObj_GetFontSize(handle, size)
    pdfium.FPDFPageObj_GetMatrix(handle, matrix)
    return float(abs(size.value) * (matrix.c**2 + matrix.d**2) ** 0.5)


def _colour(handle: Any, get: Any) -> tuple[int, int, int, int]:
    red, green, blue, alpha = (ctypes.c_uint(0) for _ in range(4))
    if not get(handle, red, green, blue, alpha):
        return 0, 0, 0, 255
    return red.value, green.value, blue.value, alpha.value


def _luminance(red: int, green: int, blue: int) -> float:
    def linear(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def _is_filled(handle: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(handle, fill, stroke)) and fill.value != 0


def _box(handle: Any, matrices: Sequence[Any]) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
    box = (left.value, bottom.value, right.value, top.value)
    for matrix in matrices:
        corners = [(_x(matrix, x, y), _y(matrix, x, y)) for x in (box[0], box[2]) for y in (box[1], box[3])]
        box = (
            min(c[0] for c in corners),
            min(c[1] for c in corners),
            max(c[0] for c in corners),
            max(c[1] for c in corners),
        )
    return box


def _x(m: Any, x: float, y: float) -> float:
    return float(m.a * x + m.c * y + m.e)


def _y(m: Any, x: float, y: float) -> float:
    return float(m.b * x + m.d * y + m.f)


def _page_box(page: Any) -> Box:
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, rect)
    return rect.left, rect.bottom, rect.right, rect.top


def _share(inner: Box, outer: Box) -> float:
    wide = min(inner[2], outer[2]) - max(inner[0], outer[0])
    high = min(inner[3], outer[3]) - max(inner[1], outer[1])
    area = (outer[2] - outer[0]) * (outer[3] - outer[1])
    return max(0.0, wide) * max(0.0, high) / area if area > 0 else 0.0


def _inside(inner: Box, outer: Box) -> bool:
    return (
        outer[0] <= inner[0] + 1 and outer[1] <= inner[1] + 1 and outer[2] >= inner[2] - 1 and outer[3] >= inner[3] - 1
    )


def _holds(outer: Box, inner: Box) -> bool:
    """Whether the middle of ``inner`` lies in ``outer``."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
