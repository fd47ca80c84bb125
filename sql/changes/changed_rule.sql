-- changes.changed_rule: programmes whose rule is another than on the previous night, in one line of words. Where the
-- previous release has no rules, every programme counts once the hash of the policy set differs.
-- grain: such a programme
-- columns: programme, whole, text
-- from: changes.rule, previous.programme_rule, previous.run, run.provenance
WITH known AS (
    SELECT count(*) AS parts
    FROM previous.programme_rule
),

programme AS (
    SELECT
        coalesce(b.programme, a.programme) AS programme,
        b.programme IS NULL AS is_new,
        a.programme IS NULL AS is_gone
    FROM (SELECT DISTINCT programme FROM previous.programme_rule) AS b
    FULL OUTER JOIN (SELECT DISTINCT programme FROM changes.rule) AS a ON a.programme = b.programme
),

part AS (
    SELECT
        coalesce(b.programme, a.programme) AS programme,
        coalesce(b.part, a.part) AS part,
        b.label AS label_before,
        b.rule AS rule_before,
        a.label,
        a.rule
    FROM previous.programme_rule AS b
    FULL OUTER JOIN changes.rule AS a ON a.programme = b.programme AND a.part = b.part
    WHERE b.rule IS DISTINCT FROM a.rule
)

SELECT
    p.programme,
    p.is_new OR p.is_gone AS whole,
    CASE
        WHEN p.is_new THEN '政策新增本项目'
        WHEN p.is_gone THEN '现行政策已无本项目'
        ELSE
            string_agg(
                CASE
                    WHEN d.rule_before IS NULL THEN '政策增加“' || d.label || '”'
                    WHEN d.rule IS NULL THEN '政策删去“' || d.label_before || '”'
                    WHEN d.label_before <> d.label THEN '政策由“' || d.label_before || '”改为“' || d.label || '”'
                    ELSE '政策改变“' || d.label || '”：' || d.rule_before || ' → ' || d.rule
                END,
                '；' ORDER BY d.part
            )
    END AS text
FROM programme AS p
CROSS JOIN known AS k
LEFT JOIN part AS d ON d.programme = p.programme
WHERE k.parts > 0 AND (p.is_new OR p.is_gone OR d.programme IS NOT NULL)
GROUP BY p.programme, p.is_new, p.is_gone
UNION ALL
SELECT
    p.programme,
    FALSE AS whole,
    '政策版本由' || r.policy_version || '改为' || v.policy_version AS text
FROM programme AS p
CROSS JOIN known AS k
CROSS JOIN previous.run AS r
CROSS JOIN run.provenance AS v
WHERE k.parts = 0 AND r.policy_sha256 <> v.policy_sha256
