"""The measures of GB/T 9704-2012 that the PDF and the .docx share; lengths in points.

版心 156 × 225 mm, 天头 37 mm, 订口 28 mm; 22 lines of 28 characters. Twenty-eight characters of
三号 (16 pt) are wider than the 版心, so their pitch is 15.75 pt.
"""

from __future__ import annotations

MM = 72 / 25.4
TOP, LEFT, WIDTH, HEIGHT = 37 * MM, 28 * MM, 156 * MM, 225 * MM
PER_LINE, LINES = 28, 22
CHARACTER = 15.75
"""The pitch of the characters, and in the PDF their size."""

TEXT_WIDTH = PER_LINE * CHARACTER
LEADING = HEIGHT / LINES
TITLE_SIZE, TITLE_LEADING = 22.0, 34.0
TABLE_SIZE, CAPTION_SIZE = 10.5, 14.0
NUMBER_SIZE = 14.0
NUMBER_BELOW = 7 * MM
"""From the lower edge of the 版心 to the page number."""

DATE_FROM_RIGHT = 4
"""成文日期 stands so many characters from the right."""

NAME_SIZE, RED_RULE = 48.0, 1.5
"""The name of 简报 over its red rule."""
