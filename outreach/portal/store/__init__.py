"""What the portal itself keeps: users, sessions, saved searches, votes, the audit chain. SQLite or PostgreSQL.

Answers, clerical decisions and answers of departments are not kept here: their master is the region's log.
"""
