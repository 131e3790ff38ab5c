"""A canvas from a program: join, read, write, and know what is saved.

    with Canvas.join("https://rihma.example", canvas_id, token) as canvas:
        canvas.add("assumption", "wanted", "People open the letter")
        canvas.flush()
        print([item.text for item in canvas.items.values()])

It needs nothing of the server's code. What it sends stays queued until the server has confirmed it, and is sent again
with the same ids after the connection broke. docs/asyncapi.yaml tells what goes over the wire.
"""

from rihma.client.canvas import Canvas
from rihma.client.messages import Item, Refused

__all__ = ["Canvas", "Item", "Refused"]
