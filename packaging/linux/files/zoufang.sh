#!/bin/sh
# The interpreter looks at nothing but the program's own folders.
exec /usr/lib/zoufang/python/bin/python3.11 -I -m app "$@"
