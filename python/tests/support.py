"""What tests share."""

import contextlib
import io


def shown(lines):
    """What a pasted program prints."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec("\n".join(lines), {})  # noqa: S102
    return out.getvalue()


def pasted(message):
    """The lines of the program in a message, which come last."""
    return [line[8:] for line in message.rpartition("\n\n")[2].splitlines()]


def said(lines):
    """What the last line of a program says that it prints, and what would be right."""
    returned, right = lines[-1].rpartition("# ")[2].split(" is ")[1:]
    return returned.removesuffix(", right"), right
