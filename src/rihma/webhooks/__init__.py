"""What happened, told to programs elsewhere: endpoints of a programme, messages that are signed after the Standard
Webhooks scheme, deliveries that are tried again, and their log.

An area above tells in one line (`actions.tell`); the worker delivers. What a message may hold are ids, numbers and
short facts, never what people wrote or who they are. Whose programme it is, the settings say (`home.py`).
"""
