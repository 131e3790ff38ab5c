"""Guests: people without an account, who came by a link or a QR code and may do one thing.

A *link* opens one thing (named by a key such as `canvases:<id>`) in one role until it ends; its owner can close it
(nobody new) or revoke it (all out). A *guest* is somebody who came by one, known again on the same device.
"""
