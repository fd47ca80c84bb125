-- Who gives way as of today.
-- One row: a person and a programme.
SELECT
    d.person_key,
    d.programme,
    d.gives_way_to,
    d.by_programme,
    d.by_person,
    d.by_receiving,
    d.worth,
    d.by_worth
FROM decisions.displaced AS d
INNER JOIN run.context AS c ON c.as_of = d.on_day
