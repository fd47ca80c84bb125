-- What becomes of each unlinked record: a clear link, a pair for a clerk, or nobody in the register. A clear link needs
-- a name that may be the person's and a number that is not another person's: no second valid number (digits swapped ten
-- places apart excepted), none that damage cannot turn into the person's. It is not clear where a register row in
-- quarantine is as near; where somebody else's name fits as well and the number is nearer (a twin); where a damaged
-- name has the number of a housemate, unless birth date, phone or address agree; where the person has two birth dates,
-- unless the number agrees; where only the surname is shown, unless number or birth date agree (housemates and whoever
-- pays the phone mostly have the same surname); where an equal number contradicts birth date or sex (it may be a
-- guardian's, and the name alike); where a namesake has the row's phone or address and the person has neither (the
-- number may have been looked up in a list); where a marriage was registered in childhood; and where name and number
-- were in each other's cells. A row under another person's number goes to a clerk with the likeliest person, unless all
-- evidence is against everybody.
-- grain: an unlinked record
-- columns: row_key, person_key, grade, probability, method, number_level, name_level, birth_level
-- from: identity.best_candidate, identity.quarantined_competitor, identity.register_profile, identity.score,
--   identity.unlinked_record
WITH quarantined_rival AS (
    SELECT DISTINCT best.row_key
    FROM identity.best_candidate AS best
    JOIN identity.register_profile AS registered ON best.register_key = registered.row_key
    JOIN identity.quarantined_competitor AS competitor
        ON best.row_key = competitor.row_key
        AND (registered.number_no IS NULL OR competitor.number_no <> registered.number_no)
    WHERE
        best.number_level <> 'letters for digits'
        AND CASE
            WHEN competitor.edit_distance <= 1 THEN TRUE
            WHEN competitor.edit_distance = 2 THEN best.number_level <> 'one slip'
            ELSE best.number_level NOT IN ($number_two_edits)
        END
),
-- somebody of the holder's household may have the row's name: it may be that person's row with a relative's number
namesake AS (
    SELECT DISTINCT row_key
    FROM identity.score
    WHERE
        name_level IN ($name_may_fit)
        AND relation_level = 'holder of the number'
),
-- another candidate whose name fits as well and whose number is fewer edits away from the row's
nearer_number AS (
    SELECT DISTINCT best.row_key
    FROM identity.best_candidate AS best
    JOIN identity.score AS scored ON best.row_key = scored.row_key AND best.person_key <> scored.person_key
    WHERE
        best.number_level IN ($number_some_edits)
        AND scored.number_level IN ($number_one_edit)
        AND scored.name_level IN ($name_may_fit)
        AND (best.name_level NOT IN ($name_same) OR scored.name_level IN ($name_same))
),
-- a namesake of the best candidate has the row's phone or address, and the best candidate has neither, nor the row's
-- birth date
namesakes_contact AS (
    SELECT DISTINCT best.row_key
    FROM identity.best_candidate AS best
    JOIN identity.score AS scored ON best.row_key = scored.row_key AND best.person_key <> scored.person_key
    WHERE
        best.number_level IN ($number_copied)
        AND best.birth_level <> 'in the number'
        AND best.phone_level IN ($phone_unlike)
        AND best.address_level IN ($address_unlike)
        AND scored.name_level IN ($name_same)
        AND (scored.phone_level = 'equal' OR scored.address_level = 'equal')
),
-- register rows of one number and name may still be two people, where their birth dates differ
two_birth_dates AS (
    SELECT person_key
    FROM identity.register_profile
    WHERE NOT alone
    GROUP BY person_key
    HAVING count(DISTINCT birth_date) > 1
),
judged AS (
    SELECT
        record.row_key,
        record.other_persons_number,
        best.person_key,
        best.probability,
        best.number_level,
        best.name_level,
        best.birth_level,
        coalesce(
            best.probability >= $strong_probability
            AND best.margin >= $strong_margin
            AND (
                best.name_level IN ($name_fits)
                OR (best.name_level = 'one differs' AND best.number_level IN ($number_one_edit))
                OR (
                    best.name_level = 'surname shown'
                    AND (
                        best.birth_level IN ($birth_same)
                        OR best.number_level IN ($number_supports)
                    )
                )
            )
            AND best.number_level NOT IN ($number_contradicts)
            AND quarantined_rival.row_key IS NULL
            AND nearer_number.row_key IS NULL
            AND namesakes_contact.row_key IS NULL
            AND (
                two_birth_dates.person_key IS NULL
                OR best.number_level IN ($number_proves)
            )
            AND (
                best.number_level <> 'held by another'
                OR best.name_level IN ($name_same)
                OR best.birth_level IN ($birth_confirms)
                OR best.phone_level = 'equal'
                OR best.address_level = 'equal'
            )
            AND (
                best.number_level NOT IN ($number_same)
                OR (
                    best.birth_level NOT IN ($birth_contradicts)
                    AND best.sex_level <> 'differs'
                    AND (namesake.row_key IS NULL OR best.name_level IN ($name_same))
                )
            ),
            FALSE
        )
        AND record.id_number_state <> 'swapped' AS is_strong,
        coalesce(
            CASE
                WHEN record.other_persons_number THEN best.probability >= $other_number_review_probability
                ELSE best.probability >= $review_probability
            END,
            FALSE
        ) AS is_likely
    FROM identity.unlinked_record AS record
    LEFT JOIN identity.best_candidate AS best ON record.row_key = best.row_key
    LEFT JOIN quarantined_rival ON record.row_key = quarantined_rival.row_key
    LEFT JOIN nearer_number ON record.row_key = nearer_number.row_key
    LEFT JOIN namesakes_contact ON record.row_key = namesakes_contact.row_key
    LEFT JOIN namesake ON record.row_key = namesake.row_key
    LEFT JOIN two_birth_dates ON best.person_key = two_birth_dates.person_key
)
SELECT
    row_key,
    CASE WHEN is_strong OR is_likely THEN person_key END AS person_key,
    CASE
        WHEN is_strong THEN 'strong'
        WHEN is_likely THEN 'review'
        ELSE 'new'
    END AS grade,
    coalesce(probability, 0.0) AS probability,
    CASE
        WHEN is_strong THEN 'evidence'
        WHEN other_persons_number THEN 'number of another name'
        WHEN is_likely THEN 'evidence'
        ELSE 'nobody'
    END AS method,
    number_level,
    name_level,
    birth_level
FROM judged
