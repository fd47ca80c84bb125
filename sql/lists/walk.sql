-- The walking list: everything that is due to a person, and the door to knock at: the address; for a person
-- without one the door of the 户号, else none.
-- grain: a person with something to do
-- columns: community_file, address, household_id, name, sex, age, id_number, phone, to_do, settled, person_id
-- from: lists.line
WITH person AS (
    SELECT
        person_id,
        max(community_file) AS community_file,
        max(household_id) AS household_id,
        max(name) AS name,
        max(sex) AS sex,
        max(age) AS age,
        max(id_number) AS id_number,
        max(phone) AS phone,
        max(address) AS address,
        array_sort(
            list(
                struct_pack(
                    position := position,
                    programme := programme,
                    told := concat(
                        action_name, '：', programme_name,
                        CASE WHEN amount IS NULL THEN '' ELSE concat('（', amount, '）') END,
                        CASE
                            WHEN action = 'upcoming' AND effective_on IS NOT NULL
                                THEN concat('，', CAST(effective_on AS VARCHAR), '起')
                            ELSE ''
                        END,
                        CASE WHEN hint IS NULL THEN '' ELSE concat('，', hint) END
                    )
                )
            ) FILTER (WHERE to_do)
        ) AS to_do,
        array_sort(
            list(
                struct_pack(
                    position := position, programme := programme, told := concat(action_name, '：', programme_name)
                )
            ) FILTER (WHERE NOT to_do)
        ) AS settled
    FROM lists.line
    GROUP BY person_id
    HAVING bool_or(to_do)
),

household_door AS (
    SELECT household_id, min(address) AS address
    FROM person
    WHERE household_id IS NOT NULL
    GROUP BY household_id
)

SELECT
    person.community_file,
    coalesce(person.address, household_door.address) AS address,
    person.household_id,
    person.name,
    person.sex,
    person.age,
    person.id_number,
    person.phone,
    array_to_string(list_transform(person.to_do, lambda item: item.told), chr(10)) AS to_do,
    array_to_string(list_transform(person.settled, lambda item: item.told), '；') AS settled,
    person.person_id
FROM person
LEFT JOIN household_door ON person.address IS NULL AND household_door.household_id = person.household_id
