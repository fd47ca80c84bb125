"""How runs are put together: definitions, partitions, job, schedule, sensors, alerts, the command line.

What a night computes is not here: see ``assets`` for its order and ``outreach`` for its substance.
"""
