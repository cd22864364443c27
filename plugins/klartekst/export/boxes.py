"""A box that can be ticked on a screen is a sign wherever nothing can be clicked."""

from typing import Any


def as_signs(root: Any) -> None:
    """Put a sign before the words of each label that has a box: ☐, or ☑ where it is ticked.

    Args:
        root: an element of lxml or of the standard library, whose labels are changed.
    """
    for label in [*root.iter("label")]:
        box = next((child for child in label if child.tag == "input"), None)
        if box is not None:
            sign = "\u2610" if box.get("checked") is None else "\u2611"
            after, box.tail = box.tail or "", None
            label.remove(box)
            words = next(iter(label), None)
            if words is None:
                label.text = f"{label.text or ''}{sign} {after.strip()}"
            else:  # into the same element as the words: a sign alone is no text to whoever checks its contrast
                words.text = f"{sign} {words.text or ''}"
        label.tag = "span"
