"""`{% translate %}`, `{% static %}` and `{% url %}` as Django has them, but what says the same again is looked up once.

In place of Django's own (see TEMPLATES in the settings): a page says some fifty phrases and files and up to two hundred
addresses, and a long table the same few hundreds of times.
"""

from django.template import defaulttags
from django.template.base import FilterExpression, Node, Parser, Token
from django.template.context import Context
from django.template.library import Library
from django.templatetags import i18n, static
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape
from django.utils.translation import get_language

from rihma.base.places import address

register = Library()
for library in (i18n.register, static.register):
    register.tags.update(library.tags)
    register.filters.update(library.filters)


class Once(Node):
    """Draws a node that says the same whenever the language is the same."""

    child_nodelists = ()

    def __init__(self, node: Node) -> None:
        self.node = node
        self.said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        spoken = get_language()
        said = self.said.get(spoken)
        if said is None:
            said = self.said[spoken] = self.node.render(context)
        return said


class Address(Node):
    """The address of a page."""

    child_nodelists = ()

    def __init__(self, node: defaulttags.URLNode) -> None:
        self.name = node.view_name
        self.args = node.args
        self.variable = node.asvar

    def render(self, context: Context) -> str:
        said = self.said(context)
        if self.variable:
            context[self.variable] = said
            return ""
        return conditional_escape(said) if context.autoescape else said

    def said(self, context: Context) -> str:
        try:
            return address(self.name.resolve(context), *(arg.resolve(context) for arg in self.args))
        except NoReverseMatch:
            # As Django has it, so that a page may ask whether there is such an address.
            if self.variable is None:
                raise
            return ""


@register.tag
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    node = i18n.do_translate(parser, token)
    depends = node.asvar or node.message_context or not _is_plain(node.filter_expression)
    return node if depends else Once(node)


@register.tag("static")
def file(parser: Parser, token: Token) -> Node:
    node = static.do_static(parser, token)
    return node if node.varname or not _is_plain(node.path) else Once(node)


@register.tag
def url(parser: Parser, token: Token) -> Node:
    node = defaulttags.url(parser, token)
    return node if node.kwargs else Address(node)


def _is_plain(said: FilterExpression) -> bool:
    """In quotation marks and without filters."""
    return not said.filters and (isinstance(said.var, str) or said.var.lookups is None)
