"""How a store came to its present schema, one step per file in `versions`."""
