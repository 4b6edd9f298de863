"""Plots: where the marks stand, and that labels are escaped."""

from xml.etree import ElementTree

from evals.plots import LEFT, WIDTH, Mark, Row, plot


def test_marks_stand_where_their_ratios_are() -> None:
    rows = [Row("a < b", [Mark(0.5, 0.25, 0.75, 8, "dev"), Mark(None, None, None, 0)], bound=0.1), Row("c", [])]
    figure = ElementTree.fromstring(plot("Title & more", rows))
    circles = list(figure.iter("circle"))
    assert [(c.get("cx"), c.get("class")) for c in circles] == [(str(LEFT + WIDTH * 0.5), "dev")]
    lines = {line.get("class"): (line.get("x1"), line.get("x2")) for line in figure.iter("line")}
    assert lines["dev"] == (str(LEFT + WIDTH * 0.25), str(LEFT + WIDTH * 0.75))
    assert lines["bound"] == (str(LEFT + WIDTH * 0.1),) * 2
    texts = [text.text for text in figure.iter("text")]
    assert {"a < b", "0.50 (n 8)", "– (n 0)"} <= set(texts)
