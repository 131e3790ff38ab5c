"""Of what npm brings, exactly the files that are named are served."""

from pathlib import Path

from django.contrib.staticfiles import finders

from rihma.site.frontend import FILES, FrontendFinder, path_of
from tests.taste import PACKAGE


def test_every_named_file_is_there() -> None:
    assert FrontendFinder().check() == []


def test_finder_lists_what_is_named_and_nothing_else() -> None:
    assert [name for name, _storage in FrontendFinder().list(None)] == list(FILES)


def test_file_that_is_not_named_is_not_found() -> None:
    asked = ["vendor/lucide-static/package.json", "vendor/../frontend.py", "vendor/designsystemet/../../settings.py"]
    assert [finders.find(name) for name in asked] == [None, None, None]


def test_served_file_is_the_one_of_the_package() -> None:
    name = "vendor/designsystemet/button.css"
    assert finders.find(name) == str(path_of(name))


def test_every_package_that_is_served_brings_its_licence() -> None:
    folders = {str(Path(name).parent) for name in FILES}
    assert {folder for folder in folders if f"{folder}/LICENSE" not in FILES} == set()


def test_area_serves_only_under_its_own_name() -> None:
    served = [path.relative_to(PACKAGE).parts for path in PACKAGE.glob("*/static/*")]
    assert [parts for parts in served if parts[0] != parts[2]] == []
