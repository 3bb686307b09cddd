"""The temporal tagger's parts: tokens, patterns, builders and the discourse that resolves them."""
