"""Why a decision is as it is: conditions that do not hold, facts that are missing, parts of an amount."""
