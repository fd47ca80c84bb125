-- The walking list: one line a matter, under the door at which the person is found. A door is a 户号 at an address, in
-- whatever spelling; who has no address is found where the others of the 户号 are, who has no 户号 with the only one
-- that lives at the address. Doors are numbered in walking order: the community's, those of who has agreed, those
-- elsewhere, those about which only the records are to be looked at; within each by road and house number, without an
-- address last.
-- grain: a matter to be done: person × programme
-- columns: town_file, community_file, part, door_number, address, name, sex, age, age_years, id_number, phone, to_do,
--   need_text, due_by_text, reason, amount, last_contact, action, programme, position, person_id
-- from: lists.line
WITH todo AS (
    SELECT
        town_file,
        community_file,
        CASE WHEN is_dead THEN 4 WHEN is_agreed THEN 2 WHEN is_elsewhere THEN 3 ELSE 1 END AS part,
        door_key,
        door_order,
        household_id,
        short_address,
        name,
        sex,
        age,
        id_number,
        phone,
        position,
        need_class,
        need_text,
        due_by_text,
        action,
        action_name,
        programme,
        programme_name,
        effective_on_text,
        short_reason,
        hint,
        money_text,
        last_contact,
        person_id
    FROM lists.line
    WHERE to_do
),

household_place AS (
    SELECT town_file, community_file, household_id, door_key, door_order, short_address
    FROM todo
    WHERE household_id IS NOT NULL AND door_key IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY town_file, community_file, household_id ORDER BY part, door_key, short_address
    ) = 1
),

only_household AS (
    SELECT town_file, community_file, door_key, min(household_id) AS household_id
    FROM todo
    WHERE household_id IS NOT NULL AND door_key IS NOT NULL
    GROUP BY town_file, community_file, door_key
    HAVING min(household_id) = max(household_id)
),

placed AS (
    SELECT
        t.*,
        coalesce(t.door_key, h.door_key) AS at_key,
        coalesce(t.door_order, h.door_order) AS at_order,
        coalesce(t.short_address, h.short_address) AS at_address,
        coalesce(t.household_id, o.household_id) AS at_household
    FROM todo AS t
    LEFT JOIN household_place AS h
        ON t.door_key IS NULL
        AND h.household_id = t.household_id
        AND h.community_file = t.community_file
        AND h.town_file = t.town_file
    LEFT JOIN only_household AS o
        ON t.household_id IS NULL
        AND o.door_key = t.door_key
        AND o.community_file = t.community_file
        AND o.town_file = t.town_file
),

with_door AS (
    SELECT
        p.*,
        concat(
            coalesce(at_key, ''),
            '|',
            coalesce(at_household, ''),
            CASE WHEN at_key IS NULL AND at_household IS NULL THEN person_id ELSE '' END
        ) AS door_id
    FROM placed AS p
),

with_part AS (
    SELECT
        w.*,
        min(part) OVER (PARTITION BY town_file, community_file, door_id) AS door_part
    FROM with_door AS w
)

SELECT
    town_file,
    community_file,
    part,
    dense_rank() OVER (
        PARTITION BY town_file, community_file ORDER BY door_part, at_order NULLS LAST, door_id
    ) AS door_number,
    at_address AS address,
    name,
    sex,
    age,
    TRY_CAST(age AS INTEGER) AS age_years,
    id_number,
    phone,
    concat(action_name, '：', programme_name) AS to_do,
    need_text,
    due_by_text,
    concat_ws(
        '；',
        '限期' || due_by_text,
        CASE
            WHEN action = 'upcoming' AND NOT contains(coalesce(short_reason, ''), effective_on_text)
                THEN concat(effective_on_text, '起符合')
        END,
        short_reason,
        hint
    ) AS reason,
    money_text AS amount,
    last_contact,
    action,
    programme,
    position,
    person_id
FROM with_part
ORDER BY town_file, community_file, part, door_number, age_years DESC NULLS LAST, person_id, position, programme
