"""A shared ordered log between people who look at one thing at once, over one socket each.

It knows keys, operations and numbers, never what they mean: an area that keeps a log gives a `Ledger` (ledger.py),
and `site` says which path leads to which. A *room* is everybody who has one key open on this server; the *writer*
gathers what they send into transactions; what is committed is acknowledged, then shown. `canvas-protocol` in
docs/asyncapi.yaml tells what goes over the wire.
"""
