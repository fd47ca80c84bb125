"""What the portal itself keeps, in SQLite or PostgreSQL: users, sessions, searches, votes, the audit chain.

Answers, clerical decisions and answers of departments are not kept here: their master is the region's log.
"""
