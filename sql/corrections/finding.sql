-- What each department should look at in its own rows. Only its own name and number are shown, the number masked; what
-- another department knows is used as far as it is needed (a day of death, that a number differs), never copied.
-- grain: a delivered row × what disagrees; or (row_number NULL) a death of which a department has no row
-- columns: extract, row_number, role, name, id_number, kind, detail, person_key
-- from: corrections.finding_age, corrections.finding_anew, corrections.finding_birth, corrections.finding_dead,
--   corrections.finding_elsewhere, corrections.finding_moved, corrections.finding_name, corrections.finding_number,
--   corrections.finding_outcome, corrections.finding_refused, corrections.finding_repeated, corrections.finding_unread,
--   corrections.unrecorded_death, identity.link, identity.source_row, run.word
WITH shown AS (
    SELECT
        found.extract,
        found.row_number,
        coalesce(word.chinese, '') AS role,
        source_row.name,
        source_row.id_number,
        found.kind,
        found.detail,
        link.person_key
    FROM (
        SELECT extract, row_number, role, kind, detail FROM corrections.finding_number
        UNION ALL
        SELECT extract, row_number, role, kind, detail FROM corrections.finding_name
        UNION ALL
        SELECT extract, row_number, role, kind, detail FROM corrections.finding_birth
        UNION ALL
        SELECT extract, row_number, role, kind, detail FROM corrections.finding_dead
        UNION ALL
        SELECT extract, row_number, role, kind, detail FROM corrections.finding_age
        UNION ALL
        SELECT extract, row_number, role, kind, detail FROM corrections.finding_anew
        UNION ALL
        SELECT extract, row_number, role, kind, detail FROM corrections.finding_elsewhere
        UNION ALL
        SELECT extract, row_number, role, kind, detail FROM corrections.finding_moved
        UNION ALL
        SELECT extract, row_number, role, kind, detail FROM corrections.finding_repeated
        UNION ALL
        SELECT extract, row_number, role, kind, detail FROM corrections.finding_unread
        UNION ALL
        SELECT extract, row_number, role, kind, detail FROM corrections.finding_outcome
        UNION ALL
        SELECT extract, row_number, role, kind, detail FROM corrections.finding_refused
    ) AS found
    LEFT JOIN identity.source_row AS source_row
        ON source_row.extract = found.extract
        AND source_row.row_number = found.row_number
        AND source_row.role = found.role
    LEFT JOIN identity.link AS link
        ON link.extract = found.extract
        AND link.row_number = found.row_number
        AND link.role = found.role
    LEFT JOIN run.word AS word ON word.list = 'role' AND word.code = found.role
    UNION ALL
    SELECT extract, row_number, role, name, id_number, kind, detail, person_key
    FROM corrections.unrecorded_death
)

SELECT
    extract,
    row_number,
    role,
    name,
    masked_number(id_number) AS id_number,
    kind,
    detail,
    person_key
FROM shown
