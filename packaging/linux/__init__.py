"""The package for Debian 11 to 13, UOS V20 and Kylin V10; `make deb`."""
