"""The offices of the story and the people who work there; all of them are invented."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """One PC of one office: its folder's name, its station, who types, who signs the 送审表.

    Nobody has the telephone numbers.
    """

    folder: str
    role: str
    station: str
    computer: int
    operator: str
    telephone: str
    signer: str


CITY = Place("city", "city", "511100", 1, "周文静", "0833-0000100", "郑育林")
SHAWAN = Place("shawan", "county", "511111", 1, "罗晓燕", "0833-0000111", "冯建章")
SHAWAN_2 = Place("shawan2", "county", "511111", 2, "何俊", "0833-0000112", "冯建章")
MABIAN = Place("mabian", "county", "511133", 1, "沙马·依洛", "0833-0000133", "吉克·木呷")
QIAOBA = Place("qiaoba", "township", "511133106", 1, "邱万林", "0833-0000106", "海来·尔布")

PLACES = (CITY, MABIAN, SHAWAN, SHAWAN_2, QIAOBA)
"""In the order in which the city takes them in."""
