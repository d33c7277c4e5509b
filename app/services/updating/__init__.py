"""Updates of the program (程序更新) from a file: looked at, installed, made, passed down."""
