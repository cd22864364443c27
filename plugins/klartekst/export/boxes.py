"""A box that can be ticked on a screen is a sign wherever nothing can be clicked."""

from typing import Any


def as_signs(root: Any) -> None:
    """Put a sign in the place of each box that has a label: ☐, or ☑ where it is ticked.

    Args:
        root: an element of lxml or of the standard library, whose labels are changed.
    """
    for label in [*root.iter("label")]:
        box = next((child for child in label if child.tag == "input"), None)
        if box is not None:
            sign = "\u2610" if box.get("checked") is None else "\u2611"
            after, box.tail = box.tail or " ", None
            label.remove(box)
            label.text = f"{label.text or ''}{sign}{after}"
        label.tag = "span"
