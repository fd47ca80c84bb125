-- The walking list: one line a matter, under the door at which the person is found. A door is a 户号 at an address, in
-- whatever spelling; who has no address is found where the others of the 户号 are, who has no 户号 with the only one
-- that lives at the address. Doors are numbered in walking order: the community's, those of who has agreed, those
-- elsewhere, those about which only the records are to be looked at; within each by road and house number, without an
-- address last. The address leaves out the town and the community that the list is of.
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
        action,
        programme,
        person_id
    FROM lists.line
    WHERE to_do
),

household_place AS (
    SELECT t.town_file, t.community_file, t.household_id, t.door_key, t.door_order, t.short_address
    FROM todo AS t
    SEMI JOIN (SELECT household_id FROM todo WHERE door_key IS NULL) AS n ON n.household_id = t.household_id
    WHERE t.door_key IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY t.town_file, t.community_file, t.household_id ORDER BY t.part, t.door_key, t.short_address
    ) = 1
),

only_household AS (
    SELECT t.town_file, t.community_file, t.door_key, min(t.household_id) AS household_id
    FROM todo AS t
    SEMI JOIN (SELECT door_key FROM todo WHERE household_id IS NULL) AS n ON n.door_key = t.door_key
    WHERE t.household_id IS NOT NULL
    GROUP BY t.town_file, t.community_file, t.door_key
    HAVING min(t.household_id) = max(t.household_id)
),

placed AS (
    SELECT
        t.town_file,
        t.community_file,
        t.part,
        t.action,
        t.programme,
        t.person_id,
        coalesce(t.door_order, h.door_order) AS at_order,
        coalesce(t.short_address, h.short_address) AS at_address,
        concat(
            coalesce(t.door_key, h.door_key, ''),
            '|',
            coalesce(t.household_id, o.household_id, ''),
            CASE
                WHEN coalesce(t.door_key, h.door_key, t.household_id, o.household_id) IS NULL THEN t.person_id
                ELSE ''
            END
        ) AS door_id
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

door AS (
    SELECT
        town_file,
        community_file,
        door_id,
        row_number() OVER (
            PARTITION BY town_file, community_file ORDER BY min(part), min(at_order) NULLS LAST, door_id
        ) AS door_number
    FROM placed
    GROUP BY town_file, community_file, door_id
)

SELECT
    l.town_file,
    l.community_file,
    p.part,
    d.door_number,
    coalesce(nullif(replace(p.at_address, concat(l.town_name, l.community_name), ''), ''), p.at_address) AS address,
    l.name,
    l.sex,
    l.age,
    TRY_CAST(l.age AS INTEGER) AS age_years,
    l.id_number,
    l.phone,
    concat(l.action_name, '：', l.programme_name) AS to_do,
    l.need_text,
    l.due_by_text,
    concat_ws(
        '；',
        '限期' || l.due_by_text,
        CASE
            WHEN l.action = 'upcoming' AND NOT contains(coalesce(l.short_reason, ''), l.effective_on_text)
                THEN concat(l.effective_on_text, '起符合')
        END,
        l.short_reason,
        l.hint
    ) AS reason,
    l.money_text AS amount,
    l.last_contact,
    l.action,
    l.programme,
    l.position,
    l.person_id
FROM lists.line AS l
INNER JOIN placed AS p ON p.person_id = l.person_id AND p.programme = l.programme AND p.action = l.action
INNER JOIN door AS d
    ON d.town_file = p.town_file AND d.community_file = p.community_file AND d.door_id = p.door_id
