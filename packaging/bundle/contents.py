"""The one list of what an installed program takes of its libraries, and what it leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase

_QT = ("Core", "Gui", "Network", "PrintSupport", "Widgets")
"""The parts of Qt that the program imports; its signs are SVG, for which Qt looks by itself."""

_IMAGES = ("gif", "ico", "jpeg", "svg", "tiff", "webp")

_QT_EVERYWHERE = (
    "__init__.py",
    "_config.py",
    "_git_pyside_version.py",
    "PySide6_Essentials.json",
    *(f"Qt{one}.*pyd" for one in _QT),
    *(f"Qt{one}.abi3.so" for one in _QT),
)

KEPT_OF_QT: Mapping[str, tuple[str, ...]] = {
    "windows": (
        *_QT_EVERYWHERE,
        "pyside6.abi3.dll",
        "msvcp140*.dll",
        "vcruntime140*.dll",
        *(f"Qt6{one}.dll" for one in (*_QT, "Svg")),
        "plugins/platforms/qwindows.dll",
        "plugins/platforms/qoffscreen.dll",
        "plugins/styles/qmodernwindowsstyle.dll",
        "plugins/iconengines/qsvgicon.dll",
        *(f"plugins/imageformats/q{one}.dll" for one in _IMAGES),
        "translations/qtbase_zh_CN.qm",
    ),
    "linux": (
        *_QT_EVERYWHERE,
        "QtDBus.abi3.so",
        "libpyside6.abi3.so.*",
        *(f"Qt/lib/libQt6{one}.so.6" for one in (*_QT, "DBus", "OpenGL", "Svg", "XcbQpa")),
        "Qt/lib/libicu*.so.*",
        "Qt/plugins/platforms/libqxcb.so",
        "Qt/plugins/platforms/libqoffscreen.so",
        "Qt/plugins/platforminputcontexts/libcomposeplatforminputcontextplugin.so",
        "Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "Qt/plugins/platformthemes/libqxdgdesktopportal.so",
        "Qt/plugins/printsupport/libcupsprintersupport.so",
        "Qt/plugins/iconengines/libqsvgicon.so",
        *(f"Qt/plugins/imageformats/libq{one}.so" for one in _IMAGES),
        "Qt/translations/qtbase_zh_CN.qm",
    ),
}
"""Of the folder PySide6 only this is taken: the rest is Qml, tools and other screens' plugins."""

NOT_USED = ("charset-normalizer", "markdown-it-py", "mdurl", "pygments", "rich")
"""Libraries that others ask for and no path of the program imports: coloured commands, and reading
of XML of unknown encoding."""

_LEFT_OUT = (
    "*.pyi",
    "*.pyx",
    "*.pxd",
    "*.pxi",
    "*.h",
    "*.c",
    "*.lib",
    "*/py.typed",
    "*/tests/*",
    "alembic/templates/*",
    "alembic/testing/*",
    "cffi/*",
    "docx/templates/default-docx-template/*",
    "lxml/html/*",
    "lxml/includes/*",
    "lxml/isoschematron/*",
    "lxml/objectify*",
    "olefile/olefile2.py",
    "PIL/_avif*",
    "PIL/_imagingcms*",
    "PIL/_imagingft*",
    "PIL/_imagingtk*",
    "pillow.libs/libavif*",
    "pycparser/*",
    "pypdfium2_cli/*",
    "reportlab/fonts/*",
    "reportlab/graphics/samples/*",
    "shiboken6/concrt140.dll",
    "shiboken6/vc[aco]*140.dll",
    "sqlalchemy/ext/mypy/*",
    "sqlalchemy/testing/*",
)
"""What is not needed at work: types, headers, tests, compilers' files, Python 2, AVIF
pictures, fonts and pictures drawn by PIL itself."""


def is_taken(system: str, path: str) -> bool:
    """Whether a file of a library, by its path in the libraries' folder, goes along."""
    top, _, inside = path.partition("/")
    if top == "PySide6":
        return any(fnmatchcase(inside, one) for one in KEPT_OF_QT[system])
    return not any(fnmatchcase(path, one) for one in _LEFT_OUT)
