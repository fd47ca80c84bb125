-- Which values of the columns of decision_row and candidate may be shown: not those of fewer than five rows of the same programme and
-- decision (action), and, where what is empty would then be fewer than five rows, not the next rarest value either. No amount of a
-- programme whose monthly sum is suppressed for the region. One row: a column × programme × decision (action) × value, as text.
-- From mart.decision_row, mart.candidate, release_key.grouped_line, release_key.person, release_key.outcome, release_key.suppressed.
WITH shown AS (
    SELECT k.person_id, l.programme
    FROM release_key.grouped_line AS l
    INNER JOIN release_key.person AS k ON k.key = l.key
    WHERE NOT l.is_hidden
),

counted AS (
    SELECT
        'decision' AS table_name,
        d.programme,
        d.decision AS part,
        d.amount_monthly,
        NULL AS current_amount,
        d.gives_way_to,
        o.outcome,
        NULL AS stop_evidence,
        NULL AS effective_year,
        NULL AS identity_grade,
        count(*) AS people
    FROM mart.decision_row AS d
    INNER JOIN shown AS s ON s.person_id = d.person_id AND s.programme = d.programme
    INNER JOIN release_key.outcome AS o ON o.programme = d.programme AND o.pattern = d.pattern
    GROUP BY d.programme, d.decision, d.amount_monthly, d.gives_way_to, o.outcome
    UNION ALL
    SELECT
        'candidate' AS table_name,
        c.programme,
        c.action AS part,
        c.amount_monthly,
        c.current_amount,
        NULL AS gives_way_to,
        NULL AS outcome,
        c.stop_evidence,
        year(c.effective_on) AS effective_year,
        c.identity_grade,
        count(*) AS people
    FROM mart.candidate AS c
    INNER JOIN shown AS s ON s.person_id = c.person_id AND s.programme = c.programme
    GROUP BY c.programme, c.action, c.amount_monthly, c.current_amount, c.stop_evidence, year(c.effective_on), c.identity_grade
),

value AS (
    SELECT
        n.table_name,
        n.programme,
        n.part,
        v.column_name,
        CASE v.column_name
            WHEN 'amount_monthly' THEN CAST(n.amount_monthly AS VARCHAR)
            WHEN 'current_amount' THEN CAST(n.current_amount AS VARCHAR)
            WHEN 'gives_way_to' THEN n.gives_way_to
            WHEN 'outcome' THEN CAST(n.outcome AS VARCHAR)
            WHEN 'stop_evidence' THEN n.stop_evidence
            WHEN 'effective_year' THEN CAST(n.effective_year AS VARCHAR)
            WHEN 'identity_grade' THEN n.identity_grade
        END AS value,
        sum(n.people) AS people
    FROM counted AS n
    INNER JOIN (
        VALUES
            ('decision', 'amount_monthly'), ('decision', 'gives_way_to'), ('decision', 'outcome'),
            ('candidate', 'amount_monthly'), ('candidate', 'current_amount'), ('candidate', 'stop_evidence'),
            ('candidate', 'effective_year'), ('candidate', 'identity_grade')
    ) AS v (table_name, column_name) ON v.table_name = n.table_name
    GROUP BY ALL
),

ranked AS (
    SELECT
        table_name,
        programme,
        part,
        column_name,
        value,
        people,
        coalesce(
            sum(people) OVER (
                PARTITION BY table_name, programme, part, column_name
                ORDER BY CASE WHEN value IS NULL THEN 0 ELSE 1 END ASC, people ASC, value ASC
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ),
            0
        ) AS people_before
    FROM value
)

SELECT r.table_name, r.programme, r.part, r.column_name, r.value
FROM ranked AS r
LEFT JOIN release_key.suppressed AS s
    ON s.programme = r.programme AND s.measure = 'monthly_amount' AND r.column_name = 'amount_monthly'
WHERE r.value IS NOT NULL AND r.people >= 5 AND r.people_before NOT BETWEEN 1 AND 4 AND s.programme IS NULL
