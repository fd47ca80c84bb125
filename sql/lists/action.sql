-- What each action is called for an officer, in which order work is shown, and whether it is walked for.
-- grain: an action of the catalogue
-- columns: action, action_name, position, to_do
-- from: nothing
SELECT action, action_name, position, to_do
FROM (
    VALUES
        ('add', '新增', 1, TRUE),
        ('adjust', '调整', 2, TRUE),
        ('stop', '停发', 3, TRUE),
        ('verify', '核实', 4, TRUE),
        ('due', '待服务', 5, TRUE),
        ('inform', '告知', 6, TRUE),
        ('upcoming', '即将符合', 7, TRUE),
        ('keep', '保持', 8, FALSE),
        ('declined', '已婉拒', 9, FALSE)
) AS known (action, action_name, position, to_do)
