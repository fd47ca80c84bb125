-- Who is on which list, with the reason in one line. identity_grade: the weakest link among the extracts that the
-- line rests on and the roll row itself; `new` = linked to no register row. stop_evidence: of a death how many sources
-- report it; `absence` where nothing but that delivered extracts do not name the person; else one source. reason_text
-- holds no name, number, phone or address; of a stop it names every false condition, the gravest first. last_on: when a
-- recurring service was last given; due_by: the last day of the period in which it is due, NULL = there is no period.
-- grain: a person, a programme and an action
-- columns: person_key, programme, action, stop_evidence, amount_monthly, current_amount, effective_on,
--   first_payment_month, reason_text, citation, identity_grade, rule, money_months, money_sum, recheck_cause, last_on,
--   due_by, need_class
-- from: decisions.displaced_today, decisions.evaluated, decisions.expiring, decisions.guard, decisions.link_certainty,
--   decisions.pattern, decisions.person_profile, decisions.profile_need, decisions.programme, decisions.proposal,
--   decisions.receipt, decisions.stop_ground, facts.lapse, facts.last_contact, facts.person, facts.reported,
--   facts.wish, run.context
WITH proposal AS (
    SELECT *, CASE WHEN money_flows THEN '在发放' ELSE '在名册上' END AS receives_text
    FROM decisions.proposal
),

held_back AS (
    SELECT
        x.person_key,
        x.by_programme,
        min(x.programme) AS programme,
        min(x.worth) AS worth,
        min(xd.programme_name) AS programme_name
    FROM decisions.displaced_today AS x
    INNER JOIN decisions.programme AS xd ON xd.programme = x.programme
    WHERE x.gives_way_to IS NOT NULL
    GROUP BY x.person_key, x.by_programme
)

