-- mart.statistic_group: the region's figures by who leads, who pays and what kind of service it is: sums over the
-- programmes of a group, of persons × programme. A programme of two kinds counts in both; one of which the document
-- names none is in the group without a name. coverage is made of the programmes for which it is known.
-- grain: a dimension × group × measure
-- columns: dimension, group_name, measure, value
-- from: decisions.programme, mart.statistic, run.context
WITH programme AS (
    SELECT programme, 'lead' AS dimension, lead AS group_name
    FROM decisions.programme
    UNION ALL
    SELECT programme, 'funding' AS dimension, funding AS group_name
    FROM decisions.programme
    UNION ALL
    SELECT programme, 'kind' AS dimension, unnest(kind) AS group_name
    FROM decisions.programme
    UNION ALL
    SELECT programme, 'kind' AS dimension, NULL AS group_name
    FROM decisions.programme
    WHERE kind IS NULL OR array_length(kind) = 0
),

figure AS (
    SELECT
        s.programme,
        max(CASE WHEN s.measure = 'eligible' THEN s.value END) AS eligible,
        max(CASE WHEN s.measure = 'receiving' THEN s.value END) AS receiving,
        max(CASE WHEN s.measure = 'monthly_amount' THEN s.value END) AS monthly_amount,
        max(CASE WHEN s.measure = 'coverage' THEN s.value END) AS coverage
    FROM mart.statistic AS s
    CROSS JOIN run.context AS c
    WHERE s.area_code = c.region_code
    GROUP BY s.programme
),

summed AS (
    SELECT
        p.dimension,
        p.group_name,
        CAST(count(*) AS DOUBLE) AS programmes,
        sum(f.eligible) AS eligible,
        sum(f.receiving) AS receiving,
        sum(f.monthly_amount) AS monthly_amount,
        sum(f.coverage * f.eligible) AS covered,
        sum(CASE WHEN f.coverage IS NOT NULL THEN f.eligible END) AS of_whom
    FROM programme AS p
    LEFT JOIN figure AS f ON f.programme = p.programme
    GROUP BY p.dimension, p.group_name
)

SELECT
    s.dimension,
    s.group_name,
    m.measure,
    CASE m.measure
        WHEN 'programmes' THEN s.programmes
        WHEN 'eligible' THEN s.eligible
        WHEN 'receiving' THEN s.receiving
        WHEN 'coverage' THEN CASE WHEN s.of_whom > 0 THEN s.covered / s.of_whom END
        WHEN 'monthly_amount' THEN s.monthly_amount
    END AS value
FROM summed AS s
CROSS JOIN (
    VALUES ('programmes'), ('eligible'), ('receiving'), ('coverage'), ('monthly_amount')
) AS m (measure)
ORDER BY s.dimension, s.group_name, m.measure
