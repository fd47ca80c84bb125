"""How long a whole night takes and how much memory it needs, compared with merely reading the register."""
