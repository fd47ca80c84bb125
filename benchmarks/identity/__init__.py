"""How well, and how fast, rows find their persons."""
