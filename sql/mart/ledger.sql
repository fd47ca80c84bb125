-- mart.ledger: everybody of 60 or older, registered and alive, who is impaired by the assessment in force or
-- severely disabled by certificate: what the person is entitled to, receives and last answered about each
-- programme, the last visit, who else lives in the 户号. changed_since compares with the ledger of a month ago
-- (changes.earlier_ledger); NULL where there is none. ability_source: the extract that gives the level, or (without
-- a level) that there is an impairment.
-- grain: a person
-- columns: person_id, ability_level, ability_source, disability_grade, entitled, receiving, wishes, last_visit_on,
--   at_home, town_code, area_code, changed_since
-- from: changes.earlier_ledger, changes.earlier_night, changes.former_id, decisions.programme, decisions.verdict,
--   facts.delivered, facts.last_contact, facts.person, facts.receiving, facts.relation, identity.person, run.word
WITH listed AS (
    SELECT
        person_key, person_id, household_id, ability_level, disability_grade, long_term_care, last_visit_on,
        town_code, area_code
    FROM facts.person
    WHERE registered AND alive AND age >= 60 AND (ability_level >= 1 OR severely_disabled)
),

entitled AS (
    SELECT
        v.person_key,
        array_sort(list(struct_pack(programme := v.programme, amount := v.amount_monthly))) AS entitled
    FROM decisions.verdict AS v
    INNER JOIN listed AS l ON l.person_key = v.person_key
    WHERE v.decision = 'eligible'
    GROUP BY v.person_key
),

received AS (
    SELECT
        r.person_key,
        array_sort(list(struct_pack(programme := r.programme, amount := r.amount))) AS receiving
    FROM facts.receiving AS r
    INNER JOIN listed AS l ON l.person_key = r.person_key
    GROUP BY r.person_key
),

wished AS (
    SELECT
        k.person_key,
        array_sort(list(struct_pack(programme := k.programme, result := k.said, said_on := k.said_on))) AS wishes
    FROM facts.last_contact AS k
    INNER JOIN listed AS l ON l.person_key = k.person_key
    WHERE k.said IS NOT NULL
    GROUP BY k.person_key
),

housed AS (
    SELECT r.person_key, array_sort(list(o.person_id)) AS at_home
    FROM facts.relation AS r
    INNER JOIN listed AS l ON l.person_key = r.person_key
    INNER JOIN facts.person AS o ON o.person_key = r.other_key
    WHERE r.relation = 'household' AND r.alive_other AND r.registered_other
    GROUP BY r.person_key
),

entry AS (
    SELECT
        l.person_key,
        l.person_id,
        l.ability_level,
        CASE
            WHEN l.ability_level IS NOT NULL THEN 'ability_assessment'
            WHEN l.long_term_care THEN 'long_term_care'
            ELSE 'disability_certificate'
        END AS ability_source,
        l.disability_grade,
        coalesce(e.entitled, CAST([] AS STRUCT(programme VARCHAR, amount DECIMAL(12, 2))[])) AS entitled,
        CASE
            WHEN d.benefit_roll
                THEN coalesce(r.receiving, CAST([] AS STRUCT(programme VARCHAR, amount DECIMAL(12, 2))[]))
        END AS receiving,
        coalesce(
            w.wishes, CAST([] AS STRUCT(programme VARCHAR, result VARCHAR, said_on DATE)[])
        ) AS wishes,
        l.last_visit_on,
        CASE WHEN l.household_id IS NOT NULL THEN coalesce(h.at_home, CAST([] AS VARCHAR[])) END AS at_home,
        l.town_code,
        l.area_code
    FROM listed AS l
    CROSS JOIN facts.delivered AS d
    LEFT JOIN entitled AS e ON e.person_key = l.person_key
    LEFT JOIN received AS r ON r.person_key = l.person_key
    LEFT JOIN wished AS w ON w.person_key = l.person_key
    LEFT JOIN housed AS h ON h.person_key = l.person_key
),

earlier AS (
    SELECT
        coalesce(p.person_key, f.person_key) AS person_key,
        e.night, e.ability_level, e.disability_grade, e.entitled, e.receiving, e.wishes, e.last_visit_on
    FROM changes.earlier_ledger AS e
    LEFT JOIN identity.person AS p ON p.person_id = e.person_id
    LEFT JOIN changes.former_id AS f ON f.person_id = e.person_id
    QUALIFY row_number() OVER (
        PARTITION BY coalesce(p.person_key, f.person_key)
        ORDER BY p.person_key IS NULL, e.person_id
    ) = 1
),

compared AS (
    SELECT max(night) AS night
    FROM changes.earlier_night
),

