"""For the PDF parser: finds the text on a page that nobody sees: white, transparent, covered, tiny or off the page."""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pypdfium2.raw as pdfium

from ingest.parse.pdf_boxes import Box, holds, inside, placed, share

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
    handle: Any
    box: Box


class _Probe:
    """Asks pdfium about objects; what it writes its answers to is made once, as that takes longer than asking."""

    def __init__(self) -> None:
        self._edges = tuple(ctypes.c_float() for _ in range(4))
        self._parts = tuple(ctypes.c_uint() for _ in range(4))

    def colour(self, handle: Any, get: Any) -> tuple[int, int, int, int]:
        """Red, green, blue and opacity; black where there is no colour."""
        red, green, blue, alpha = self._parts
        if not get(handle, red, green, blue, alpha):
            return 0, 0, 0, 255
        return red.value, green.value, blue.value, alpha.value

    def box(self, handle: Any, matrices: Sequence[Any]) -> Box:
        """Where an object stands on the page, after ``matrices``."""
        left, bottom, right, top = self._edges
        known = pdfium.FPDFPageObj_GetBounds(handle, left, bottom, right, top)
        box = (left.value, bottom.value, right.value, top.value) if known else (0.0, 0.0, 0.0, 0.0)
        return placed(box, matrices)


def hidden_objects(page: Any, text_page: Any, number: int) -> Seen:
    """The hidden text of a page; ``number`` is the page's."""
    probe = _Probe()
    texts, grounds = _collect(page, probe)
    paper = _page_box(page)
    coloured = [g for g in grounds if g.luminance is None or g.luminance < 0.9]
    page_picture = any(g.luminance is None and share(g.box, paper) > PAGE_PICTURE_RATIO for g in grounds)
    why: dict[int, str] = {}
    unseen = 0
    for text in texts:
        reason = _reason(text, probe, coloured, grounds, paper)
        if reason:
            why[_address(text.handle)] = reason
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


def _collect(page: Any, probe: _Probe) -> tuple[list[_Text], list[_Ground]]:
    texts: list[_Text] = []
    grounds: list[_Ground] = []
    for z, (handle, matrix) in enumerate(_objects(page)):
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts.append(_Text(z, handle, probe.box(handle, matrix)))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            grounds.append(_Ground(z, probe.box(handle, matrix), None, opaque=False))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH and _is_filled(handle):
            red, green, blue, alpha = probe.colour(handle, pdfium.FPDFPageObj_GetFillColor)
            opaque = alpha >= OPAQUE and not pdfium.FPDFPageObj_HasTransparency(handle)
            if alpha > FAINT:
                grounds.append(_Ground(z, probe.box(handle, matrix), _luminance(red, green, blue), opaque))
        elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
            grounds.append(_Ground(z, probe.box(handle, matrix), None, opaque=False))
    return texts, grounds


def _objects(page: Any) -> Iterator[tuple[Any, Sequence[Any]]]:
    """The page's objects from back to front, those inside forms too, with the matrices to apply."""
    return islice(_walk(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, ()), MAX_OBJECTS)


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


def _reason(text: _Text, probe: _Probe, coloured: Sequence[_Ground], grounds: Sequence[_Ground], paper: Box) -> str:
    """Why a text object is not seen; empty where it is."""
    box = text.box
    if box[2] < paper[0] or box[0] > paper[2] or box[3] < paper[1] or box[1] > paper[3]:
        return "off the page"
    mode = pdfium.FPDFTextObj_GetTextRenderMode(text.handle)
    if mode in INVISIBLE_MODES:
        return "invisible"
    get = pdfium.FPDFPageObj_GetStrokeColor if mode in STROKE_MODES else pdfium.FPDFPageObj_GetFillColor
    red, green, blue, alpha = probe.colour(text.handle, get)
    if alpha <= FAINT:
        return "transparent"
    if box[3] - box[1] < MIN_POINTS and _points(text.handle) < MIN_POINTS:
        return "too small to be read"
    if max(red, green, blue) <= DARK and not coloured and not grounds:
        return ""
    if any(g.z > text.z and g.opaque and inside(box, g.box) for g in grounds):
        return "covered"
    behind = [g for g in grounds if g.z < text.z and holds(g.box, box)]
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


def _luminance(red: int, green: int, blue: int) -> float:
    def linear(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def _is_filled(handle: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(handle, fill, stroke)) and fill.value != 0


def _page_box(page: Any) -> Box:
    rect = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, rect)
    return rect.left, rect.bottom, rect.right, rect.top


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
