"""The program itself, hurried through hundreds of times on a busy machine; `make soak`.

It is no test: it takes long and counts. tests/soak/__main__.py says what a round is.
"""