SELECT
    b.person_key,
    b.programme,
    b.action,
    CASE
        WHEN b.action <> 'stop' THEN NULL
        WHEN b.rule = 'stop:dead' THEN p.death_evidence
        WHEN b.rule = 'stop:lost' AND f.absence THEN 'absence'
        ELSE 'one source'
    END AS stop_evidence,
    b.amount_monthly,
    b.current_amount,
    b.effective_on,
    b.first_payment_month,
    CASE WHEN p.age IS NULL OR NOT p.alive THEN '' ELSE CAST(p.age AS VARCHAR) || '周岁，' END
    || CASE
        WHEN b.rule IN ('stop:dead', 'stop:deregistered', 'stop:lost')
            THEN concat_ws(
                '；',
                CASE
                    WHEN NOT p.alive
                        THEN '已去世' || coalesce('（' || CAST(p.died_on AS VARCHAR) || '）', '')
                            || CASE WHEN p.death_evidence = 'two sources' THEN '，户籍登记与死亡信息两个来源一致'
                                WHEN p.last_register_status = 2 THEN '，仅户籍登记一个来源'
                                WHEN p.last_register_status = 1 THEN '，仅死亡信息一个来源，户籍登记仍为正常'
                                ELSE '，仅死亡信息一个来源' END
                END,
                '年龄从未达到要求（' || f.never_text || '）',
                CASE
                    WHEN f.left_register
                        THEN '已不在本地户籍' || coalesce('（' || CAST(p.deregistered_on AS VARCHAR) || '）', '')
                            || '，依据户籍登记'
                END,
                '不符合：' || f.lost_text
            )
            || '，仍' || b.receives_text
            || CASE b.began_late
                WHEN 'dead' THEN '；起发年月' || substr(CAST(b.start_month AS VARCHAR), 1, 7) || '，在去世之后'
                WHEN 'lost' THEN '；起发年月' || substr(CAST(b.start_month AS VARCHAR), 1, 7) || '，起发时已不符合'
                ELSE ''
            END
            || CASE
                WHEN b.money_months > 0
                    THEN '；' || substr(CAST(b.first_wrong_month AS VARCHAR), 1, 7)
                        || CASE
                            WHEN b.money_months > 1 THEN '至' || substr(CAST(b.last_paid_month AS VARCHAR), 1, 7)
                            ELSE ''
                        END
                        || '多发' || CAST(b.money_months AS VARCHAR) || '个月'
                        || coalesce(
                            '，计' || CAST(CAST(b.money_months * b.current_amount AS DECIMAL(14, 2)) AS VARCHAR)
                            || '元',
                            ''
                        )
                        || CASE WHEN b.start_month IS NULL THEN '（起发年月未填）' ELSE '' END
                WHEN b.money_flows AND b.first_wrong_month IS NOT NULL AND b.last_paid_month IS NULL
                    THEN '；最近发放年月未填，是否多发待核'
                ELSE ''
            END
        WHEN b.rule = 'stop:gives_way'
            THEN '从高享受' || coalesce(s.programme_name, b.gives_way_to)
                || '（' || coalesce(CAST(b.by_worth AS VARCHAR) || '元', '金额待地方核定') || '），本项'
                || coalesce(CAST(b.worth AS VARCHAR) || '元', '金额待地方核定') || '不重复享受'
        WHEN b.rule = 'stop:household' THEN '同户已有其他成员享受，每户一份'
        WHEN b.rule IN ('verify:reported_dead', 'verify:reported_moved')
            THEN CAST(h.reported_on AS VARCHAR)
                || CASE h.source WHEN 'visit_log' THEN '的探访记录' ELSE '社区走访人员' END
                || '反映本人已' || CASE h.kind WHEN 'dead' THEN '去世' ELSE '迁出' END
                || '，登记信息尚未显示：请核实，核实前不办理新增、调整，也不停发'
        WHEN b.rule = 'verify:unlinked' THEN b.receives_text || '，但没有找到对应的户籍登记，可能只是未关联上：请核实身份，不要径行停发'
        WHEN b.rule = 'verify:review' AND b.decision = 'ineligible'
            THEN '按现有数据不符合（' || coalesce(nullif(t.fails_text, ''), '与其他待遇择高或同户一份')
                || '），但所依据的身份关联待人工核实：请核实后再定'
        WHEN b.rule = 'verify:review' THEN t.holds_text || '；所依据的身份关联待人工核实：请核实后办理'
        WHEN b.rule = 'verify:possible'
            THEN b.receives_text || '，按现有数据不符合（' || t.fails_text || '），但可能有一条记录未关联上：请核实，不要径行停发'
        WHEN b.rule = 'verify:not_begun'
            THEN b.receives_text || '，按现有数据不符合（' || t.fails_text || '），但有一条记录的起始日期晚于数据日期：请核实日期，不要径行停发'
        WHEN b.rule = 'verify:household' THEN t.holds_text || '；户号缺失或不可用，无法判断同户是否已有成员享受：请核实'
        WHEN b.rule IN ('verify:death_taken_back', 'verify:registered_anew', 'verify:age')
            THEN coalesce(
                    CASE
                        WHEN b.decision = 'eligible' THEN nullif(t.holds_text, '') || '；'
                        ELSE b.receives_text || '，按现有数据不符合（'
                            || coalesce(nullif(t.fails_text, ''), '与其他待遇择高或同户一份') || '）；'
                    END,
                    ''
                )
                || CASE b.rule
                    WHEN 'verify:death_taken_back' THEN '户籍登记先有死亡注销，其后又有正常登记：请核实是否健在'
                    WHEN 'verify:registered_anew'
                        THEN '同户有同名的另一条登记，一条注销、一条正常而号码不同，可能是同一人更正后重新登记：请核实'
                    ELSE '按登记的出生日期已超过120周岁：请核实出生日期和是否健在'
                END
                || CASE WHEN b.decision = 'eligible' THEN '后办理' ELSE '，不要径行停发' END
        WHEN b.rule = 'verify:declined' THEN '应从高享受' || coalesce(s.programme_name, '另一项待遇') || '，但本人近一年内表示不同意：请核实意愿'
        WHEN b.rule = 'verify:declined_review' THEN t.holds_text || '；有一条身份待核实的不同意记录：请核实意愿'
        WHEN b.rule = 'verify:may_receive' THEN t.holds_text || '；待遇发放名册中有一条未能确认归属的记录可能是本人：请核实是否已在享受'
        WHEN b.rule = 'add:rival' THEN t.holds_text || '；正在领取与本项择高的另一待遇，其条件暂时无法判定：先核实，不得重复发放'
        WHEN b.rule = 'verify:quarantined_death'
            THEN t.holds_text || '；' || q.died || '有误，未能采用，可能表明本人已去世：请核实'
        WHEN b.rule = 'verify:quarantined_receipt' AND b.decision = 'eligible'
            THEN t.holds_text || '；' || q.receiving || '有误，未能采用，可能表明'
                || CASE WHEN d.household THEN '本户' ELSE '本人' END || '已在享受：请核实，不得重复发放'
        WHEN b.rule = 'verify:quarantined_receipt'
            THEN '在发放，按现有数据不符合（' || coalesce(nullif(t.fails_text, ''), '与其他待遇择高或同户一份')
                || '），但' || q.receiving || '有误，未能采用，也可能是本项发放记录：请一并核实后再定'
        WHEN b.rule = 'verify:quarantined_refusal'
            THEN t.holds_text || '；' || q.declined || '有误，未能采用，可能表明本人不同意：请核实意愿'
        WHEN b.rule = 'verify:quarantined_exclusion'
            THEN t.holds_text || '；但' || q.excluded || '有误，未能采用，可能表明不符合其中一项：请核实'
        WHEN b.rule = 'verify:quarantined_amount'
            THEN t.holds_text || '；' || q.amount || '有误，未能采用，可能影响应发金额：请核实后再调整'
        WHEN b.rule = 'verify:quarantined_right' AND q.alive IS NOT NULL
            THEN '户籍登记为死亡注销，仍在发放，但' || q.alive || '有误，未能采用，可能表明本人在世：请核实，不要径行停发'
        WHEN b.rule = 'verify:quarantined_right'
            THEN '在发放，按现有数据不符合（' || t.fails_text || '），但' || q.entitled
                || '有误，未能采用，可能表明本人符合：请核实，不要径行停发'
        WHEN b.rule = 'verify:quarantined_winner'
            THEN '按现有数据应让位于' || coalesce(s.programme_name, '同户其他成员') || '，但'
                || coalesce(bq.died, bq.declined, bq.excluded)
                || '有误，未能采用，对方的资格或意愿可能有变：请核实，不要径行停发'
        WHEN b.rule = 'add:quarantined_rival'
            THEN t.holds_text || '；' || q.rival || '有误，未能采用，可能表明已在领取与本项择高的另一待遇：先核实，不得重复发放'
        WHEN b.rule = 'verify:roll_absent' THEN t.holds_text || '；待遇发放数据未到：请核实是否已在享受'
        WHEN b.rule = 'verify:visit_log' THEN t.holds_text || '；探访记录数据未到，最近一次探访的日期不明：请核实'
        WHEN b.rule = 'verify:unknown'
            THEN coalesce(nullif(t.holds_text, '') || '；', '') || '尚缺：' || t.missing_text
                || CASE
                    WHEN p.long_term_care AND p.ability_level IS NULL AND t.needs_ability THEN '（长护险已评定，等级未提供）'
                    ELSE ''
                END
                || CASE WHEN t.needs_ability THEN '，请先安排能力评估' ELSE '，请核实' END
                || CASE WHEN b.receiving THEN '；' || b.receives_text || '，不要径行停发' ELSE '' END
        WHEN b.rule = 'keep:served' THEN '本期服务已完成'
        WHEN b.rule = 'keep:rechecked'
            THEN coalesce(nullif(t.holds_text, '') || '；', '') || CAST(k.said_on AS VARCHAR) || '已复核属实'
        WHEN b.action = 'keep' AND d.one_off THEN t.holds_text || '；一次性项目，已办理'
        WHEN b.action = 'upcoming' THEN '将于' || CAST(b.effective_on AS VARCHAR) || '达到年龄条件；届时符合：' || t.holds_text
        WHEN b.action = 'inform' THEN CAST(b.effective_on AS VARCHAR) || '达到年龄条件，' || t.holds_text
        WHEN b.action = 'due'
            THEN t.holds_text
                || coalesce('，' || t.due_text, '')
                || CASE d.served_fact
                    WHEN 'last_visit_on' THEN coalesce('；上次探访' || CAST(p.last_visit_on AS VARCHAR), '；没有见到本人的探访记录')
                    WHEN 'last_health_check_on'
                        THEN coalesce('；上次健康管理' || CAST(p.last_health_check_on AS VARCHAR), '；没有健康管理记录')
                    WHEN 'last_assessed_on' THEN coalesce('；上次评估' || CAST(p.last_assessed_on AS VARCHAR), '；没有评估记录')
                    ELSE ''
                END
        WHEN b.rule = 'recheck:suspended'
            THEN coalesce(nullif(t.holds_text, '') || '；', '')
                || '已暂停，暂停原因不在数据中'
                || CASE
                    WHEN
                        b.decision = 'unknown'
                        AND NOT list_contains(d.receipt_facts, 'employee_pension_open')
                        AND NOT list_contains(d.receipt_facts, 'resident_pension_open')
                        THEN '；尚缺：' || t.missing_text
                    ELSE ''
                END
                || '：请复核是否恢复'
        WHEN b.rule = 'recheck:expiring'
            THEN t.holds_text || '；'
                || concat_ws(
                    '、',
                    CASE
                        WHEN list_contains(d.extracts, 'hardship_roll')
                            THEN '社会救助认定' || CAST(n.hardship_ends_on AS VARCHAR)
                    END,
                    CASE
                        WHEN list_contains(d.extracts, 'disability_certificate')
                            THEN '残疾人证' || CAST(n.certificate_ends_on AS VARCHAR)
                    END,
                    CASE
                        WHEN list_contains(d.extracts, 'ability_assessment')
                            THEN '能力评估' || CAST(n.ability_ends_on AS VARCHAR)
                    END
                )
                || '到期，届时'
                || CASE WHEN xp.is_unknown THEN '无法判定' ELSE '不再符合' END
                || '：请提前复核'
        WHEN b.rule = 'recheck:no_sign_of_life'
            THEN t.holds_text || '；'
                || coalesce(
                    '最近一次见到本人是' || CAST(p.last_sign_of_life_on AS VARCHAR) || '，已超过'
                    || CAST(d.life_proof_days AS VARCHAR) || '天（工作设定）',
                    '没有任何见到过本人的记录'
                )
                || '：请上门复核是否健在'
        WHEN b.action = 'declined' THEN t.holds_text || '；' || CAST(b.declined_on AS VARCHAR) || '表示不同意'
        ELSE t.holds_text
    END
    || CASE
        WHEN b.action = 'adjust' OR (b.receiving AND b.decision = 'eligible' AND b.rule LIKE 'verify:quarantined%')
            THEN '；现发' || CAST(b.current_amount AS VARCHAR) || '元，应为'
                || CASE WHEN d.amount_is_floor THEN '不低于' WHEN d.amount_is_ceiling THEN '不超过' ELSE '' END
                || CAST(b.amount_monthly AS VARCHAR) || '元'
        WHEN b.action IN ('add', 'keep', 'upcoming') AND d.has_amount AND b.amount_monthly IS NULL THEN '；金额待地方核定'
        ELSE ''
    END
    || CASE
        WHEN b.action IN ('add', 'adjust', 'upcoming') AND b.is_paid AND b.first_payment_month IS NULL
            THEN '；起发月由本地核定'
        ELSE ''
    END
    || CASE
        WHEN b.action IN ('add', 'keep', 'adjust') AND o.programme IS NOT NULL
            THEN '；与' || o.programme_name || '（' || coalesce(CAST(o.worth AS VARCHAR) || '元', '金额待地方核定') || '）择高'
        ELSE ''
    END
    || CASE
        WHEN b.action IN ('add', 'keep') AND p.rescued AND list_contains(d.extracts, 'rescue_register')
            THEN coalesce('；救助日期' || CAST(p.rescued_on AS VARCHAR), '')
        ELSE ''
    END
    || CASE
        WHEN b.action = 'add' AND w.person_key IS NOT NULL THEN '；本人已于' || CAST(w.said_on AS VARCHAR) || '同意，待办理'
        WHEN b.action IN ('verify', 'stop') AND k.person_key IS NOT NULL
            THEN '；已核实：' || CAST(k.said_on AS VARCHAR) || '社区走访人员确认属实'
        ELSE ''
    END
    || CASE WHEN d.note <> '' AND b.action IN ('add', 'upcoming', 'due') THEN '；' || d.note ELSE '' END
    || CASE
        WHEN e.person_key IS NOT NULL
            THEN '；' || replace(d.notice, '{household_carers}', CAST(p.household_carers AS VARCHAR))
        ELSE ''
    END
    || '；依据' || t.citation_short AS reason_text,
    t.citation,
    CASE
        WHEN NOT p.in_register THEN 'new'
        WHEN (coalesce(v.review, 0) & b.rests_on) <> 0 OR r.grade = 'review' THEN 'review'
        WHEN (coalesce(v.strong, 0) & b.rests_on) <> 0 OR r.grade = 'strong' THEN 'strong'
        ELSE 'exact'
    END AS identity_grade,
    b.rule,
    b.money_months,
    CAST(
        b.money_months * CASE WHEN b.action = 'stop' THEN b.current_amount ELSE b.amount_monthly END AS DECIMAL(14, 2)
    ) AS money_sum,
    CASE WHEN b.action = 'recheck' THEN replace(split_part(b.rule, ':', 2), '_', ' ') END AS recheck_cause,
    CASE d.served_fact
        WHEN 'last_visit_on' THEN p.last_visit_on
        WHEN 'last_health_check_on' THEN p.last_health_check_on
        WHEN 'last_assessed_on' THEN p.last_assessed_on
    END AS last_on,
    CASE
        WHEN b.action IN ('due', 'declined') AND (d.period_began IS NULL OR b.recurs) THEN d.period_ends
    END AS due_by,
    z.need_class
