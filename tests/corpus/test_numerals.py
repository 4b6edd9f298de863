from corpus.numerals import MONTHS, NUMBERS, numbers_between


def test_words_stand_for_their_numbers():
    words = ("noll", "en", "två", "tolv", "nitton", "tjugo", "fyrtiosju", "nittio", "hundra")
    assert [NUMBERS[word] for word in words] == [0, 1, 2, 12, 19, 20, 47, 90, 100]
    assert sorted(NUMBERS.values()) == list(range(101))


def test_a_stretch_of_them_is_in_order_and_holds_both_ends():
    assert numbers_between(11, 20) == "elva tolv tretton fjorton femton sexton sjutton arton nitton tjugo".split()
    assert numbers_between(29, 31) == ["tjugonio", "trettio", "trettioen"]


def test_months_are_in_order():
    assert (MONTHS[0], MONTHS[5], MONTHS[11], len(MONTHS)) == ("januari", "juni", "december", 12)
