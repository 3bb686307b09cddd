"""The Faust agents: decode a message, call a pure function, send what it gives, acknowledge."""
