"""The bench can be read and its parts work; what it measures is not for a test to hold."""

from bench import pages, race
from bench.closing.crowd import Fields
from bench.load import Load, read_wrk
from bench.table import Goal, Report

WRK = """Running 1s test @ http://127.0.0.1:8000/
  Latency Distribution
     50%    1.25ms
     99%    1.02s
Requests/sec:    640.50
"""


def test_load_is_read_from_what_wrk_says() -> None:
    assert read_wrk(WRK) == Load(640.5, 1.25, 1020.0)


def test_ratio_says_how_many_times_the_peers_pages_we_serve() -> None:
    results = {
        ("rihma", "call", 1): race.Result(50, 20, 30),
        ("pretalx", "call", 1): race.Result(20, 50, 60),
    }
    assert race.ratios(results) == {"call pages/s at 1": 2.5, "call p99 at 1": 0.5}
    assert [goal.met for goal in race.goals(results)] == [True, True]


def test_goal_without_a_number_is_neither_met_nor_missed() -> None:
    report = Report("pages", goals=[Goal("performance", None, 95, kind="least", note="npm is not installed")])
    assert report.goals[0].met is None
    assert report.table().splitlines()[-1].endswith("not measured | npm is not installed")


def test_bench_says_on_what_machine_it_ran() -> None:
    assert "cores" in pages.machine()


def test_form_is_read_as_a_browser_would_send_it() -> None:
    page = """
      <form action="/other/"><input name="search" value="x"></form>
      <form data-autosave="/save/"><input type="hidden" name="seen" value="a:1"><textarea name="why">Because</textarea>
        <select name="theme"><option value="1">One</option><option value="2" selected>Two</option></select>
        <input type="checkbox" name="open"><input type="radio" name="lang" value="fi"><input type="radio" name="lang" value="sv" checked>
        <button name="review">Review</button></form><section data-after-save="/rules/"></section>
    """
    fields = Fields()
    fields.feed(page)
    assert (fields.action, fields.rules) == ("/save/", "/rules/")
    assert fields.pairs == [("seen", "a:1"), ("why", "Because"), ("theme", "2"), ("lang", "sv")]
