-- facts.visit_result: the meaning of each 探访结果 that was written, read once a text. met: the visited person was met; a
-- result without anything to the contrary is one of a person who was met. reports_death: the visited person has
-- died; a relative's death was reported by somebody who was met.
-- grain: a distinct result
-- columns: result, met, reports_death
-- from: intake.visit_log
WITH written AS (
    SELECT
        result,
        regexp_matches(result, '已(去世|过世|死亡|病故|离世)') AND NOT regexp_matches(
            result,
            '(老伴|配偶|丈夫|妻子|爱人|老公|老婆|子女|儿子|女儿|父亲|母亲|父母|儿媳|女婿|兄|弟|姐|妹|邻居|亲属|家属|监护人)[^，。；,;]{0,6}已(去世|过世|死亡|病故|离世)'
        ) AS reports_death
    FROM intake.visit_log
    WHERE result IS NOT NULL
    GROUP BY result
)

SELECT
    result,
    NOT reports_death AND NOT regexp_matches(result, '[未不没]在家|[未没]见到|[未没]见面|[未没]联系上|无人|空户|已迁出') AS met,
    reports_death
FROM written
