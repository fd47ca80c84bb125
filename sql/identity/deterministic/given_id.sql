-- Rows of outreach teams with a published person_id, where name and number do not contradict it (in a sheet filled by
-- hand an id may slip to the next line) and are not swapped; of a masked number the places shown count.
-- grain: a source row
-- columns: row_key, person_key, name_level
-- from: identity.known_id, identity.register_profile, identity.source_row
WITH named AS (
    SELECT
        source.row_key,
        known_id.person_key,
        max(
            CASE
                WHEN source.name_key IS NULL THEN $equal_name
                WHEN source.name_key = registered.name_key OR source.name_key = registered.former_name_key
                    THEN $equal_name
                WHEN registered.name_key IS NULL THEN 0
                ELSE name_level(source.name_key, registered.name_key)
            END
        ) AS name_level,
        bool_or(
            CASE
                WHEN regexp_matches(source.id_number, '^[0-9]{6}[*]+[0-9X]{4}$')
                    THEN coalesce(
                        concat(left(source.id_number, 6), left(right(source.id_number, 4), 3)) IN (
                            concat(
                                left(CAST(registered.number_no AS VARCHAR), 6),
                                right(CAST(registered.number_no AS VARCHAR), 3)
                            ),
                            concat(
                                left(CAST(registered.former_number_no AS VARCHAR), 6),
                                right(CAST(registered.former_number_no AS VARCHAR), 3)
                            )
                        ),
                        TRUE
                    )
                ELSE coalesce(
                    source.number_no = registered.number_no OR source.number_no = registered.former_number_no,
                    TRUE
                )
            END
        ) AS number_fits
    FROM identity.source_row AS source
    JOIN identity.known_id ON source.person_id = known_id.person_id
    JOIN identity.register_profile AS registered ON known_id.person_key = registered.person_key
    WHERE source.extract = 'outreach_outcome' AND source.id_number_state <> 'swapped'
    GROUP BY source.row_key, known_id.person_key
)
SELECT row_key, person_key, name_level
FROM named
WHERE name_level >= $alike_name AND number_fits