FROM proposal AS b
INNER JOIN decisions.programme AS d ON d.programme = b.programme
INNER JOIN decisions.pattern AS t ON t.programme = b.programme AND t.pattern = b.pattern
INNER JOIN facts.person AS p ON p.person_key = b.person_key
INNER JOIN decisions.person_profile AS y ON y.person_key = b.person_key
INNER JOIN decisions.profile_need AS z ON z.profile = y.profile
LEFT JOIN facts.lapse AS n ON n.person_key = b.person_key
LEFT JOIN decisions.stop_ground AS f ON f.person_key = b.person_key AND f.programme = b.programme
LEFT JOIN decisions.link_certainty AS v ON v.person_key = b.person_key
LEFT JOIN decisions.receipt AS r ON r.person_key = b.person_key AND r.programme = b.programme
LEFT JOIN decisions.evaluated AS e
    ON e.person_key = b.person_key AND e.programme = b.programme AND e.noticed AND d.notice IS NOT NULL
LEFT JOIN decisions.guard AS q ON q.person_key = b.person_key AND q.programme = b.programme
LEFT JOIN decisions.displaced_today AS x ON x.person_key = b.person_key AND x.programme = b.programme
LEFT JOIN decisions.guard AS bq ON bq.person_key = x.by_person AND bq.programme = x.by_programme
LEFT JOIN decisions.programme AS s ON s.programme = b.gives_way_to
CROSS JOIN run.context AS c
LEFT JOIN decisions.expiring AS xp ON xp.person_key = b.person_key AND xp.programme = b.programme
LEFT JOIN facts.reported AS h ON h.person_key = b.person_key
LEFT JOIN facts.wish AS w
    ON w.person_key = b.person_key AND w.programme = b.programme AND w.result = '同意' AND w.grade <> 'review'
LEFT JOIN facts.last_contact AS k
    ON k.person_key = b.person_key
    AND k.programme = b.programme
    AND k.said = '属实'
    AND (k.about IS NULL OR k.about = b.rule OR b.rule = 'keep:rechecked')
    AND date_diff('day', k.said_on, c.as_of) <= 90
LEFT JOIN held_back AS o ON o.person_key = b.person_key AND o.by_programme = b.programme
