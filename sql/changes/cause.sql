-- changes.cause: the causes of each changed line. The order: 1 identity (who it is explains all that follows), 2
-- policy (proved: the rule answers otherwise on the same facts), 3 delivery (an extract that came on one night only), 4
-- birthday, 5 time, 6 data; 7 to 10 only where nothing before them is found: a doubt about a link, an unproven change
-- of the rule, what the line itself shows, unknown. cause: the first; causes: all in that order; text: all, in one
-- line.
-- grain: a line
-- columns: person_id, programme, cause, causes, text
-- from: changes.cause_evidence
WITH evidence AS (
    SELECT
        person_id,
        programme,
        cause,
        place,
        text,
        min(place) OVER (PARTITION BY person_id, programme) AS first_place
    FROM changes.cause_evidence
    GROUP BY person_id, programme, cause, place, text
),

kept AS (
    SELECT person_id, programme, cause, place, text
    FROM evidence
    WHERE place <= 6 OR place = first_place
),

ordered AS (
    SELECT person_id, programme, cause, min(place) AS place
    FROM kept
    GROUP BY person_id, programme, cause
)

SELECT
    t.person_id,
    t.programme,
    o.causes[1] AS cause,
    o.causes,
    t.text
FROM (
    SELECT person_id, programme, string_agg(text, '；' ORDER BY place, text) AS text
    FROM kept
    GROUP BY person_id, programme
) AS t
INNER JOIN (
    SELECT
        person_id,
        programme,
        list_transform(
            array_sort(list(struct_pack(place := place, cause := cause))), lambda item: item.cause
        ) AS causes
    FROM ordered
    GROUP BY person_id, programme
) AS o ON o.person_id = t.person_id AND o.programme = t.programme
