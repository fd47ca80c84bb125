-- Identity numbers to put right. One row: a source row × kind of doubt. No number of another department is said: who
-- holds the row looks the paper up. From identity.source_row, corrections.clear_row, corrections.register_number.
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
WHERE id_number_state <> 'valid' AND name IS NOT NULL
UNION ALL
SELECT
    clear_row.extract,
    clear_row.row_number,
    clear_row.role,
    '号码' AS kind,
    CASE
        WHEN known.former = 1 THEN '是此人在户籍登记中的曾用号码'
        ELSE '号码有效，但户籍登记中此人不是这个号码（可能是监护人、配偶或他人的号码）'
    END AS detail
FROM corrections.clear_row AS clear_row
LEFT JOIN corrections.register_number AS known
    ON known.person_key = clear_row.person_key AND known.id_number18 = clear_row.id_number18
WHERE
    clear_row.extract <> 'household_register'
    AND clear_row.id_number18 IS NOT NULL
    AND coalesce(known.former, 1) = 1
    AND EXISTS (SELECT 1 FROM corrections.register_number AS own WHERE own.person_key = clear_row.person_key)
UNION ALL
SELECT
    extract,
    row_number,
    role,
    '重号' AS kind,
    concat('同一号码也用在第 ', CASE WHEN row_number = first_row THEN last_row ELSE first_row END, ' 行的另一人名下')
        AS detail
FROM (
    SELECT
        extract,
        row_number,
        role,
        min(row_number) OVER (PARTITION BY extract, id_number18) AS first_row,
        max(row_number) OVER (PARTITION BY extract, id_number18) AS last_row,
        min(person_key) OVER (PARTITION BY extract, id_number18) AS first_person,
        max(person_key) OVER (PARTITION BY extract, id_number18) AS last_person
    FROM corrections.clear_row
    WHERE id_number18 IS NOT NULL
) AS shared
WHERE first_person <> last_person AND first_row <> last_row
