"""Methods that are functions of another module (`panel = panel.panel`), shown as methods of their class."""

from __future__ import annotations

import re
from copy import copy
from typing import Any

import griffe

_CLASSES = ("defcoop.dataset.core.Dataset",)
_BOUND = re.compile(r"^    dataset: .*\n(?:     .*\n)*", re.MULTILINE)
"""What a docstring says of the argument that is the object itself."""


class BoundFunctions(griffe.Extension):
    """Puts a method in the place of each attribute of a class that is a function of the package."""

    def on_package(self, *, pkg: griffe.Module, **_: Any) -> None:  # noqa: ANN401 - griffe's signature
        """Look through the classes that have such attributes."""
        for path in _CLASSES if pkg.path == "defcoop" else ():
            owner = pkg[path.removeprefix("defcoop.")]
            for name, member in list(owner.members.items()):
                if member.is_attribute and isinstance(member.value, griffe.ExprAttribute):
                    function = pkg[member.value.canonical_path.removeprefix("defcoop.")]
                    owner.set_member(name, _method(function, member))


def _method(function: griffe.Function, attribute: griffe.Attribute) -> griffe.Function:
    """Copy a function without its first parameter to where an attribute stands."""
    method = copy(function)
    method.parent, method.lineno, method.endlineno = attribute.parent, attribute.lineno, attribute.endlineno
    method.parameters = griffe.Parameters(*list(function.parameters)[1:])
    method.overloads = [_method(overload, attribute) for overload in function.overloads or ()] or None
    if function.docstring:
        method.docstring = copy(function.docstring)
        method.docstring.value = re.sub(r"^Args:\n\n", "", _BOUND.sub("", function.docstring.value), flags=re.MULTILINE)
        method.docstring.parent = method
    return method
