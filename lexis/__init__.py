"""Words: how they are cut, how telling they are, and which of them name the same kind of occurrence. Pure."""
