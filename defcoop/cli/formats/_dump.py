"""JSON that is safe to print."""

from __future__ import annotations

import json
import re

_UNSEEN = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""Terminal and bidi controls, and the surrogates by which Python stands for bytes of a name that are not UTF-8."""


def dump(value: object) -> str:
    """Write a value as readable JSON, with whatever could act on a terminal as an escape."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _UNSEEN.sub(lambda unseen: json.dumps(unseen.group())[1:-1], text)