part AS (
    SELECT
        n.person_key, 'entitled' AS part, unnest(n.entitled).programme AS programme, TRUE AS is_now, FALSE AS was
    FROM entry AS n
    INNER JOIN earlier AS e ON e.person_key = n.person_key
    UNION ALL
    SELECT e.person_key, 'entitled', unnest(e.entitled).programme, FALSE, TRUE
    FROM earlier AS e
    UNION ALL
    SELECT n.person_key, 'receiving', unnest(n.receiving).programme, TRUE, FALSE
    FROM entry AS n
    INNER JOIN earlier AS e ON e.person_key = n.person_key
    WHERE e.receiving IS NOT NULL
    UNION ALL
    SELECT e.person_key, 'receiving', unnest(e.receiving).programme, FALSE, TRUE
    FROM earlier AS e
    CROSS JOIN facts.delivered AS d
    WHERE d.benefit_roll
),

moved AS (
    SELECT
        p.person_key,
        p.programme,
        CASE
            WHEN p.part = 'entitled' AND p.is_now THEN '3新符合：'
            WHEN p.part = 'entitled' AND v.person_key IS NOT NULL THEN '5是否仍符合待核：'
            WHEN p.part = 'entitled' THEN '4不再符合：'
            WHEN p.is_now THEN '6新享受：'
            ELSE '7不再享受：'
        END AS heading
    FROM (
        SELECT person_key, part, programme, bool_or(is_now) AS is_now
        FROM part
        GROUP BY person_key, part, programme
        HAVING bool_or(is_now) <> bool_or(was)
    ) AS p
    LEFT JOIN decisions.verdict AS v
        ON v.person_key = p.person_key AND v.programme = p.programme AND v.decision = 'unknown'
),

changed_part AS (
    SELECT
        m.person_key,
        concat(
            substr(m.heading, 2),
            string_agg(coalesce(g.programme_name, m.programme), '、' ORDER BY m.programme)
        ) AS text,
        CAST(substr(m.heading, 1, 1) AS INTEGER) AS place
    FROM moved AS m
    LEFT JOIN decisions.programme AS g ON g.programme = m.programme
    GROUP BY m.person_key, m.heading
    UNION ALL
    SELECT
        n.person_key,
        concat(
            '能力等级：', coalesce(b.chinese, '无有效评估'), '→', coalesce(a.chinese, '无有效评估')
        ) AS text,
        1 AS place
    FROM entry AS n
    INNER JOIN earlier AS e ON e.person_key = n.person_key
    LEFT JOIN run.word AS a ON a.list = 'ability_level' AND a.code = CAST(n.ability_level AS VARCHAR)
    LEFT JOIN run.word AS b ON b.list = 'ability_level' AND b.code = CAST(e.ability_level AS VARCHAR)
    WHERE n.ability_level IS DISTINCT FROM e.ability_level
    UNION ALL
    SELECT
        n.person_key,
        concat('残疾等级：', coalesce(b.chinese, '无'), '→', coalesce(a.chinese, '无')) AS text,
        2 AS place
    FROM entry AS n
    INNER JOIN earlier AS e ON e.person_key = n.person_key
    LEFT JOIN run.word AS a ON a.list = 'disability_grade' AND a.code = n.disability_grade
    LEFT JOIN run.word AS b ON b.list = 'disability_grade' AND b.code = e.disability_grade
    WHERE n.disability_grade IS DISTINCT FROM e.disability_grade
    UNION ALL
    SELECT n.person_key, '本人意愿有新答复' AS text, 8 AS place
    FROM entry AS n
    INNER JOIN earlier AS e ON e.person_key = n.person_key
    WHERE n.wishes IS DISTINCT FROM e.wishes
    UNION ALL
    SELECT n.person_key, concat('新探访：', CAST(n.last_visit_on AS VARCHAR)) AS text, 9 AS place
    FROM entry AS n
    INNER JOIN earlier AS e ON e.person_key = n.person_key
    WHERE n.last_visit_on > coalesce(e.last_visit_on, DATE '1900-01-01')
),

change AS (
    SELECT person_key, string_agg(text, '；' ORDER BY place, text) AS text
    FROM changed_part
    GROUP BY person_key
)

SELECT
    n.person_id,
    n.ability_level,
    n.ability_source,
    n.disability_grade,
    n.entitled,
    n.receiving,
    n.wishes,
    n.last_visit_on,
    n.at_home,
    n.town_code,
    n.area_code,
    CASE
        WHEN c.night IS NOT NULL
            THEN concat(
                '自', CAST(c.night AS VARCHAR), '以来：',
                CASE WHEN e.person_key IS NULL THEN '新列入台账' ELSE coalesce(t.text, '无变化') END
            )
    END AS changed_since
FROM entry AS n
CROSS JOIN compared AS c
LEFT JOIN earlier AS e ON e.person_key = n.person_key
LEFT JOIN change AS t ON t.person_key = n.person_key
ORDER BY n.area_code, n.person_id
