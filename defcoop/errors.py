"""The errors of defcoop: one base and the kinds that any part may raise; parts with kinds of their own derive them."""


class DefcoopError(Exception):
    """What keeps defcoop from doing what was asked, in words for its user; everything else is a bug or the system's."""


class InputError(DefcoopError, ValueError):
    """A name, value or combination of options that defcoop cannot use."""


class UnknownIdError(DefcoopError, KeyError):
    """An id that no record bears."""


class MissingLibraryError(DefcoopError, ImportError):
    """An optional library that is needed for what was asked, and is not installed."""
