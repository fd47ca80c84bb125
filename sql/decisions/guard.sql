-- What rows in quarantine, or of no clear link, could mean against a line, by what it would change. Each text names the
-- rows (extract and row number; NULL = none): receiving: it is received, by the person or, of one to a household, by a
-- member; died; alive: a death may have been taken back; declined; entitled: a condition that is false may hold;
-- amount: what the amount rests on may be otherwise; excluded: a fact that takes the right away may be true; rival: a
-- programme of the same exclusive group is received. may_receive, may_have_declined: an accepted row whose link is not
-- clear means it.
-- grain: a person and a programme of decisions.actionable_case that some such row guards
-- columns: person_key, programme, receiving, died, alive, declined, entitled, amount, excluded, rival, may_receive,
--   may_have_declined
-- from: decisions.actionable_case, decisions.evaluated, decisions.extract, decisions.pattern_false,
--   decisions.programme, facts.guard, facts.person
WITH guarded AS (
    SELECT
        g.person_key,
        g.kind,
        g.programme,
        g.fact,
        g.extract,
        g.row_number,
        e.bit,
        e.title
    FROM facts.guard AS g
    INNER JOIN decisions.extract AS e ON e.extract = g.extract
    WHERE g.is_quarantined
),

actionable_case AS (
    SELECT
        c.person_key,
        c.programme,
        d.mode,
        d.household,
        d.exclusive_group,
        d.receipt_facts,
        d.excluding_facts,
        d.amount_mask
    FROM decisions.actionable_case AS c
    INNER JOIN decisions.programme AS d ON d.programme = c.programme
),

received AS (
    SELECT
        g.person_key,
        d.programme,
        d.household,
        d.exclusive_group,
        g.extract,
        g.row_number,
        g.title
    FROM guarded AS g
    INNER JOIN decisions.programme AS d
        ON d.programme = g.programme
        OR (g.programme IS NULL AND g.fact IS NULL AND d.mode <> 'universal')
        OR list_contains(d.receipt_facts, g.fact)
    WHERE g.kind = 'receiving'
),

effect_row AS (
    SELECT
        c.person_key,
        c.programme,
        'receiving' AS effect,
        r.extract,
        r.row_number,
        r.title
    FROM actionable_case AS c
    INNER JOIN received AS r ON r.person_key = c.person_key AND r.programme = c.programme
    UNION
    SELECT
        c.person_key,
        c.programme,
        'receiving' AS effect,
        r.extract,
        r.row_number,
        r.title
    FROM received AS r
    INNER JOIN facts.person AS p ON p.person_key = r.person_key
    INNER JOIN facts.person AS m ON m.household_id = p.household_id
    INNER JOIN actionable_case AS c ON c.person_key = m.person_key AND c.programme = r.programme
    WHERE r.household
    UNION ALL
    SELECT
        c.person_key,
        c.programme,
        'rival' AS effect,
        r.extract,
        r.row_number,
        r.title
    FROM actionable_case AS c
    INNER JOIN received AS r
        ON r.person_key = c.person_key AND r.exclusive_group = c.exclusive_group AND r.programme <> c.programme
    UNION ALL
    SELECT
        c.person_key,
        c.programme,
        g.kind AS effect,
        g.extract,
        g.row_number,
        g.title
    FROM actionable_case AS c
    INNER JOIN guarded AS g ON g.person_key = c.person_key
    WHERE
        g.kind IN ('died', 'alive')
        OR (g.kind = 'declined' AND coalesce(g.programme = c.programme, TRUE))
        OR (g.kind = 'excluded' AND list_contains(c.excluding_facts, g.fact))
    UNION ALL
    SELECT
        c.person_key,
        c.programme,
        'amount' AS effect,
        g.extract,
        g.row_number,
        g.title
    FROM actionable_case AS c
    INNER JOIN guarded AS g ON g.person_key = c.person_key
    WHERE g.kind = 'entitled' AND (g.bit & c.amount_mask) <> 0
    UNION
    SELECT
        e.person_key,
        e.programme,
        'entitled' AS effect,
        g.extract,
        g.row_number,
        g.title
    FROM guarded AS g
    INNER JOIN decisions.evaluated AS e ON e.person_key = g.person_key
    INNER JOIN decisions.pattern_false AS f ON f.programme = e.programme AND f.pattern = e.pattern
    WHERE g.kind = 'entitled' AND e.verdict = FALSE AND f.name <> 'alive' AND (g.bit & f.extract_mask) <> 0
),

placed AS (
    SELECT
        person_key,
        programme,
        effect,
        title || '第' || CAST(row_number AS VARCHAR) || '行' AS named,
        row_number() OVER (PARTITION BY person_key, programme, effect ORDER BY extract ASC, row_number ASC) AS place,
        count(*) OVER (PARTITION BY person_key, programme, effect) AS found
    FROM (SELECT DISTINCT person_key, programme, effect, extract, row_number, title FROM effect_row) AS t
),

worded AS (
    SELECT
        person_key,
        programme,
        effect,
        string_agg(named, '、' ORDER BY place ASC)
        || CASE WHEN max(found) > 3 THEN '等' || CAST(max(found) AS VARCHAR) || '行' ELSE '' END AS named
    FROM placed
    WHERE place <= 3
    GROUP BY person_key, programme, effect
),

unlinked AS (
    SELECT
        c.person_key,
        c.programme,
        bool_or(
            g.kind = 'receiving'
            AND (
                coalesce(g.programme = c.programme, FALSE) OR coalesce(list_contains(c.receipt_facts, g.fact), FALSE)
            )
        ) AS may_receive,
        bool_or(g.kind = 'declined' AND g.programme = c.programme) AS may_have_declined
    FROM actionable_case AS c
    INNER JOIN facts.guard AS g ON g.person_key = c.person_key
    WHERE NOT g.is_quarantined
    GROUP BY c.person_key, c.programme
)

SELECT
    person_key,
    programme,
    max(CASE WHEN effect = 'receiving' THEN named END) AS receiving,
    max(CASE WHEN effect = 'died' THEN named END) AS died,
    max(CASE WHEN effect = 'alive' THEN named END) AS alive,
    max(CASE WHEN effect = 'declined' THEN named END) AS declined,
    max(CASE WHEN effect = 'entitled' THEN named END) AS entitled,
    max(CASE WHEN effect = 'amount' THEN named END) AS amount,
    max(CASE WHEN effect = 'excluded' THEN named END) AS excluded,
    max(CASE WHEN effect = 'rival' THEN named END) AS rival,
    coalesce(bool_or(may_receive), FALSE) AS may_receive,
    coalesce(bool_or(may_have_declined), FALSE) AS may_have_declined
FROM (
    SELECT person_key, programme, effect, named, FALSE AS may_receive, FALSE AS may_have_declined
    FROM worded
    UNION ALL
    SELECT person_key, programme, NULL AS effect, NULL AS named, may_receive, may_have_declined
    FROM unlinked
) AS both_kinds
GROUP BY person_key, programme
