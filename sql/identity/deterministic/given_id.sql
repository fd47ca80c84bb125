-- Rows of outreach teams that carry a published person_id, where the name or the number does not speak against it (in a
-- sheet filled by hand an id may slip to the next line), nor name and number are swapped; of a masked number what it
-- shows.
-- grain: source row
-- columns: row_key, person_key, name_level
-- from: identity.department_row, identity.known_id, identity.register_profile
WITH named AS (
    SELECT
        s.row_key,
        k.person_key,
        max(
            CASE
                WHEN s.name_key IS NULL THEN $equal_name
                WHEN s.name_key = r.name_key OR s.name_key = r.former_name_key THEN $equal_name
                WHEN r.name_key IS NULL THEN 0
                ELSE name_level(s.name_key, r.name_key)
            END
        ) AS name_level,
        bool_or(
            CASE
                WHEN regexp_matches(s.id_number, '^[0-9]{6}[*]+[0-9X]{4}$')
                    THEN coalesce(
                        concat(left(s.id_number, 6), left(right(s.id_number, 4), 3)) IN (
                            concat(left(CAST(r.number_no AS VARCHAR), 6), right(CAST(r.number_no AS VARCHAR), 3)),
                            concat(left(CAST(r.former_number_no AS VARCHAR), 6), right(CAST(r.former_number_no AS VARCHAR), 3))
                        ),
                        TRUE
                    )
                ELSE coalesce(s.number_no = r.number_no OR s.number_no = r.former_number_no, TRUE)
            END
        ) AS number_fits
    FROM identity.department_row s
    JOIN identity.known_id k ON s.person_id = k.person_id
    JOIN identity.register_profile r ON k.person_key = r.person_key
    WHERE s.extract = 'outreach_outcome' AND s.id_number_state <> 'swapped'
    GROUP BY s.row_key, k.person_key
)
SELECT row_key, person_key, name_level
FROM named
WHERE name_level >= $alike_name AND number_fits
