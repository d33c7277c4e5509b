"""What a PostgreSQL server is taught, so that it understands the SQL that SQLite understands.

The SQL of the program is written once. Where it calls a function that SQLite has and
PostgreSQL has not, the function is made in the database of the store. All are plain
expressions that the planner puts in place of the call.
"""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import Connection

from app.domain.naming.pinyin_order import UNKNOWN, order_key
from app.domain.naming.pinyin_table import by_reading
from database.store.dialect import BY_PINYIN, COMPARED

_SCALAR = "IMMUTABLE PARALLEL SAFE LANGUAGE sql"

FUNCTIONS = (
    # What SQLite takes out of JSON is a text, and of true and false a number.
    f"""CREATE OR REPLACE FUNCTION zf_plain(jsonb) RETURNS text {_SCALAR} AS $$
        SELECT CASE jsonb_typeof($1) WHEN 'boolean' THEN CASE $1::text WHEN 'true' THEN '1'
        ELSE '0' END WHEN 'null' THEN NULL ELSE $1 #>> '{{}}' END $$""",
    f"""CREATE OR REPLACE FUNCTION zf_kind(jsonb) RETURNS text {_SCALAR} AS $$
        SELECT CASE jsonb_typeof($1) WHEN 'string' THEN 'text' WHEN 'boolean' THEN $1::text
        WHEN 'number' THEN CASE WHEN $1::text ~ '[.eE]|[0-9]{{19}}' THEN 'real' ELSE 'integer' END
        ELSE jsonb_typeof($1) END $$""",
    f"""CREATE OR REPLACE FUNCTION json_each(text)
        RETURNS TABLE (key text, value text, type text) ROWS 10 {_SCALAR} AS $$
        SELECT key, zf_plain(value), zf_kind(value) FROM jsonb_each(
            CASE jsonb_typeof($1::jsonb) WHEN 'object' THEN $1::jsonb ELSE '{{}}' END)
        UNION ALL
        SELECT (place - 1)::text, zf_plain(value), zf_kind(value) FROM jsonb_array_elements(
            CASE jsonb_typeof($1::jsonb) WHEN 'array' THEN $1::jsonb ELSE '[]' END)
            WITH ORDINALITY AS one (value, place) $$""",
    f"""CREATE OR REPLACE FUNCTION json_extract(text, text) RETURNS text {_SCALAR} AS $$
        SELECT zf_plain(jsonb_path_query_first($1::jsonb, $2::jsonpath)) $$""",
    f"""CREATE OR REPLACE FUNCTION json_type(text, text) RETURNS text {_SCALAR} AS $$
        SELECT zf_kind(jsonb_path_query_first($1::jsonb, $2::jsonpath)) $$""",
    f"""CREATE OR REPLACE FUNCTION json_array_length(text) RETURNS bigint {_SCALAR} AS $$
        SELECT CASE jsonb_typeof($1::jsonb) WHEN 'array' THEN jsonb_array_length($1::jsonb)
        ELSE 0 END $$""",
    # What is no number is none, as CAST has it in SQLite.
    f"""CREATE OR REPLACE FUNCTION zf_number(text) RETURNS double precision {_SCALAR} AS $$
        SELECT CASE WHEN $1 IS NOT NULL
        THEN coalesce(substring($1 FROM '^\\s*[-+]?[0-9]+(?:\\.[0-9]*)?'), '0')::float8 END $$""",
    f"""CREATE OR REPLACE FUNCTION julianday(text) RETURNS bigint {_SCALAR} AS $$
        SELECT (to_date($1, 'YYYY-MM-DD') - DATE '2000-01-01')::bigint $$""",
    f"""CREATE OR REPLACE FUNCTION instr(text, text) RETURNS integer {_SCALAR} AS $$
        SELECT strpos($1, $2) $$""",
    f"""CREATE OR REPLACE FUNCTION instr(bytea, bytea) RETURNS integer {_SCALAR} AS $$
        SELECT position($2 IN $1) $$""",
    f"""CREATE OR REPLACE FUNCTION unhex(text, text) RETURNS bytea {_SCALAR} AS $$
        SELECT decode(replace($1, $2, ''), 'hex') $$""",
    # Every character stands for another that sorts as `order_key` has it; small ASCII for itself.
    # Called for every row of a list: what is kept between calls makes it six times as quick as SQL.
    f"""CREATE OR REPLACE FUNCTION {BY_PINYIN}(text) RETURNS text STABLE PARALLEL SAFE
        LANGUAGE plpgsql AS $$
        DECLARE
            ordered text COLLATE "C" := '';
            letter text COLLATE "C";
            ranked text COLLATE "C";
        BEGIN
            IF $1 IS NULL THEN RETURN NULL; END IF;
            FOREACH letter IN ARRAY string_to_array(left($1, {COMPARED}), NULL) LOOP
                IF letter < 'A' OR (letter > 'Z' AND ascii(letter) < 128) THEN
                    ordered := ordered || letter;
                    CONTINUE;
                END IF;
                SELECT r.rank INTO ranked FROM pinyin_rank r WHERE r.one = letter;
                ordered := ordered || coalesce(ranked, CASE
                    WHEN ascii(letter) BETWEEN {0x3400} AND {0x9FFF}
                        OR ascii(letter) BETWEEN {0x20000} AND {0x3FFFF}
                    THEN chr(ascii(letter) + {UNKNOWN}) ELSE letter END);
            END LOOP;
            RETURN ordered;
        END $$""",
)
"""Each makes itself anew, so that a newer program brings its own.

None is taken away, and none means something else under its name: an older program works beside.
"""

VERSION = 2
"""Of the functions and the table: raised with each change of either, and never lowered."""

CONTENT = "15b7b3119665d256"
"""`digest` of this version."""


def knows(connection: Connection) -> bool:
    """Whether the server was taught as much as this program knows, or may not be taught by it."""
    sql = (
        "SELECT obj_description(oid, 'pg_class'), pg_has_role(relowner, 'USAGE')"
        " FROM pg_class WHERE oid = to_regclass('pinyin_rank')"
    )
    row = connection.exec_driver_sql(sql).first()
    if row is None:
        return False
    taught, may = row
    return not may or int(taught or 0) >= VERSION


def digest() -> str:
    """What is made of it, in sixteen hex digits."""
    told = "\n".join((*FUNCTIONS, *map("\t".join, _ranks())))
    return sha256(told.encode()).hexdigest()[:16]


def teach(connection: Connection) -> None:
    """Make the functions, and the table of what characters are ordered by."""
    connection.exec_driver_sql(
        'CREATE TABLE IF NOT EXISTS pinyin_rank (one text COLLATE "C" PRIMARY KEY,'
        ' rank text COLLATE "C" NOT NULL)'
    )
    connection.exec_driver_sql("DELETE FROM pinyin_rank")
    cursor = connection.connection.cursor()
    with cursor.copy("COPY pinyin_rank (one, rank) FROM STDIN") as copy:
        for row in _ranks():
            copy.write_row(row)
    for function in FUNCTIONS:
        connection.exec_driver_sql(function)
    connection.exec_driver_sql(f"COMMENT ON TABLE pinyin_rank IS '{VERSION}'")


def _ranks() -> list[tuple[str, str]]:
    """Every character that is not ordered as it stands, and what it is ordered by."""
    return [(char, order_key(char)) for char in dict.fromkeys((*by_reading(), *_capitals()))]


def _capitals() -> list[str]:
    """The characters that are compared as small ones."""
    return [char for char in map(chr, range(0x20, 0xD800)) if char.lower() != char]
