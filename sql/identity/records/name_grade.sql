-- What each grade of likeness of two names is called: up to 6 as `name_level` of the functions; 7 a former name; 8 a
-- name that another row of the person has.
-- Written from outreach/identity/levels.py by `python -m outreach.identity.level_files`: not to be edited.
-- grain: a grade
-- columns: grade, level
-- from: nothing
SELECT grade, level
FROM (
    VALUES
        (0, 'different'),
        (1, 'surname'),
        (2, 'one differs'),
        (3, 'gap'),
        (4, 'look-alike'),
        (5, 'reading'),
        (6, 'equal'),
        (7, 'former'),
        (8, 'of another row')
) AS named (grade, level)
