-- Who gives way as of today.
-- grain: a person and a programme
-- columns: person_key, programme, gives_way_to, by_programme, by_person, by_receiving, worth, by_worth
-- from: decisions.displaced, run.context
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
