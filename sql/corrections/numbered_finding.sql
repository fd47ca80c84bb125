-- The questions that tonight's data raise. question_id is made of the person of a row (the opaque person_id; of a
-- row in quarantine what could be read of it, mixed with the region's key) and of the fact in question, never of the
-- place of the row: it lasts through other row numbers, files and the lines of other rows named in the text.
-- rests_on: the other extract without which the question cannot be raised. worth: of a row of the benefit roll its own
-- programme, else all of the person's lines that wait.
-- grain: a question
-- columns: question_id, department, extract, file, sheet, sheet_line, row_number, role, name, id_number, kind, text,
--   person_id, days, rests_on, worth
-- from: corrections.finding, corrections.stake, corrections.unread_row, identity.link, identity.person,
--   intake.benefit_roll, run.context, run.line_range, run.question_rule
WITH found AS (
    SELECT
        f.extract,
        f.row_number,
        f.role,
        f.name,
        f.id_number,
        f.kind,
        f.detail,
        f.person_key,
        p.person_id,
        coalesce(p.person_id, u.subject, '') AS subject,
        regexp_replace(
            regexp_replace(
                regexp_replace(f.detail, '；.*$', ''), '(文件 .+ )?第 [0-9]+ 行', '另一行', 'g'
            ),
            '（最近 [0-9-]+）', '', 'g'
        ) AS fact
    FROM corrections.finding AS f
    LEFT JOIN identity.person AS p ON p.person_key = f.person_key
    LEFT JOIN corrections.unread_row AS u ON u.extract = f.extract AND u.row_number = f.row_number
),

numbered AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY extract, role, subject, kind, fact ORDER BY row_number, detail
        ) AS place
    FROM found
),

died AS (
    SELECT DISTINCT person_key FROM identity.link WHERE extract = 'death_record'
),

waiting AS (
    SELECT person_key, sum(amount) AS amount
    FROM corrections.stake
    GROUP BY person_key
)

SELECT
    'Q' || left(
        md5(
            concat_ws(
                '|',
                c.region,
                n.extract,
                n.role,
                n.subject,
                n.kind,
                CASE n.kind WHEN '整份拒收' THEN '' ELSE n.fact END,
                n.place
            )
        ),
        16
    ) AS question_id,
    r.department,
    n.extract,
    l.file,
    l.sheet,
    n.row_number + l.line_offset AS sheet_line,
    n.row_number,
    n.role,
    n.name,
    n.id_number,
    n.kind,
    n.detail AS text,
    n.person_id,
    r.days,
    CASE
        WHEN starts_with(n.detail, '探访人员') THEN 'visit_log'
        WHEN n.kind = '死亡' AND d.person_key IS NOT NULL THEN 'death_record'
    END AS rests_on,
    CASE
        WHEN n.extract = 'benefit_roll'
            THEN coalesce(
                s.amount,
                CASE WHEN b.status = 1 AND n.kind IN ('死亡', '迁出', '查无户籍', '重复') THEN b.monthly_amount END
            )
        ELSE w.amount
    END AS worth
FROM numbered AS n
CROSS JOIN run.context AS c
INNER JOIN run.question_rule AS r ON r.extract = n.extract
LEFT JOIN run.line_range AS l
    ON l.extract = n.extract AND n.row_number BETWEEN l.first_row AND l.last_row
LEFT JOIN died AS d ON d.person_key = n.person_key
LEFT JOIN intake.benefit_roll AS b ON n.extract = 'benefit_roll' AND b.row_number = n.row_number
LEFT JOIN corrections.stake AS s ON s.person_key = n.person_key AND s.programme = b.programme
LEFT JOIN waiting AS w ON w.person_key = n.person_key
