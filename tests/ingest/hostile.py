"""Hostile and broken files, made here: name, content, and what the one line about it says (empty: it is taken in)."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from evals.bench.typeset import Line, pdf, stream
from tests.ingest.office import W, docx, odt, paragraph, zipped

TEXT = "Det här ser alla som läser sidan."
SECRET = "Malmö får undantag."
SEEN = Line(TEXT, 72, 700).source()


@dataclass(frozen=True)
class Hostile:
    """One file; ``says`` is part of the line about it, ``text`` what is stored where it is taken in."""

    name: str
    data: bytes
    says: str = ""
    text: str = ""
    note: str = ""


def hostile_files() -> Iterator[Hostile]:
    yield from _texts()
    yield from _markdown()
    yield from _archives()
    yield from _pdfs()
    yield from _pages()


def _texts() -> Iterator[Hostile]:
    yield Hostile("tom.txt", b"", "empty")
    yield Hostile("blank.txt", b" \n\t\r\n", "empty")
    yield Hostile("tom.pdf", b"", "empty")
    yield Hostile("tom.docx", b"", "empty")
    yield Hostile("nul.txt", b"Text\x00text.", "NUL")
    yield Hostile("bara-nul.txt", b"\x00" * 1000, "empty")
    yield Hostile("styr.txt", b"Text \x1b[2J text.", "control character 0x1b")
    yield Hostile("skrap.txt", bytes(range(1, 256)) * 20, "text")
    yield Hostile("odd-utf16.txt", b"\xff\xfeT\x00e\x00x", "text")
    yield Hostile("tecken.txt", b"... --- !!! ???", "no words")
    tags = "".join(chr(0xE0000 + ord(c)) for c in "Malmo far undantag")
    yield Hostile("taggar.txt", f"{TEXT}{tags}".encode(), text=TEXT, note="which spell 'Malmo far undantag'")
    yield Hostile("noll.txt", "Det här\u200b ser\u2060 alla.".encode(), text="Det här ser alla.", note="zero-width")
    turned = f"Det här \u202ees rella\u202c {TEXT}"
    yield Hostile("vänd.txt", turned.encode(), text=f"Det här es rella {TEXT}", note="turn the direction")
    yield Hostile("variant.txt", f"{TEXT}\U000e0150\U000e0151".encode(), text=TEXT, note="zero-width")
    yield Hostile("en-rad.txt", b"ord " * 200_000 + b"slut.", text="ord " * 200_000 + "slut.")
    yield Hostile("ett-ord.txt", b"a" * 2_000_000 + b".", text="a" * 2_000_000 + ".")
    yield Hostile("bindestreck.txt", b"ab-\n" * 20_000 + b"slut.", text="*")
    yield Hostile("punkter.txt", b"A. " * 20_000, text="*")


def _markdown() -> Iterator[Hostile]:
    yield Hostile("yaml-djup.md", b"---\na: " + b"[" * 50_000 + b"]" * 50_000 + b"\n---\nText.", "nested more than 30")
    yield Hostile("yaml-steg.md", b"---\n" + b"- " * 50_000 + b"x\n---\nText.", "nested more than 30")
    anchors = "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9))
    yield Hostile("yaml-bomb.md", f"---\na: &a [x,x]\n{anchors}urls: *j\n---\nText.".encode(), "uses references")
    yield Hostile("python.md", b"---\ntitle: !!python/object/apply:os.system [id]\n---\nText.", "title")
    yield Hostile("djup.md", b"> " * 20_000 + b"Text.", "no sentence")
    yield Hostile("lista.md", b"".join(b" " * (2 * i) + b"- x\n" for i in range(400)), text="*")
    yield Hostile("hakar.md", b"[" * 50_000 + b"Text.", text="*")
    yield Hostile("stjärnor.md", b"*a **b " * 20_000 + b"Text.", text="*")
    yield Hostile("dold.md", f"{TEXT}\n\n<div hidden>\n\n{SECRET}\n\n</div>\n".encode(), text=TEXT, note=SECRET)


def _archives() -> Iterator[Hostile]:
    good = docx(paragraph(TEXT))
    yield Hostile("avklippt.docx", good[: len(good) // 2], "damaged or cut off")
    yield Hostile("inget-word.docx", zipped({"word/annat.xml": "<x/>"}), "word/document.xml is missing")
    yield Hostile("text.docx", TEXT.encode(), "its name says a Word document, but it is none")
    yield Hostile("egentligen.docx", odt(f"<text:p>{TEXT}</text:p>"), "but it is an OpenDocument text; rename it")
    yield Hostile("egentligen.pdf", good, "its name says a PDF, but it is a Word document; rename it")
    yield Hostile("gammal.doc.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "old Office file")
    body = f"<w:document {W}><w:body>{paragraph(TEXT)}"
    bomb = zipped({"[Content_Types].xml": "", "word/document.xml": body.encode() + b" " * 300_000_000})
    yield Hostile("bomb.docx", bomb, "unpacks to far more than a document")
    deep = f"<w:document {W}>" + "<w:p>" * 100_000 + "</w:p>" * 100_000 + "</w:document>"
    yield Hostile("djup.docx", zipped({"word/document.xml": deep}), "unpacks to far more than a document")
    steep = f"<w:document {W}>" + "<w:p>" * 300 + "</w:p>" * 300 + "</w:document>"
    yield Hostile("brant.docx", zipped({"word/document.xml": steep}), "nested more than 200 deep")
    entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    yield Hostile(
        "entiteter.docx", zipped({"word/document.xml": f"{entities}<w:p {W}>&b;</w:p>"}), "entities of its own"
    )
    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    yield Hostile("utifrån.odt", _odt_with(f"{outside}<x>&a;</x>"), "entities")
    yield Hostile("många.docx", zipped({f"word/{n}.xml": "" for n in range(5001)}), "5,001 parts")
    yield Hostile("utanför.docx", docx(paragraph(TEXT), **{"../../etc/passwd": "x"}), text=TEXT)
    yield Hostile("låst.docx", _marked_encrypted(good), "locked with a password")
    yield Hostile("fel-längd.docx", _with_wrong_length(good), "damaged or cut off")


def _pdfs() -> Iterator[Hostile]:
    good = pdf([SEEN])
    yield Hostile("avklippt.pdf", good[:400], "fil")
    yield Hostile("bara-huvud.pdf", b"%PDF-1.7\n", "damaged")
    yield Hostile("text.pdf", TEXT.encode(), "its name says a PDF, but it is none")
    locked = b"<< /Filter /Standard /V 1 /R 2 /O (" + b"a" * 32 + b") /U (" + b"b" * 32 + b") /P -4 >>"
    yield Hostile(
        "låst.pdf", good.replace(b"trailer\n<<", b"trailer\n<< /Encrypt " + locked + b" /ID [(a)(b)]"), "locked"
    )
    yield Hostile("många-sidor.pdf", pdf([SEEN] * 3001), "3,001 pages are more than the 3,000")
    wide = b"<< /Type /Pages /Kids [2 0 R] /Count 1000000000 >>"
    yield Hostile("ring.pdf", good.replace(b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>", wide), "fil")
    packed = zlib.compress(b" " * 400_000_000)
    bomb = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream"
    yield Hostile("bomb.pdf", _with_content(bomb), "fil")
    yield Hostile("objekt.pdf", pdf(["0 0 1 1 re f " * 50_000 + SEEN]), text="*")
    yield Hostile("tecken.pdf", pdf(["\n".join([SEEN] * 30_000)]), text="*")
    yield Hostile("vit.pdf", pdf([f"{SEEN} 1 1 1 rg {Line(SECRET, 72, 400).source()}"]), text=TEXT, note=SECRET)
    yield Hostile("stor-bild.pdf", pdf(["q 595 0 0 842 0 0 cm /X Do Q"], more=[_huge_picture()]), "fil")


def _pages() -> Iterator[Hostile]:
    yield Hostile("djup.html", b"<html>" + b"<b>" * 100_000 + TEXT.encode(), text=TEXT)
    yield Hostile("attribut.html", b"<html><p " + b"a=b " * 200_000 + b">" + TEXT.encode(), text=TEXT)
    yield Hostile("vinklar.html", b"<html>" + b"<" * 50_000 + TEXT.encode(), text="*")
    yield Hostile("kommentar.html", b"<html><!--" * 20_000 + TEXT.encode(), "no sentence")
    yield Hostile("manus.html", f"<html><script>{SECRET}</script><p>{TEXT}</p>".encode(), text=TEXT)
    yield Hostile("dold.html", f'<html><p>{TEXT}</p><p style="display:none">{SECRET}'.encode(), text=TEXT, note=SECRET)
    yield Hostile("bild.html", b"<html>\x89PNG\r\n\x1a\n\x00\x00", "NUL")


def _odt_with(content: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    return file.getvalue()


def _marked_encrypted(data: bytes) -> bytes:
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := changed.find(mark, at + 1)) >= 0:
            changed[at + offset] |= 1
    return bytes(changed)


def _with_wrong_length(data: bytes) -> bytes:
    changed = bytearray(data)
    at = changed.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", changed, at + 24, 3)
        struct.pack_into("<I", changed, at + 16, 0)
        at = changed.find(b"PK\x01\x02", at + 1)
    return bytes(changed)


def _with_content(content: bytes) -> bytes:
    """A PDF whose only page is drawn by ``content``, an object; readers find it though the table of places is wrong."""
    good = pdf([SEEN])
    start = good.index(b"6 0 obj\n")
    end = good.index(b"endobj", start)
    return good[:start] + b"6 0 obj\n" + content + b"\n" + good[end:]


def _huge_picture() -> bytes:
    size = "/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /ColorSpace /DeviceGray /BitsPerComponent 8 "
    return stream(b"\xff" * 1000, size)
