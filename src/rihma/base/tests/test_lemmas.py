"""Words in any inflection have the same base form."""

import pytest

from rihma.base import lemmas


@pytest.mark.parametrize(
    ("language", "forms", "base"),
    [
        ("fi", "kunta kunnissa kuntien kunnalta", "kunta"),
        ("fi", "hankkeesta hankkeiden hanke", "hanke"),
        ("sv", "kommunerna kommunens kommun", "kommun"),
        ("sv", "försöken försöket försökens", "försök"),
    ],
)
def test_inflected_words_share_their_base(language: str, forms: str, base: str) -> None:
    assert lemmas.bases(forms, language) == {base}


def test_whoever_searches_need_not_say_in_which_language() -> None:
    finnish, swedish = lemmas.asked("kunnissa kommunerna")
    assert "kunta" in finnish
    assert "kommun" in swedish


def test_what_is_no_word_makes_no_words_and_very_long_ones_are_left_out() -> None:
    assert list(lemmas.words_of(f"% _ ' – {'a' * 61} koe-erä, 2.")) == ["koe-erä", "koe", "erä", "2"]
    assert len(lemmas.asked("a b c d e f g h i j k")) == lemmas.MOST_ASKED
