-- facts.last_contact: the last contact about a programme, whatever came of it; of one day the refusal, then what
-- is more than that nobody was reached. Only clear links count. said: the last result other than 未联系上, said_on its day,
-- about the rule of the line it answered; NULL = there is none.
-- grain: a person × programme
-- columns: person_key, programme, last_contact_on, last_result, said, said_on, about
-- from: facts.outcome
WITH contact AS (
    SELECT
        person_key,
        programme,
        result,
        contacted_on,
        about,
        row_number() OVER (
            PARTITION BY person_key, programme
            ORDER BY contacted_on DESC, result = '不同意' DESC, result = '未联系上', received_on DESC, result
        ) AS place,
        row_number() OVER (
            PARTITION BY person_key, programme, result = '未联系上'
            ORDER BY contacted_on DESC, result = '不同意' DESC, received_on DESC, result
        ) AS place_of_kind
    FROM facts.outcome
    WHERE grade_rank < 4
)

SELECT
    l.person_key,
    l.programme,
    l.contacted_on AS last_contact_on,
    l.result AS last_result,
    s.result AS said,
    s.contacted_on AS said_on,
    s.about
FROM contact AS l
LEFT JOIN contact AS s
    ON s.person_key = l.person_key
    AND s.programme = l.programme
    AND s.result <> '未联系上'
    AND s.place_of_kind = 1
WHERE l.place = 1
