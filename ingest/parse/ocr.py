"""For scanned PDF pages: a page as a picture, and Tesseract, where it is installed, to read the text in it."""

import ctypes
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium

from ingest.parse.pdf_layout import TypeLine

PROGRAM = "tesseract"
LANGUAGE = "swe"
DOTS_PER_INCH = 200
POINTS_PER_INCH = 72
MAX_PIXELS = 12_000_000  # an A4 page at 300 dots has 8.7 million; larger ones are drawn coarser
MIN_CONFIDENCE = 30.0  # of 100; below it Tesseract sees letters in dirt

Recognise = Callable[["Picture", int], list[TypeLine]]
"""Takes a picture and its page's number; the lines of text on it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page drawn in grey, one byte a pixel; ``scale`` is pixels a point, ``height`` in pixels."""

    width: int
    height: int
    pixels: bytes
    scale: float

    def pgm(self) -> bytes:
        """The picture as a PGM file."""
        return f"P5 {self.width} {self.height} 255\n".encode() + self.pixels


def picture(page: Any) -> Picture:
    """The page as a reader sees it."""
    wide, high = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = min(DOTS_PER_INCH / POINTS_PER_INCH, (MAX_PIXELS / max(1.0, wide * high)) ** 0.5)
    width, height = max(1, int(wide * scale)), max(1, int(high * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_GRAYSCALE)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        raw = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    rows = b"".join(raw[y * stride : y * stride + width] for y in range(height))
    return Picture(width, height, rows, scale)


@cache
def recogniser() -> Recognise | None:
    """What reads pictures on this machine; None where Tesseract with Swedish is not installed."""
    program = shutil.which(PROGRAM)
    if program is None:
        return None
    listed = subprocess.run([program, "--list-langs"], capture_output=True, check=False, timeout=10)
    if LANGUAGE not in listed.stdout.decode("utf-8", "replace").split():
        return None

    def recognise(drawn: Picture, page: int) -> list[TypeLine]:
        command = [program, "stdin", "stdout", "-l", LANGUAGE, "--dpi", str(round(drawn.scale * 72)), "tsv"]
        environment = {"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"}
        ran = subprocess.run(command, input=drawn.pgm(), capture_output=True, check=False, env=environment)
        return lines_of(ran.stdout.decode("utf-8", "replace"), drawn, page)

    return recognise


def lines_of(tsv: str, drawn: Picture, page: int) -> list[TypeLine]:
    """The lines in Tesseract's table of words."""
    found: dict[tuple[str, ...], list[tuple[str, float, float, float, float]]] = {}
    for row in tsv.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != "5" or not cells[11].strip() or float(cells[10]) < MIN_CONFIDENCE:
            continue
        left, top, width, height = (float(cell) / drawn.scale for cell in cells[6:10])
        found.setdefault(tuple(cells[2:5]), []).append((cells[11].strip(), left, top, left + width, height))
    high = drawn.height / drawn.scale
    lines = []
    for words in found.values():
        size = sorted(word[4] for word in words)[len(words) // 2]
        bottom = high - max(word[2] + word[4] for word in words)
        text = " ".join(word[0] for word in words)
        left, right = words[0][1], max(word[3] for word in words)
        lines.append(TypeLine(text, page, left, right, bottom, round(size * 2) / 2, bold=False, page_height=high))
    return lines
