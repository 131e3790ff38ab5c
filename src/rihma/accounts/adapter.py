from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from rihma.accounts import middleware


class Adapter(DefaultAccountAdapter):
    """Every way in ends here."""

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        middleware.begin(request.session)

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Says nothing: the page one comes to shows well enough that one is in."""
