from pathlib import Path
from typing import Any

import pytest

from rihma.site.mail import PATIENCE, mailers, server


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", {"host": "mail.example", "port": None, "username": "", "password": ""}),
        (
            "starttls://rihma%40x.example:p%3Aw@mail.example:587",
            {"host": "mail.example", "port": 587, "username": "rihma@x.example", "password": "p:w", "use_tls": True},
        ),
        (
            "smtps://mail.example",
            {"host": "mail.example", "port": None, "username": "", "password": "", "use_ssl": True},
        ),
    ],
)
def test_address_says_how_mail_leaves(url: str, expected: dict[str, Any]) -> None:
    assert server(url) == {"timeout": PATIENCE, **expected}


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://"])
def test_address_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="RIHMA_SMTP_URL begins with"):
        server(url)


def test_without_a_server_mail_goes_to_a_folder() -> None:
    transport = mailers("", Path("/srv/mail"))["transport"]
    assert transport == {"BACKEND": "rihma.notices.backends.Files", "OPTIONS": {"folder": Path("/srv/mail")}}
