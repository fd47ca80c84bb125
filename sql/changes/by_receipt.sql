-- changes.by_receipt: lines whose person is on the roll of benefits otherwise than before. A row of the roll that is
-- linked otherwise is an identity correction (changes.by_identity), a roll that did not come no receipt.
-- grain: a line × programme of that roll
-- columns: person_id, programme, cause, place, text
-- from: changes.examined, changes.extract, changes.fact, changes.line, changes.relinked, changes.subject,
--   changes.title, decisions.programme, facts.receiving, previous.person
WITH paid AS (
    SELECT d.person_id, d.receipt.programme AS programme, d.receipt.amount AS amount
    FROM (
        SELECT s.person_id, unnest(e.receiving) AS receipt
        FROM changes.subject AS s
        INNER JOIN previous.person AS e ON e.person_id = s.person_id_before
    ) AS d
)

SELECT DISTINCT
    l.person_id,
    l.programme,
    'data' AS cause,
    6 AS place,
    t.title || '：' || CASE WHEN x.examined = l.programme THEN '' ELSE g.programme_name END
    || CASE
        WHEN b.person_id IS NULL THEN '未享受→在享受'
        WHEN n.person_key IS NULL THEN '在享受→未享受'
        ELSE
            '现发 ' || coalesce(CAST(b.amount AS VARCHAR), '不明')
            || '→' || coalesce(CAST(n.amount AS VARCHAR), '不明') || '元'
    END AS text
FROM changes.line AS l
INNER JOIN changes.examined AS x ON x.programme = l.programme
INNER JOIN changes.subject AS s
    ON s.person_id = l.person_id AND s.person_key IS NOT NULL AND s.person_id_before IS NOT NULL
INNER JOIN changes.title AS t ON t.extract = 'benefit_roll'
LEFT JOIN decisions.programme AS g ON g.programme = x.examined
LEFT JOIN paid AS b ON b.person_id = l.person_id AND b.programme = x.examined
LEFT JOIN facts.receiving AS n ON n.person_key = l.person_key AND n.programme = x.examined
LEFT JOIN changes.extract AS f ON f.extract = 'benefit_roll'
LEFT JOIN changes.relinked AS r ON r.person_id = l.person_id AND r.extract = 'benefit_roll'
WHERE
    f.extract IS NULL
    AND r.extract IS NULL
    AND (
        (b.person_id IS NULL) <> (n.person_key IS NULL)
        OR (x.examined = l.programme AND b.amount IS DISTINCT FROM n.amount)
    )
UNION ALL
SELECT
    l.person_id,
    l.programme,
    'data' AS cause,
    6 AS place,
    t.title || '：' || CASE WHEN d.after = 'true' THEN '未享受→在享受' ELSE '在享受→未享受' END AS text
FROM changes.line AS l
INNER JOIN decisions.programme AS g ON g.programme = l.programme AND g.received_fact = 'long_term_care'
INNER JOIN changes.fact AS d ON d.person_id = l.person_id AND d.fact = 'long_term_care'
INNER JOIN changes.title AS t ON t.extract = 'long_term_care'
LEFT JOIN changes.extract AS f ON f.extract = 'long_term_care'
WHERE f.extract IS NULL
