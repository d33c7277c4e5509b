"""What of Qt a callable holds: a job may hold nothing, an answer falls with what it holds.

Looked at are what only app.ui can put in: bound methods, `partial`, closures, containers
and objects of app.ui. The services know no Qt (import-linter). app.ui.worker says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from types import BuiltinMethodType, FunctionType, MethodType, UnionType
from typing import Any

from PySide6.QtCore import SignalInstance
from shiboken6 import Shiboken, isValid

_DEEPEST = 8
_MOST = 20
"""A container longer than this is data; its first members speak for the rest."""
_PLAIN = frozenset({str, int, float, bool, bytes, type(None)})

Way = tuple[str, ...]
Listener = Callable[..., object] | SignalInstance


def refuse_qt(job: object) -> None:
    """Raise TypeError when the job, or what it is made of, is an object of Qt."""
    for _, way in held(job):
        raise TypeError("a job must hold nothing of Qt: " + " → ".join(way))


def falling(listener: Listener) -> Listener:
    """The listener, but silent once an object of Qt that it holds was deleted.

    Qt itself forgets its own slots and the methods of its objects.
    """
    if isinstance(listener, SignalInstance):
        return listener
    if isinstance(getattr(listener, "__self__", None), Shiboken.Object):
        return listener
    objects = [one for one, _ in held(listener) if isinstance(one, Shiboken.Object)]

    def tell(*told: object) -> None:
        if all(map(isValid, objects)):
            listener(*told)

    return tell if objects else listener


def held(thing: object) -> Iterator[tuple[object, Way]]:
    """Every object and signal of Qt in it, with the names that lead there."""
    return _held(thing, (), set())


def _held(thing: object, way: Way, seen: set[int]) -> Iterator[tuple[object, Way]]:
    if len(way) > _DEEPEST or id(thing) in seen:
        return
    seen.add(id(thing))
    way = (*way, getattr(thing, "__qualname__", type(thing).__qualname__))
    if isinstance(thing, Shiboken.Object | SignalInstance):
        yield thing, way
        return
    for part in _parts(thing):
        if type(part) not in _PLAIN:
            yield from _held(part, way, seen)


def _parts(thing: Any) -> Iterable[object]:
    if isinstance(thing, type):
        return ()
    for kind, parts in _PARTS:
        if isinstance(thing, kind):
            return parts(thing)
    return _attributes(thing) if type(thing).__module__.startswith("app.ui") else ()


def _of_function(thing: FunctionType) -> Iterable[object]:
    cells = thing.__closure__ or ()
    return (*map(_content, cells), thing.__defaults__, thing.__kwdefaults__)


def _content(cell: Any) -> object:
    try:
        return cell.cell_contents
    except ValueError:
        # Not bound yet: it cannot be run before it is.
        return None


def _attributes(thing: object) -> Iterable[object]:
    names = {name for kind in type(thing).__mro__ for name in _slots(kind)}
    names |= getattr(thing, "__dict__", {}).keys()
    return [getattr(thing, name, None) for name in names]


def _slots(kind: type) -> Iterable[str]:
    slots = kind.__dict__.get("__slots__", ())
    return (slots,) if isinstance(slots, str) else slots


_PARTS: Sequence[tuple[type | UnionType, Callable[[Any], Iterable[object]]]] = (
    (partial, lambda thing: (thing.func, thing.args, thing.keywords)),
    (MethodType, lambda thing: (thing.__self__, thing.__func__)),
    (BuiltinMethodType, lambda thing: (thing.__self__,)),
    (FunctionType, _of_function),
    # Taken out at once: what another thread fills meanwhile must not change under the walk.
    (dict, lambda thing: tuple(islice(thing.values(), _MOST))),
    (list | tuple | set | frozenset, lambda thing: tuple(islice(thing, _MOST))),
)
