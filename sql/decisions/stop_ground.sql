-- Why what is being received does not hold: every false condition, and the days that are known. Only conditions that
-- are false beyond doubt (see decisions.loss) give a day or an evidence. ended_on: the earliest day on which one of
-- them is known to have ended. never_aged: an age that it requires was never reached. left_register: by the register
-- the person left, before dying if dead. absence: nothing speaks against it but that delivered extracts do not
-- name the person. never_text, lost_text: the conditions in words, those of age, and all others but being alive and
-- registered.
-- grain: a person and a programme of decisions.lost
-- columns: person_key, programme, ended_on, never_aged, left_register, absence, never_text, lost_text
-- from: decisions.ending, decisions.link_certainty, decisions.lost, decisions.pattern_false, facts.person
SELECT
    person_key,
    programme,
    min(ended_on) FILTER (WHERE clear) AS ended_on,
    coalesce(bool_or(never_aged) FILTER (WHERE clear), FALSE) AS never_aged,
    bool_or(name = 'registered' AND left_register) AS left_register,
    coalesce(bool_and(absent) FILTER (WHERE clear), FALSE) AS absence,
    string_agg(label, '、' ORDER BY position) FILTER (WHERE never_aged) AS never_text,
    string_agg(
        label
        || coalesce('（' || CASE WHEN clear THEN CAST(ended_on AS VARCHAR) || '终止' END || '）', '')
        || CASE WHEN absent THEN coalesce('（' || not_found_in || '数据中未找到本人）', '') ELSE '' END
        || CASE WHEN clear THEN '' ELSE '（待核实）' END,
        '、' ORDER BY position
    ) FILTER (WHERE NOT never_aged AND name NOT IN ('alive', 'registered')) AS lost_text
FROM (
    SELECT
        l.person_key,
        l.programme,
        f.name,
        f.label,
        f.position,
        e.ended_on,
        e.never_aged,
        e.absent,
        e.not_found_in,
        p.alive OR p.last_register_status IN (3, 4) AS left_register,
        (f.extract_mask & coalesce(v.review, 0)) = 0
        AND (f.name = 'alive' OR (f.extract_mask & coalesce(v.possible, 0)) = 0) AS clear
    FROM decisions.lost AS l
    INNER JOIN decisions.pattern_false AS f ON f.programme = l.programme AND f.pattern = l.pattern
    INNER JOIN facts.person AS p ON p.person_key = l.person_key
    LEFT JOIN decisions.ending AS e
        ON e.person_key = l.person_key AND e.programme = l.programme AND e.name = f.name
    LEFT JOIN decisions.link_certainty AS v ON v.person_key = l.person_key
) AS ground
GROUP BY person_key, programme
