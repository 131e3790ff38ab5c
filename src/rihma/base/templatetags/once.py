"""`{% translate %}` and `{% static %}` as Django has them, but a plain phrase is looked up once a language.

In place of Django's libraries of these names (see TEMPLATES in the settings): a page says some fifty phrases and files,
and a long table the same few hundreds of times.
"""

from uuid import UUID

from django.template.base import FilterExpression, Node, Parser, Token
from django.template.context import Context
from django.template.library import Library
from django.templatetags import i18n, static
from django.utils.translation import get_language

from rihma.base.places import of_id
from rihma.base.said import language

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


class Place(Node):
    """The address of a page that is named by an id."""

    child_nodelists = ()

    def __init__(self, name: str, thing: FilterExpression) -> None:
        self.name = name
        self.thing = thing

    def render(self, context: Context) -> str:
        thing = self.thing.resolve(context)
        return of_id(self.name, thing if isinstance(thing, UUID) else UUID(thing), language())


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


def _is_plain(said: FilterExpression) -> bool:
    """In quotation marks and without filters."""
    return not said.filters and (isinstance(said.var, str) or said.var.lookups is None)
