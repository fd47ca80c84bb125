"""The night as Dagster assets, in the order a row walks.

What belongs here: which table depends on which, what is checked, what an operator reads with a run.
What does not: any computation. An asset calls the library (``outreach``) and reports what it answered.
"""
