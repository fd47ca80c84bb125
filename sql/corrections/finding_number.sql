-- Identity numbers to put right. No number of another department is shown: who holds the row looks the paper up. Of
-- answers on our own lists, on which numbers are masked, no number is requested. Another row is named by its line
-- as the department sees it.
-- grain: a source row × kind of doubt
-- columns: extract, row_number, role, kind, detail
-- from: corrections.register_row, corrections.unlike_row, identity.source_row, run.line_range
WITH twice AS (
    SELECT id_number18, min(row_number) AS first_row, max(row_number) AS last_row
    FROM corrections.register_row
    WHERE id_number18 IS NOT NULL
    GROUP BY id_number18
    HAVING min(person_key) <> max(person_key)
)

SELECT
    extract,
    row_number,
    role,
    '号码' AS kind,
    CASE id_number_state
        WHEN 'checksum' THEN '校验码不符：有一位或几位写错'
        WHEN 'malformed' THEN '不是身份号码的格式'
        WHEN 'scientific' THEN '被表格软件改成科学计数，后几位已丢失'
        WHEN 'valid15' THEN '15 位旧号码，请换成 18 位'
        ELSE '没有身份号码'
    END AS detail
FROM identity.source_row
WHERE
    id_number_state NOT IN ('valid', 'swapped')
    AND name IS NOT NULL
    AND NOT (
        extract = 'outreach_outcome'
        AND (id_number_state = 'missing' OR regexp_matches(id_number, '^[0-9X]*[*]+[0-9X]*$'))
    )
UNION ALL
SELECT
    unlike_row.extract,
    unlike_row.row_number,
    unlike_row.role,
    '号码' AS kind,
    CASE
        WHEN bool_or(registered.former_id_number18 = unlike_row.id_number18) THEN '是此人在户籍登记中的曾用号码'
        ELSE '号码有效，但户籍登记中此人不是这个号码（可能是监护人、配偶或他人的号码）'
    END AS detail
FROM corrections.unlike_row AS unlike_row
INNER JOIN corrections.register_row AS registered ON registered.person_key = unlike_row.person_key
WHERE unlike_row.id_number18 IS NOT NULL
GROUP BY unlike_row.extract, unlike_row.row_number, unlike_row.role
HAVING
    NOT coalesce(bool_or(registered.id_number18 = unlike_row.id_number18), FALSE)
    AND count(registered.id_number18) > 0
UNION ALL
SELECT
    'household_register' AS extract,
    registered.row_number,
    '' AS role,
    '重号' AS kind,
    concat(
        '同一号码也用在',
        coalesce(concat('文件 ', place.file, ' '), ''),
        '第 ',
        CASE WHEN registered.row_number = twice.first_row THEN twice.last_row ELSE twice.first_row END
        + coalesce(place.line_offset, 0),
        ' 行的另一人名下'
    ) AS detail
FROM twice
INNER JOIN corrections.register_row AS registered ON registered.id_number18 = twice.id_number18
LEFT JOIN run.line_range AS place
    ON place.extract = 'household_register'
    AND CASE WHEN registered.row_number = twice.first_row THEN twice.last_row ELSE twice.first_row END
    BETWEEN place.first_row AND place.last_row
