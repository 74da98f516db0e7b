# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Letters for what lists carry in Chinese: without them pictures show boxes."""

import shutil
import subprocess

from . import apt
from .say import say


def ensure_chinese() -> None:
    """Install a font with Chinese letters where there is none and we may."""
    if _has_chinese():
        return
    if apt.may_install():
        apt.install("fonts-wqy-microhei", "a font with Chinese letters")
    else:
        say("No font with Chinese letters: they will be boxes (Debian: fonts-wqy-microhei).")


def _has_chinese() -> bool:
    program = shutil.which("fc-list")
    if not program:
        return False
    return bool(subprocess.run([program, ":lang=zh-cn"], capture_output=True).stdout)
