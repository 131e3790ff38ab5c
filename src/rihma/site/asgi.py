"""What an ASGI server runs: `uvicorn rihma.site.asgi:application`. `rihma serve` does, after it has looked around."""

from django.utils.module_loading import import_string

from rihma.site.wsgi import application as pages

# Named as text because it needs Django, which the line above sets up.
application = import_string("rihma.site.gateway.Site")(pages)
