from io import BytesIO

from ingest.frames import read_frame, taken_frame, write_frame


def test_what_is_written_is_read_and_an_end_is_an_end():
    stream = BytesIO()
    write_frame(stream, {"ord": "åäö \udcff"}, b"\0\1")
    write_frame(stream, [])
    stream.seek(0)
    assert read_frame(stream) == ({"ord": "åäö \udcff"}, b"\0\1")
    assert read_frame(stream) == ([], b"")
    assert read_frame(stream) is None


def test_a_header_is_taken_when_all_of_it_is_there():
    stream = BytesIO()
    write_frame(stream, {"n": 1}, b"data")
    write_frame(stream, {"n": 2})
    whole, received = stream.getvalue(), bytearray()
    taken = []
    for byte in whole:
        received.append(byte)
        said = taken_frame(received)
        taken += [said] if said is not None else []
    assert taken == [{"n": 1}, {"n": 2}]
    assert not received
