"""What docs/programme-file.md says is so."""

import re
from pathlib import Path

import pytest

from rihma.programmes import file
from tools.programme_file import PAGE, with_keys


def test_every_key_is_documented_as_the_schema_says() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_keys(page) == page, "run tools/programme_file.py"


@pytest.mark.django_db
def test_example_of_the_page_has_no_mistake() -> None:
    found = re.search(r"```toml\n(.*?)```", Path(PAGE).read_text(encoding="utf-8"), re.DOTALL)
    assert found
    assert file.check(found[1].encode()).problems == ()
