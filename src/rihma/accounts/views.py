from urllib.parse import urlencode
from uuid import UUID

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from rihma.accounts import actions, demo, writers
from rihma.accounts.access import public, signed_in
from rihma.accounts.forms import CodeForm, NameForm, SignInForm, TokenForm
from rihma.accounts.http import PersonRequest, place_of
from rihma.accounts.models import ApiToken, Person
from rihma.accounts.rules import STALE, TooOften, own_path
from rihma.base import unsent
from rihma.base.forms import posted
from rihma.base.refused import Refused

# In the session: which code this browser waits for, and the address it was sent to.
WAITING = "sign_in"


@public
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    then = own_path(request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(then or settings.LOGIN_REDIRECT_URL)
    waiting = request.session.get(WAITING, {})
    form = SignInForm(posted(request), initial={"email": waiting.get("email")})
    too_often = None
    if request.method == "POST" and form.is_valid():
        try:
            _ask(request, form.cleaned_data["email"])
        except TooOften as refused:
            form.add_error(None, str(refused))
            too_often = refused
        else:
            return redirect(_address("account_confirm_login_code", next=then))
    why = STALE.get(request.GET.get("why", ""))
    page = {"form": form, "then": then, "why": why, "waiting": waiting and not why, "unsent": unsent.is_kept(request)}
    return _show(request, "accounts/sign_in.html", page, too_often)


@public
@sensitive_post_parameters("code")
@never_cache
def enter_code(request: HttpRequest) -> HttpResponse:
    then = own_path(request.GET.get("next", ""))
    waiting = request.session.get(WAITING)
    if request.user.is_authenticated or not waiting:
        return redirect(_address("account_login", next=then))
    form = CodeForm(posted(request))
    too_often = None
    if request.method == "POST" and form.is_valid():
        try:
            code = form.cleaned_data["code"]
            person = actions.enter_code(UUID(waiting["code"]), code, asked_from=place_of(request))
        except TooOften as refused:
            form.add_error(None, str(refused))
            too_often = refused
        except Refused as refused:
            if refused.code in STALE:
                return redirect(_address("account_login", next=then, why=refused.code))
            form.add_error(refused.field, str(refused))
        else:
            del request.session[WAITING]
            return _enter(request, person, then)
    page = {"form": form, "then": then, **waiting}
    return _show(request, "accounts/enter_code.html", page, too_often)


@public
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.method != "POST" and request.user.is_authenticated:
        return render(request, "accounts/sign_out.html")
    if request.user.is_authenticated:
        logout(request)
        messages.success(request, _("You have signed out."))
    return redirect(settings.LOGOUT_REDIRECT_URL)


@signed_in
@require_POST
def sign_out_everywhere(request: PersonRequest) -> HttpResponse:
    actions.sign_out_everywhere(request.user)
    logout(request)
    messages.success(request, _("You have signed out on every device."))
    return redirect("account_login")


@public
@never_cache
def demo_sign_in(request: HttpRequest, token: str) -> HttpResponse:
    person = demo.known_by(token) if settings.DEMO else None
    if person is None:
        raise Http404
    if request.user.is_authenticated:
        logout(request)
    return _enter(request, person, own_path(request.GET.get("next", "")))


@signed_in
@never_cache
def name_oneself(request: PersonRequest) -> HttpResponse:
    """The first page after the first sign-in."""
    then = own_path(request.GET.get("next", ""))
    person = request.user
    form = NameForm(posted(request), initial={"name": person.name, "language": person.language})
    if request.method == "POST" and form.is_valid() and form.attempt(actions.name_oneself, person, **form.cleaned_data):
        return redirect(then or settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/name_oneself.html", {"form": form})


@signed_in
@never_cache
def details(request: PersonRequest) -> HttpResponse:
    person = request.user
    form = NameForm(posted(request), initial={"name": person.name, "language": person.language})
    if request.method == "POST" and form.is_valid() and form.attempt(actions.name_oneself, person, **form.cleaned_data):
        messages.success(request, _("Saved."))
        return redirect("accounts:details")
    return render(request, "accounts/details.html", {"form": form})


@signed_in
@never_cache
def what_was_unsent(request: PersonRequest) -> HttpResponse:
    """What could not be brought back to its page: to be read, copied, sent after all or let go."""
    if request.method == "POST":
        unsent.forget(request.session)
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/unsent.html", {"unsent": unsent.kept_for(request)})


@signed_in
@never_cache
def tokens(request: PersonRequest) -> HttpResponse:
    person = request.user
    form = TokenForm(posted(request))
    issued = ""
    sound = request.method == "POST" and form.is_valid()
    if sound and form.attempt(actions.issue_api_token, person, **form.cleaned_data):
        # Shown in the answer to the POST itself: to redirect it would have to be kept somewhere.
        issued, form = form.result, TokenForm()
    live = person.api_tokens.live().order_by("-created_at")
    return render(request, "accounts/tokens.html", {"form": form, "issued": issued, "tokens": live})


@signed_in
@require_POST
def revoke_token(request: PersonRequest, token: UUID) -> HttpResponse:
    found: ApiToken = get_object_or_404(request.user.api_tokens.live(), pk=token)
    actions.revoke_api_token(found)
    messages.success(request, _("The token “%s” no longer works.") % found.name)
    return redirect("accounts:tokens")


def _ask(request: HttpRequest, email: str) -> None:
    # One page has one token, which tells a double click. The demo shows the code, so there each click needs its own.
    page = "" if settings.DEMO else request.POST.get("csrfmiddlewaretoken", "")
    asked, code = actions.ask_for_code(
        email,
        language=get_language() or settings.LANGUAGE_CODE,
        asked_from=place_of(request),
        asked_with=actions.digest_of(page) if page else "",
    )
    request.session[WAITING] = {"code": str(asked.pk), "email": email}
    if settings.DEMO:
        request.session[WAITING]["shown"] = code


def _show(request: HttpRequest, template: str, page: dict[str, object], too_often: TooOften | None) -> HttpResponse:
    response = render(request, template, page, status=429 if too_often else 200)
    if too_often:
        response["Retry-After"] = str(too_often.wait)
    return response


def _enter(request: HttpRequest, person: Person, then: str) -> HttpResponse:
    """Through allauth, which rotates the session and may ask for more than a code."""
    to = then or resolve_url(settings.LOGIN_REDIRECT_URL)
    if not person.name:
        to = _address("accounts:name_oneself", next=then)
    response: HttpResponse = perform_login(request, person, redirect_url=to)
    unsent.forget_of_others(request.session, person.pk)
    writers.remember(response, person)
    return response


def _address(name: str, **query: str) -> str:
    given = {key: value for key, value in query.items() if value}
    return reverse(name) + (f"?{urlencode(given)}" if given else "")
