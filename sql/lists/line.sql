-- What an officer reads on a programme's list; every value is text, the identity number is masked. A town that is not
-- known, or no code of 9 digits, has the list file "unknown". In the order in which files are written, so that each
-- file's rows lie together and are found without reading all; within a file by class of need, then by the last day on
-- which anybody met the person (never met first), then by door.
-- grain: a line of a list (a candidate: person × programme × action)
-- columns: programme, programme_name, action, action_name, town_file, community_file, household_id, need_class,
--   last_met_on, effective_on, position, to_do, name, sex, age, id_number, phone, address, amount, current_amount,
--   effective_on_text, first_seen_on, first_payment_month, reason_text, citation, lead, hint, last_contact, person_id
-- from: decisions.programme, lists.action, mart.candidate, run.word
SELECT
    candidate.programme,
    candidate.programme_name,
    candidate.action,
    action.action_name,
    CASE
        WHEN regexp_matches(candidate.town_code, '^[0-9]{9}$') THEN candidate.town_code
        ELSE 'unknown'
    END AS town_file,
    CASE
        WHEN regexp_matches(candidate.area_code, '^[0-9]{12}$') THEN candidate.area_code
        ELSE 'unknown'
    END AS community_file,
    candidate.household_id,
    candidate.need_class,
    candidate.last_met_on,
    candidate.effective_on,
    action.position,
    action.to_do,
    candidate.name,
    sex.chinese AS sex,
    CAST(candidate.age AS VARCHAR) AS age,
    CASE
        WHEN length(candidate.id_number) >= 15
            THEN concat(
                substr(candidate.id_number, 1, 6),
                repeat('*', CAST(length(candidate.id_number) - 10 AS INTEGER)),
                right(candidate.id_number, 4)
            )
        ELSE repeat('*', CAST(length(candidate.id_number) AS INTEGER))
    END AS id_number,
    candidate.phone,
    candidate.address,
    CASE
        WHEN candidate.amount_monthly IS NOT NULL
            THEN CASE WHEN programme.amount_is_floor THEN '不低于' WHEN programme.amount_is_ceiling THEN '不超过' ELSE '' END || CAST(candidate.amount_monthly AS VARCHAR)
        WHEN programme.has_amount AND candidate.action IN ('add', 'keep', 'upcoming') THEN '待地方核定'
    END AS amount,
    CAST(candidate.current_amount AS VARCHAR) AS current_amount,
    CAST(candidate.effective_on AS VARCHAR) AS effective_on_text,
    CAST(candidate.first_seen_on AS VARCHAR) AS first_seen_on,
    substr(CAST(candidate.first_payment_month AS VARCHAR), 1, 7) AS first_payment_month,
    candidate.reason_text,
    candidate.citation,
    candidate.lead,
    nullif(
        concat_ws(
            '；',
            '停发依据：' || evidence.chinese || CASE WHEN evidence.code = 'two sources' THEN '' ELSE '，请先核实' END,
            CASE WHEN candidate.identity_grade = 'review' THEN '身份关联待人工核对' END
        ),
        ''
    ) AS hint,
    nullif(concat_ws(' ', CAST(candidate.last_contact_on AS VARCHAR), candidate.last_result), '') AS last_contact,
    candidate.person_id
FROM mart.candidate AS candidate
LEFT JOIN lists.action AS action ON action.action = candidate.action
LEFT JOIN decisions.programme AS programme ON programme.programme = candidate.programme
LEFT JOIN run.word AS sex ON sex.list = 'sex' AND sex.code = candidate.sex
LEFT JOIN run.word AS evidence ON evidence.list = 'stop_evidence' AND evidence.code = candidate.stop_evidence
ORDER BY
    candidate.programme, candidate.action, town_file, candidate.need_class, candidate.last_met_on ASC NULLS FIRST,
    community_file, candidate.address, candidate.person_id
