-- Candidates of rows in no clear link who may be the row's person, and why: listed generously. Every candidate whose
-- name may fit and whom nothing contradicts, every holder of the row's number, everyone with a near number, or with the
-- same beginning of one and the birth date where the name is one edit away; another name with a near number only with
-- the person's phone or address, or where letters for digits are all that is wrong with the number. A name one edit
-- away and a birth date that nearly agrees may be the person's where phone or address lead to the household; with
-- nothing but the surname right, where the phone is the person's own.
-- grain: an unlinked record × person
-- columns: row_key, person_key, reason
-- from: identity.outcome, identity.score
SELECT
    scored.row_key,
    scored.person_key,
    CASE
        WHEN scored.number_level IN ($number_near_miss) THEN 'near-miss number'
        WHEN scored.number_level IN ($number_same) THEN 'number of another name'
        WHEN scored.phone_level = 'equal' THEN 'same phone'
        WHEN scored.address_level = 'equal' THEN 'same address'
        ELSE 'name'
    END AS reason
FROM identity.score AS scored
JOIN identity.outcome ON scored.row_key = outcome.row_key AND outcome.grade <> 'strong'
WHERE
    scored.number_level IN ($number_same)
    OR (
        scored.number_level IN ($number_supports)
        AND (
            scored.name_level <> 'different'
            OR scored.number_level = 'letters for digits'
            OR scored.phone_level = 'equal'
            OR scored.address_level = 'equal'
        )
    )
    OR (
        scored.name_level IN ($name_may_fit)
        AND (scored.birth_level <> 'differs' OR scored.number_level IN ($number_tolerant))
        AND scored.number_level <> 'other, both valid'
    )
    OR (
        scored.number_level = 'scientific'
        AND scored.name_level = 'one differs'
        AND scored.birth_level IN ($birth_same)
    )
    OR (
        scored.name_level IN ($name_sounds_same)
        AND (
            scored.phone_level IN ($phone_leads_home)
            OR scored.address_level IN ($address_leads_home)
            OR scored.birth_level IN ($birth_same)
        )
    )
    OR (
        scored.name_level IN ($name_weak)
        AND scored.birth_level IN ($birth_fits)
        AND (scored.phone_level = 'equal' OR scored.address_level = 'equal')
    )
    OR (
        scored.name_level = 'one differs'
        AND scored.birth_level NOT IN ($birth_unlike)
        AND (
            scored.phone_level IN ($phone_leads_home)
            OR scored.address_level IN ($address_leads_home)
        )
    )
    OR (scored.name_level = 'surname' AND scored.birth_level = 'one part differs' AND scored.phone_level = 'equal')
