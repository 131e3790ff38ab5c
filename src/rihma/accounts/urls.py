"""Nothing of allauth's own pages is served. Two of ours carry the names by which it finds the way back to signing in."""

from django.urls import include, path
from django.views.generic import RedirectView

from rihma.accounts import views
from rihma.accounts.access import public

ours = [
    path("sign-out/everywhere/", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("demo/<str:token>/", views.demo_sign_in, name="demo_sign_in"),
    path("name/", views.name_oneself, name="name_oneself"),
    path("details/", views.details, name="details"),
    path("unsent/", views.what_was_unsent, name="unsent"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<uuid:token>/revoke/", views.revoke_token, name="revoke_token"),
]
urlpatterns = [
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-in/code/", views.enter_code, name="account_confirm_login_code"),
    # A new address signs in like any other.
    path(
        "sign-up/",
        public(RedirectView.as_view(pattern_name="account_login", query_string=True)),
        name="account_signup",
    ),
    path("sign-out/", views.sign_out, name="account_logout"),
    path("", include((ours, "accounts"))),
]
