-- The door at which each matter is found. A door is a 户号 at an address, in whatever spelling; who has no address is
-- found where the others of the 户号 are, who has no 户号 with the only one that lives at the address. Doors are numbered
-- in walking order: the community's, those of who has agreed, those elsewhere, those about which only the records are
-- to be looked at; within each by road and house number, without an address last.
-- grain: a matter to be done: person × programme
-- columns: town_file, community_file, part, door_number, at_address, action, programme, person_id
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
    p.town_file,
    p.community_file,
    p.part,
    d.door_number,
    p.at_address,
    p.action,
    p.programme,
    p.person_id
FROM placed AS p
INNER JOIN door AS d
    ON d.town_file = p.town_file AND d.community_file = p.community_file AND d.door_id = p.door_id
