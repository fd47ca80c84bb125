-- The walking list: everything that is due to a person, put in order of the doors of her community. A door is
-- the address; a person without one stands at the door of her 户号, else alone at the end.
-- One row: a person with something to do. From lists.line.
WITH person AS (
    SELECT
        person_id,
        min(community_file) AS community_file,
        min(household_id) AS household_id,
        min(name) AS name,
        min(sex) AS sex,
        min(age) AS age,
        min(id_number) AS id_number,
        min(phone) AS phone,
        min(address) AS address,
        string_agg(
            concat(
                action_name, '：', programme_name,
                CASE WHEN amount IS NULL THEN '' ELSE concat('（', amount, '）') END,
                CASE
                    WHEN action = 'upcoming' AND effective_on IS NOT NULL
                        THEN concat('，', CAST(effective_on AS VARCHAR), '起')
                    ELSE ''
                END,
                CASE WHEN hint IS NULL THEN '' ELSE concat('，', hint) END
            ),
            chr(10) ORDER BY position, programme
        ) FILTER (WHERE to_do) AS to_do,
        string_agg(
            concat(action_name, '：', programme_name), '；' ORDER BY position, programme
        ) FILTER (WHERE NOT to_do) AS settled
    FROM lists.line
    GROUP BY person_id
    HAVING bool_or(to_do)
),

household_door AS (
    SELECT household_id, min(address) AS address
    FROM person
    WHERE household_id IS NOT NULL
    GROUP BY household_id
),

placed AS (
    SELECT
        person.community_file,
        person.household_id,
        person.name,
        person.sex,
        person.age,
        person.id_number,
        person.phone,
        person.to_do,
        person.settled,
        person.person_id,
        coalesce(person.address, household_door.address) AS address,
        coalesce(person.address, household_door.address, '户号' || person.household_id, person.person_id)
            AS door_key,
        coalesce(person.address, household_door.address) IS NULL AS no_address
    FROM person
    LEFT JOIN household_door ON household_door.household_id = person.household_id
)

SELECT
    community_file,
    -- House numbers in counting order: every run of digits padded to nine.
    regexp_replace(
        regexp_replace(door_key, '([0-9]+)', '00000000\1', 'g'), '0*([0-9]{9})', '\1', 'g'
    ) AS door_order,
    door_key,
    no_address,
    household_id,
    name,
    sex,
    age,
    id_number,
    phone,
    address,
    to_do,
    settled,
    person_id
FROM placed
