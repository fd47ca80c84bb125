"""How long a whole night takes and how much memory it needs, beside merely reading the register."""
