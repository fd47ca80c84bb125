-- mart.switched_off: how many are paid on nothing but what the document only permits and this locality has not switched
-- on. They are neither decided nor stopped: paying shows that the locality uses the permission.
-- grain: a programme and a switch that is off
-- columns: programme, programme_name, switch, label, people
-- from: decisions.dormant, decisions.switched_off
SELECT
    d.programme,
    d.programme_name,
    d.switch,
    d.switch_label AS label,
    CAST(coalesce(o.people, 0) AS INTEGER) AS people
FROM decisions.dormant AS d
LEFT JOIN decisions.switched_off AS o ON o.programme = d.programme AND o.switch = d.switch
