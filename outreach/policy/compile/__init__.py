"""A policy as SQL, over profiles of people equal in all that it uses."""
