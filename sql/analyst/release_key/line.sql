-- What may be known between a person and a programme: the decision, whether it is being received (NULL where what the person receives is
-- not shown), what is to be done. One row: a person (random key) × programme of which any of the three is known.
-- From mart.decision_row, mart.candidate, release_key.fact, release_key.person.
SELECT
    t.key,
    t.programme,
    max(t.decision) AS decision,
    CASE WHEN bool_and(t.receiving_known) THEN bool_or(t.received) END AS received,
    max(t.action) AS action
FROM (
    SELECT f.key, d.programme, d.decision, FALSE AS received, CAST(NULL AS VARCHAR) AS action, f.receiving IS NOT NULL AS receiving_known
    FROM mart.decision_row AS d
    INNER JOIN release_key.person AS k ON k.person_id = d.person_id
    INNER JOIN release_key.fact AS f ON f.key = k.key
    UNION ALL
    SELECT f.key, c.programme, NULL AS decision, FALSE AS received, c.action, f.receiving IS NOT NULL AS receiving_known
    FROM mart.candidate AS c
    INNER JOIN release_key.person AS k ON k.person_id = c.person_id
    INNER JOIN release_key.fact AS f ON f.key = k.key
    UNION ALL
    SELECT key, unnest(receiving) AS programme, NULL AS decision, TRUE AS received, NULL AS action, TRUE AS receiving_known
    FROM release_key.fact
) AS t
GROUP BY t.key, t.programme
