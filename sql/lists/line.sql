-- What an officer reads on a programme's list; every value is text, the person as on all lists. Who has no town
-- (or no code of 9 digits) is in the folder "unassigned". money: paid too long (stop) or due since the first
-- payment month. short_reason, ground: what holds for the person, and the clause that it rests on: once a list.
-- is_agreed: the person's last answer is 同意, so the line needs no further visit. is_dead: a matter about
-- somebody who has died, or is reported dead.
-- grain: a line of a list (a candidate: person × programme × action)
-- columns: programme, programme_name, action, action_name, town_file, community_file, town_name, community_name,
--   household_id, need_class, need_text, last_met_on, effective_on, position, to_do, is_agreed, is_dead, is_elsewhere,
--   door_key, door_order, name, sex, age, id_number, phone, address, short_address, amount, current_amount, money,
--   money_text, effective_on_text, first_seen_on, first_payment_month, days_text, due_by_text, last_on_text,
--   last_met_text, agreed_text, recheck_text, reason_text, short_reason, ground, citation, lead, hint, last_contact,
--   person_id
-- from: decisions.programme, lists.action, lists.person, lists.place, mart.candidate, run.word
SELECT
    candidate.programme,
    candidate.programme_name,
    candidate.action,
    action.action_name,
    coalesce(person.town_file, 'unassigned') AS town_file,
    CASE
        WHEN person.town_file <> 'unassigned' AND regexp_matches(candidate.area_code, '^[0-9]{12}$')
            THEN candidate.area_code
        ELSE 'unassigned'
    END AS community_file,
    candidate.town_name,
    candidate.community_name,
    candidate.household_id,
    candidate.need_class,
    CAST(candidate.need_class AS VARCHAR) || '类' AS need_text,
    candidate.last_met_on,
    candidate.effective_on,
    action.position,
    action.to_do,
    candidate.action = 'add' AND candidate.agreed_on IS NOT NULL AS is_agreed,
    coalesce(NOT person.alive, FALSE) OR coalesce(candidate.rule = 'verify:reported_dead', FALSE) AS is_dead,
    coalesce(place.elsewhere, FALSE) AS is_elsewhere,
    place.door_key,
    place.door_order,
    person.name,
    person.sex,
    person.age,
    person.id_number,
    person.phone,
    candidate.address,
    coalesce(place.short_address, candidate.address) AS short_address,
    candidate.amount,
    CAST(candidate.current_amount AS VARCHAR) AS current_amount,
    candidate.money,
    nullif(
        concat_ws(
            chr(10), candidate.amount, '现发' || CAST(candidate.current_amount AS VARCHAR), candidate.money
        ),
        ''
    ) AS money_text,
    CAST(candidate.effective_on AS VARCHAR) AS effective_on_text,
    CAST(candidate.first_seen_on AS VARCHAR) AS first_seen_on,
    substr(CAST(candidate.first_payment_month AS VARCHAR), 1, 7) AS first_payment_month,
    nullif(
        concat_ws(
            chr(10),
            CASE
                WHEN candidate.action IN ('add', 'adjust', 'keep') THEN '生效 '
                WHEN candidate.action = 'stop' THEN '终止 '
                WHEN candidate.action IN ('inform', 'upcoming') THEN '符合 '
            END || CAST(candidate.effective_on AS VARCHAR),
            '首发 ' || substr(CAST(candidate.first_payment_month AS VARCHAR), 1, 7),
            '限期 ' || CAST(candidate.due_by AS VARCHAR),
            '上次 ' || CAST(candidate.last_on AS VARCHAR),
            '发现 ' || CAST(candidate.first_seen_on AS VARCHAR)
        ),
        ''
    ) AS days_text,
    CAST(candidate.due_by AS VARCHAR) AS due_by_text,
    CAST(candidate.last_on AS VARCHAR) AS last_on_text,
    CAST(candidate.last_met_on AS VARCHAR) AS last_met_text,
    CAST(candidate.agreed_on AS VARCHAR) AS agreed_text,
    cause.chinese AS recheck_text,
    candidate.reason_text,
    split_part(candidate.reason_text, '；依据', 1) AS short_reason,
    nullif(split_part(candidate.reason_text, '；依据', 2), '') AS ground,
    candidate.citation,
    candidate.lead,
    nullif(
        concat_ws(
            '；',
            '停发依据：' || evidence.chinese || CASE WHEN evidence.code = 'two sources' THEN '' ELSE '，请先核实' END,
            CASE WHEN candidate.identity_grade = 'review' THEN '身份关联待人工核对' END,
            CASE
                WHEN candidate.action = 'add'
                    THEN '已同意待办理（' || CAST(candidate.agreed_on AS VARCHAR) || '同意）'
            END
        ),
        ''
    ) AS hint,
    nullif(concat_ws(' ', CAST(candidate.last_contact_on AS VARCHAR), candidate.last_result), '') AS last_contact,
    candidate.person_id
FROM (
    SELECT
        c.*,
        CASE
            WHEN c.amount_monthly IS NOT NULL
                THEN concat(
                    CASE WHEN g.amount_is_floor THEN '不低于' WHEN g.amount_is_ceiling THEN '不超过' ELSE '' END,
                    CAST(c.amount_monthly AS VARCHAR)
                )
            WHEN g.has_amount AND c.action IN ('add', 'keep', 'upcoming') THEN '待地方核定'
        END AS amount,
        CASE
            WHEN c.money_sum > 0
                THEN concat(
                    CASE c.action WHEN 'stop' THEN '多发' ELSE '应补' END,
                    CAST(c.money_months AS VARCHAR), '个月，计', CAST(c.money_sum AS VARCHAR), '元'
                )
        END AS money
    FROM mart.candidate AS c
    LEFT JOIN decisions.programme AS g ON g.programme = c.programme
) AS candidate
LEFT JOIN lists.person AS person ON person.person_id = candidate.person_id
LEFT JOIN lists.place AS place ON place.address = candidate.address
LEFT JOIN lists.action AS action ON action.action = candidate.action
LEFT JOIN run.word AS cause ON cause.list = 'recheck_cause' AND cause.code = candidate.recheck_cause
LEFT JOIN run.word AS evidence ON evidence.list = 'stop_evidence' AND evidence.code = candidate.stop_evidence
