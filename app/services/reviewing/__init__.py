"""审核: what the office above says of records, and the answer that carries it."""
