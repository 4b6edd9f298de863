import os

import pytest

from corpus.errors import DocumentError
from ingest.parse.files import decode, read_bytes


def test_utf8_with_and_without_mark_and_windows_1252(tmp_path):
    path = tmp_path / "a.txt"
    assert decode("åäö –".encode(), path) == ("åäö –", [])
    assert decode(b"\xef\xbb\xbfa", path) == ("a", [])
    assert decode("åäö – ”x”".encode("cp1252"), path) == ("åäö – ”x”", [])
    assert decode("åäö".encode("latin-1"), path) == ("åäö", [])
    assert decode("åäö".encode("utf-16"), path) == ("åäö", [])


def test_letters_are_composed_and_unseen_marks_removed(tmp_path):
    text, notes = decode("a\u030ar \u200bsto\u00add".encode(), tmp_path)
    assert (text, notes) == ("år stod", ["1 zero-width characters dropped"])
    assert decode("arbets\u00ad\n\nmarknad".encode(), tmp_path) == ("arbetsmarknad", [])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"a\x00b", "NUL"),
        ("ett".encode("utf-16-le"), "NUL"),
        (b"\x81\x8d", "neither UTF-8 nor Windows-1252"),
        (b"a\x07b", "control character 0x07"),
        (b"... --- !!!", "no words"),
    ],
)
def test_what_is_no_text_is_refused_with_its_name(data, says, tmp_path):
    with pytest.raises(DocumentError, match=says) as error:
        decode(data, tmp_path / "a.txt")
    assert str(error.value).startswith(f"{tmp_path / 'a.txt'}: ")
    assert "\n" not in str(error.value)


def test_missing_large_and_special_files_are_refused(tmp_path):
    with pytest.raises(DocumentError, match="no such file"):
        read_bytes(tmp_path / "none.txt")
    with pytest.raises(DocumentError, match="no such file"):
        read_bytes(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(DocumentError, match="no such file"):
        read_bytes(tmp_path / "pipe.txt")
    (tmp_path / "big.txt").write_text("1234")
    with pytest.raises(DocumentError, match="split the file"):
        read_bytes(tmp_path / "big.txt", max_bytes=3)
