"""The page where teams work: the published night read, answers written to the region's logs.

``create_app`` makes the web application; ``outreach portal`` serves it.
"""
