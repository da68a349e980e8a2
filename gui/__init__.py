"""The window: Qt widgets over a :class:`model.document.Document`. Imported by ``main.py`` only."""
