"""A policy as SQL, over profiles of people alike in all that it asks for."""
