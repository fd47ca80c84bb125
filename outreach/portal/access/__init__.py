"""Who may do what, where: roles and their permissions, areas, sessions, and the guard before every route."""
